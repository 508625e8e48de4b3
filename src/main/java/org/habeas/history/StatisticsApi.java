package org.habeas.history;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.math.BigDecimal;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.habeas.actor.Actor;
import org.habeas.actor.CurrentActor;
import org.habeas.actor.Roles;
import org.habeas.audit.Act;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Counts and answer times by right and outcome, for officers and auditors. */
@Path("/api/v1/statistics")
@RolesAllowed({Roles.OFFICER, Roles.AUDITOR})
class StatisticsApi {
    private final Statistics statistics;
    private final California california;
    private final Reading reading;
    private final CurrentActor actor;

    StatisticsApi(Statistics statistics, California california, Reading reading, CurrentActor actor) {
        this.statistics = statistics;
        this.california = california;
        this.reading = reading;
        this.actor = actor;
    }

    record Answer(
            @Nullable String from,
            @Nullable String to,
            Line total,
            List<Line> rights,
            List<Line> outcomes,
            List<Line> items,
            List<Line> regimes,
            List<Line> organisations,
            List<Line> months) {}

    record Line(
            @Nullable String right,
            @Nullable String outcome,
            @Nullable String group,
            long count,
            long open,
            long overdue,
            long closed,
            long answered,
            long onTime,
            long late,
            @Nullable BigDecimal medianDays,
            @Nullable BigDecimal meanDays,
            @Nullable BigDecimal p90Days) {}

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "Counts and answer times by right and outcome; without an outcome: open")
    public Answer statistics(@RestQuery @Nullable String from, @RestQuery @Nullable String to) {
        Period period = Period.of(from, to);
        note();
        Statistics.Figures figures = statistics.of(period);
        return new Answer(
                period.from().map(Period.Bound::toString).orElse(null),
                period.to().map(Period.Bound::toString).orElse(null),
                wire(figures.total()),
                figures.rights().stream().map(StatisticsApi::wire).toList(),
                figures.outcomes().stream().map(StatisticsApi::wire).toList(),
                figures.both().stream().map(StatisticsApi::wire).toList(),
                figures.regimes().stream().map(StatisticsApi::wire).toList(),
                figures.organisations().stream().map(StatisticsApi::wire).toList(),
                figures.months().stream().map(StatisticsApi::wire).toList());
    }

    @GET
    @Path("csv")
    @Operation(summary = "The same as a table; for use in the house, small cells included")
    public Response csv(@RestQuery @Nullable String from, @RestQuery @Nullable String to) {
        Period period = Period.of(from, to);
        note();
        return Downloads.file(
                StatisticsTable.of(statistics.of(period)), "text/csv; charset=utf-8", "habeas-statistics.csv");
    }

    @GET
    @Path("ccpa")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "The yearly figures that California asks for (CCPA regulations section 7102)")
    public California.Figures ccpa(@RestQuery @Nullable String year) {
        note();
        return california.of(california.year(year));
    }

    private void note() {
        actor.staff()
                .filter(reader -> reader.kind() == Actor.Kind.AUDITOR)
                .ifPresent(reader -> reading.note(Act.of("history.statistics-read", reader)));
    }

    private static Line wire(Statistics.Line line) {
        return new Line(
                line.right().orElse(null),
                line.outcome().orElse(null),
                line.group().orElse(null),
                line.received(),
                line.open(),
                line.overdue(),
                line.closed(),
                line.answered(),
                line.onTime(),
                line.late(),
                line.days().map(Statistics.AnswerTimes::median).orElse(null),
                line.days().map(Statistics.AnswerTimes::mean).orElse(null),
                line.days().map(Statistics.AnswerTimes::p90).orElse(null));
    }
}
