package org.habeas.history;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.habeas.actor.Actor;
import org.habeas.actor.CurrentActor;
import org.habeas.actor.Roles;

/** The history's proof (contract section 8): checkpoint, bundle, and the proof of one case. */
@Path("/api/v1/audit")
@RolesAllowed(Roles.AUDITOR)
class AuditApi {
    private final Downloads downloads;
    private final CurrentActor actor;

    AuditApi(Downloads downloads, CurrentActor actor) {
        this.downloads = downloads;
        this.actor = actor;
    }

    @GET
    @Path("checkpoint")
    @Operation(summary = "The last signed head of the history, a C2SP signed note")
    public Response checkpoint() {
        String note = downloads.checkpoint(actor.as(Actor.Kind.AUDITOR)).note().toString();
        return Response.ok(note).type("text/plain; charset=utf-8").build();
    }

    @GET
    @Path("bundle")
    @Operation(summary = "Everything under the last signed head, for the subcommand verify")
    public Response bundle() {
        return downloads.bundle(actor.as(Actor.Kind.AUDITOR));
    }

    @GET
    @Path("proof/{reference}")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "The entries of one case and their proof of inclusion")
    public ProofDocument proof(String reference) {
        return downloads.proof(actor.as(Actor.Kind.AUDITOR), reference);
    }
}
