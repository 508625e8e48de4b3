package org.habeas.history;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
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
    private final Reading reading;
    private final CurrentActor actor;

    StatisticsApi(Statistics statistics, Reading reading, CurrentActor actor) {
        this.statistics = statistics;
        this.reading = reading;
        this.actor = actor;
    }

    record Answer(
            @Nullable String from,
            @Nullable String to,
            Line total,
            List<Line> rights,
            List<Line> outcomes,
            List<Line> items) {}

    record Line(
            @Nullable String right,
            @Nullable String outcome,
            long count,
            long open,
            long overdue,
            long closed,
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
        actor.staff()
                .filter(reader -> reader.kind() == Actor.Kind.AUDITOR)
                .ifPresent(reader -> reading.note(Act.of("history.statistics-read", reader)));
        Statistics.Figures figures = statistics.of(period);
        return new Answer(
                period.from().map(Period.Bound::toString).orElse(null),
                period.to().map(Period.Bound::toString).orElse(null),
                wire(figures.total()),
                figures.rights().stream().map(StatisticsApi::wire).toList(),
                figures.outcomes().stream().map(StatisticsApi::wire).toList(),
                figures.both().stream().map(StatisticsApi::wire).toList());
    }

    private static Line wire(Statistics.Line line) {
        return new Line(
                line.right().orElse(null),
                line.outcome().orElse(null),
                line.received(),
                line.open(),
                line.overdue(),
                line.closed(),
                line.onTime(),
                line.late(),
                line.days().map(Statistics.AnswerTimes::median).orElse(null),
                line.days().map(Statistics.AnswerTimes::mean).orElse(null),
                line.days().map(Statistics.AnswerTimes::p90).orElse(null));
    }
}
