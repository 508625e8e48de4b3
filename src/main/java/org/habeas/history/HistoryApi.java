package org.habeas.history;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.BufferedOutputStream;
import java.io.OutputStream;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.habeas.actor.Actor;
import org.habeas.actor.CurrentActor;
import org.habeas.actor.Roles;
import org.habeas.audit.Act;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** The request history as a table (contract section 8), for the auditor. */
@Path("/api/v1/history")
@RolesAllowed(Roles.AUDITOR)
class HistoryApi {
    private final CaseRows cases;
    private final Reading reading;
    private final CurrentActor actor;
    private final Clock clock;

    HistoryApi(CaseRows cases, Reading reading, CurrentActor actor, Clock clock) {
        this.cases = cases;
        this.reading = reading;
        this.actor = actor;
        this.clock = clock;
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
        Format wanted = Format.of(format);
        reading.note(Act.of("history.exported", actor.as(Actor.Kind.AUDITOR))
                .fact("format", wanted.code())
                .fact("from", filter.period().from().map(Period.Bound::toString).orElse(null))
                .fact("to", filter.period().to().map(Period.Bound::toString).orElse(null))
                .fact("right", right)
                .fact("organisation", organisation)
                .fact("outcome", outcome));
        StreamingOutput content = out -> {
            OutputStream buffered = new BufferedOutputStream(out, 1 << 15);
            try (CaseTable table = wanted.table(buffered)) {
                cases.each(filter, table);
            }
            buffered.flush();
        };
        String name = "habeas-history-" + LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC) + "." + wanted.code();
        return Response.ok(content)
                .header(HttpHeaders.CONTENT_TYPE, wanted.mediaType())
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + name + "\"")
                .build();
    }
}
