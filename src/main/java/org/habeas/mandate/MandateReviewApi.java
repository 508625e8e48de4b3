package org.habeas.mandate;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.habeas.actor.CurrentActor;
import org.habeas.actor.Roles;
import org.habeas.problem.Invalid;
import org.habeas.problem.NotFound;
import org.habeas.request.Reference;
import org.habeas.request.Requests;

/** The officer's side of a mandate. Files are handed out to be saved, never to be shown by the browser. */
@Path("/api/v1/cases/{reference}/mandate")
@RolesAllowed(Roles.OFFICER)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Cases")
class MandateReviewApi {
    record File(UUID id, String name, String type, long size, Instant sentAt, boolean ready) {}

    record Review(
            String relation,
            String name,
            Optional<String> email,
            String state,
            Optional<String> officer,
            Optional<Instant> decidedAt,
            Optional<String> reason,
            List<File> files) {
        static Review of(Mandate mandate) {
            return new Review(
                    mandate.behalf().relation().code(),
                    mandate.behalf().name(),
                    Optional.ofNullable(mandate.behalf().email()),
                    mandate.state().code(),
                    mandate.officer(),
                    mandate.decidedAt(),
                    mandate.reason(),
                    mandate.files().stream()
                            .map(f -> new File(f.id(), f.name(), f.type(), f.size(), f.at(), f.ready()))
                            .toList());
        }
    }

    record Verdict(Boolean accept, String reason) {}

    private final Mandates mandates;
    private final CurrentActor actor;

    MandateReviewApi(Mandates mandates, CurrentActor actor) {
        this.mandates = mandates;
        this.actor = actor;
    }

    @GET
    public Review read(@PathParam("reference") String reference) {
        return Review.of(mandates.of(Reference.required(reference)));
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Review decide(@PathParam("reference") String reference, Verdict verdict) {
        if (verdict == null) {
            throw Invalid.field("accept", "queue_problem_truth");
        }
        Reference of = Reference.required(reference);
        mandates.decide(of, actor.officer(), verdict.accept(), verdict.reason());
        return Review.of(mandates.of(of));
    }

    @GET
    @Path("files/{id}")
    @Produces(MediaType.APPLICATION_OCTET_STREAM)
    public Response download(@PathParam("reference") String reference, @PathParam("id") String id) {
        Mandates.Download file = mandates.download(Reference.required(reference), id(id));
        return Response.ok(file.bytes(), MediaType.APPLICATION_OCTET_STREAM)
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + file.name() + "\"")
                .build();
    }

    private static UUID id(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw new NotFound(Requests.UNKNOWN);
        }
    }
}
