package org.habeas.history;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.habeas.actor.Actor;
import org.habeas.actor.CurrentActor;
import org.habeas.actor.Roles;
import org.habeas.audit.Act;
import org.habeas.problem.Invalid;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Counts and answer times as a page: a chart with its table beside it. */
@Path("/statistics")
@RolesAllowed({Roles.OFFICER, Roles.AUDITOR})
@Blocking
@Produces(MediaType.TEXT_HTML)
public class StatisticsPages {
    @CheckedTemplate(basePath = "history", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
    static class Templates {
        static native TemplateInstance statistics(StatisticsView page);
    }

    private final Statistics statistics;
    private final Reading reading;
    private final CurrentActor actor;

    StatisticsPages(Statistics statistics, Reading reading, CurrentActor actor) {
        this.statistics = statistics;
        this.reading = reading;
        this.actor = actor;
    }

    @GET
    public Response show(@RestQuery @Nullable String from, @RestQuery @Nullable String to) {
        StatisticsView page = view(from, to);
        return Response.status(page.errors().any() ? 422 : 200)
                .entity(Templates.statistics(page))
                .build();
    }

    private StatisticsView view(@Nullable String from, @Nullable String to) {
        String typedFrom = HistoryQuery.given(from).orElse("");
        String typedTo = HistoryQuery.given(to).orElse("");
        try {
            Period period = Period.of(typedFrom, typedTo);
            actor.staff()
                    .filter(reader -> reader.kind() == Actor.Kind.AUDITOR)
                    .ifPresent(reader -> reading.note(Act.of("history.statistics-read", reader)));
            return new StatisticsView(typedFrom, typedTo, statistics.of(period), Invalid.nothing());
        } catch (Invalid wrong) {
            return new StatisticsView(typedFrom, typedTo, Statistics.Figures.NONE, wrong);
        }
    }
}
