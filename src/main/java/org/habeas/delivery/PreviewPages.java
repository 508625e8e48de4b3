package org.habeas.delivery;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import org.habeas.actor.Roles;
import org.habeas.problem.NotPossible;
import org.habeas.request.Reference;
import org.habeas.request.Requests;
import org.habeas.request.RightsRequest;

/** Exactly what the person will get, for the officer: the summary to read, and the whole package as it would be handed out. */
@Path("/cases/{reference}")
@RolesAllowed(Roles.OFFICER)
@Blocking
public class PreviewPages {
    /** The summary carries its style in itself, because it is read without the portal. */
    private static final String POLICY =
            "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

    private final Requests requests;
    private final PackageBuilding building;

    PreviewPages(Requests requests, PackageBuilding building) {
        this.requests = requests;
        this.building = building;
    }

    @GET
    @Path("preview")
    @Produces(MediaType.TEXT_HTML)
    public Response summary(@PathParam("reference") String reference) {
        Contents contents = contents(reference);
        StreamingOutput page = out -> new Summary(contents).writeTo(out);
        return Response.ok(page, "text/html; charset=utf-8")
                .header("Content-Security-Policy", POLICY)
                .build();
    }

    @GET
    @Path("preview.zip")
    @Produces("application/zip")
    public Response whole(@PathParam("reference") String reference) {
        Contents contents = contents(reference);
        StreamingOutput zip = out -> new AnswerPackage(contents).writeTo(out);
        return Response.ok(zip, "application/zip")
                .header("Content-Disposition", "attachment; filename=\"" + contents.reference() + "-preview.zip\"")
                .build();
    }

    private Contents contents(String reference) {
        Reference of = Reference.required(reference);
        return QuarkusTransaction.requiringNew().call(() -> {
            RightsRequest request = requests.read(of);
            if (!request.right().handsOutData() || request.forgotten()) {
                throw new NotPossible("case_problem_no_preview");
            }
            return building.contents(request, () -> {});
        });
    }
}
