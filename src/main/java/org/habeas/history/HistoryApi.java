package org.habeas.history;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.habeas.actor.Actor;
import org.habeas.actor.CurrentActor;
import org.habeas.actor.Roles;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** The request history as a table (contract section 8), for the auditor. */
@Path("/api/v1/history")
@RolesAllowed(Roles.AUDITOR)
class HistoryApi {
    private final Downloads downloads;
    private final CurrentActor actor;

    HistoryApi(Downloads downloads, CurrentActor actor) {
        this.downloads = downloads;
        this.actor = actor;
    }

    @GET
    @Operation(summary = "The request history as CSV, JSON lines or a workbook")
    public Response export(
            @RestQuery @Nullable String from,
            @RestQuery @Nullable String to,
            @RestQuery @Nullable String format,
            @RestQuery @Nullable String right,
            @RestQuery @Nullable String organisation,
            @RestQuery @Nullable String outcome) {
        CaseFilter filter = CaseFilter.of(Period.of(from, to), right, organisation, outcome);
        return downloads.cases(actor.as(Actor.Kind.AUDITOR), filter, Format.of(format));
    }
}
