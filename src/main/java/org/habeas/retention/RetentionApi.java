package org.habeas.retention;

import com.fasterxml.jackson.annotation.JsonRawValue;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.habeas.actor.Actor;
import org.habeas.actor.CurrentActor;
import org.habeas.actor.Roles;
import org.habeas.datamap.DataMap;
import org.habeas.law.RetentionRule;
import org.habeas.problem.Invalid;
import org.habeas.words.Words;
import org.jspecify.annotations.Nullable;

/** Retention for administrators and scripts (contract section 6). */
@Path("/api/v1/retention")
@Produces(MediaType.APPLICATION_JSON)
public class RetentionApi {
    private static final Words ENGLISH = Words.of("en");

    private final Runs runs;
    private final Schedule schedule;
    private final DataMap map;
    private final Timetable timetable;
    private final CurrentActor actor;

    RetentionApi(Runs runs, Schedule schedule, DataMap map, Timetable timetable, CurrentActor actor) {
        this.runs = runs;
        this.schedule = schedule;
        this.map = map;
        this.timetable = timetable;
        this.actor = actor;
    }

    /** A rule, and where it holds: rows whose date in {@code from} lies before {@code due_before} are past their time. */
    public record Rule(
            String id,
            String citation,
            String title,
            String period,
            String starts,
            String financialYearEnds,
            String mode,
            boolean duty,
            @Nullable String organisation,
            @Nullable LocalDate validFrom,
            List<Place> collections) {}

    public record Place(String system, String collection, String from, LocalDate dueBefore) {}

    public record Rules(List<Rule> items) {}

    public record Wanted(@Nullable Boolean dryRun) {}

    /** Why so many due rows were not purged. */
    public record Reason(String reason, long rows) {}

    /** {@code kind}: sweep, obligation, or part (rows that go with those they point at). */
    public record Figures(
            String system,
            String collection,
            String rule,
            String citation,
            String mode,
            String kind,
            @Nullable LocalDate dueBefore,
            long due,
            long purged,
            long held,
            long failed,
            @Nullable String problem,
            List<Reason> reasons) {
        static Figures of(RunCollection row) {
            return new Figures(
                    row.system,
                    row.collection,
                    row.rule,
                    row.citation,
                    code(row.mode),
                    code(row.kind),
                    row.dueBefore,
                    row.due,
                    row.purged,
                    row.held,
                    row.failed,
                    row.problem(ENGLISH).orElse(null),
                    row.kept.entrySet().stream()
                            .map(e -> new Reason(ENGLISH.tell(e.getKey()), e.getValue()))
                            .toList());
        }
    }

    /** A run; once it is finished with its certificate and the SHA-256 of the certificate's bytes. */
    public record Run(
            UUID id,
            boolean dryRun,
            String state,
            List<Figures> collections,
            Instant openedAt,
            @Nullable Instant finishedAt,
            @JsonRawValue @Nullable String certificate,
            @Nullable String digest) {
        static Run of(RetentionRun run) {
            return new Run(
                    run.id,
                    run.dryRun,
                    run.state.code(),
                    run.collections.stream().map(Figures::of).toList(),
                    run.openedAt,
                    run.finishedAt,
                    run.certificate,
                    run.digest);
        }
    }

    @GET
    @Path("/rules")
    @RolesAllowed(Roles.ADMIN)
    public Rules rules() {
        List<Ruled> ruled = Ruled.of(map);
        return new Rules(Ruled.rules(map).stream().map(r -> told(r, ruled)).toList());
    }

    private Rule told(RetentionRule rule, List<Ruled> ruled) {
        return new Rule(
                rule.id(),
                rule.citation(),
                rule.title(),
                rule.period().toString(),
                code(rule.starts()),
                rule.financialYearEnds().toString().substring(2),
                code(rule.mode()),
                rule.duty(),
                rule.organisation().orElse(null),
                rule.since().map(RetentionRule.Since::validFrom).orElse(null),
                ruled.stream()
                        .filter(r -> r.rule().equals(rule))
                        .map(r -> new Place(
                                r.key().dataset(),
                                r.key().name(),
                                r.from(),
                                CutOff.of(rule, timetable.today()).before()))
                        .toList());
    }

    @POST
    @Path("/runs")
    @RolesAllowed(Roles.ADMIN)
    @Consumes(MediaType.APPLICATION_JSON)
    public Response open(@Nullable Wanted wanted) {
        if (wanted == null || wanted.dryRun() == null) {
            throw Invalid.field("dry_run", "retention_dry_run_wrong");
        }
        RetentionRun run = schedule.open(actor.as(Actor.Kind.ADMIN), wanted.dryRun());
        return Response.accepted(Run.of(run))
                .location(URI.create("/api/v1/retention/runs/" + run.id))
                .build();
    }

    @GET
    @Path("/runs/{id}")
    @RolesAllowed(Roles.ADMIN)
    public Run run(@PathParam("id") String id) {
        return Run.of(runs.get(Runs.id(id)));
    }

    /** One of the two releases that a waiting run needs. */
    @POST
    @Path("/runs/{id}/release")
    @RolesAllowed(Roles.OFFICER)
    public Run release(@PathParam("id") String id) {
        runs.release(Runs.id(id), actor.officer());
        return Run.of(runs.get(Runs.id(id)));
    }

    private static String code(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
