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

        static native TemplateInstance california(California.Figures figures);
    }

    private final Statistics statistics;
    private final California california;
    private final Reading reading;
    private final CurrentActor actor;

    StatisticsPages(Statistics statistics, California california, Reading reading, CurrentActor actor) {
        this.statistics = statistics;
        this.california = california;
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

    /** The page's figures as a table for a spreadsheet. */
    @GET
    @Path("csv")
    @Produces("text/csv")
    public Response csv(@RestQuery @Nullable String from, @RestQuery @Nullable String to) {
        Period period = Period.of(from, to);
        note();
        return Downloads.file(
                StatisticsTable.of(statistics.of(period)), "text/csv; charset=utf-8", "habeas-statistics.csv");
    }

    /** The yearly figures that California asks for. */
    @GET
    @Path("california")
    public TemplateInstance california(@RestQuery @Nullable String year) {
        int wanted = california.year(year);
        note();
        return Templates.california(california.of(wanted));
    }

    private void note() {
        actor.staff()
                .filter(reader -> reader.kind() == Actor.Kind.AUDITOR)
                .ifPresent(reader -> reading.note(Act.of("history.statistics-read", reader)));
    }

    private StatisticsView view(@Nullable String from, @Nullable String to) {
        String typedFrom = HistoryQuery.given(from).orElse("");
        String typedTo = HistoryQuery.given(to).orElse("");
        try {
            Period period = Period.of(typedFrom, typedTo);
            note();
            return new StatisticsView(typedFrom, typedTo, statistics.of(period), Invalid.nothing());
        } catch (Invalid wrong) {
            return new StatisticsView(typedFrom, typedTo, Statistics.Figures.NONE, wrong);
        }
    }
}
