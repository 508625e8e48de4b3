package org.habeas.intake;

import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.LocalDate;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.habeas.problem.Invalid;
import org.habeas.request.Requests;

/** Takes requests in over HTTP (contract section 4). */
@Path("/api/v1/requests")
@Tag(name = "Your request")
@PermitAll
class IntakeApi {
    /** What the person must keep: the passphrase is told this once. */
    record Answer(String reference, String passphrase, String state, LocalDate due) {}

    private final Intake intake;

    IntakeApi(Intake intake) {
        this.intake = intake;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    public Response file(
            Filing filing,
            @Context HttpServerRequest http,
            @HeaderParam("Habeas-Work") String work,
            @HeaderParam(HttpHeaders.ACCEPT_LANGUAGE) String acceptLanguage) {
        if (filing == null) {
            throw Invalid.field("right", "problem_text_required");
        }
        Requests.Opened opened =
                intake.file(filing, Caller.of(http.remoteAddress().hostAddress(), work), acceptLanguage);
        var request = opened.request();
        var answer = new Answer(
                request.reference().text(), opened.passphrase(), request.state().code(), request.answerBy());
        return Response.accepted(answer).build();
    }
}
