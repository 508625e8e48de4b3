package org.habeas.retention;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.habeas.actor.Roles;
import org.habeas.problem.Invalid;
import org.habeas.problem.Text;
import org.jspecify.annotations.Nullable;

/** Importers ask here before they bring somebody's data in. */
@Path("/api/v1/suppressions")
@RolesAllowed({Roles.OFFICER, Roles.ADMIN})
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class SuppressionsApi {
    private static final int MOST = 1000;
    private static final int LONGEST = 320;

    private final Suppressions suppressions;

    SuppressionsApi(Suppressions suppressions) {
        this.suppressions = suppressions;
    }

    /** One person by her identifiers; {@code collected_at}: when the data that is to come in was given. */
    public record Person(@Nullable Map<String, String> identifiers, @Nullable String collectedAt) {
        @Override
        public String toString() {
            return "Person[…]";
        }
    }

    /** One person, or many under {@code items}. */
    public record Asked(
            @Nullable Map<String, String> identifiers, @Nullable String collectedAt, @Nullable List<Person> items) {
        @Override
        public String toString() {
            return "Asked[…]";
        }
    }

    /** Erased: data from before {@code erased_at} must not come back. Objected: no marketing, also to a new customer. */
    public record Answer(boolean erased, @Nullable Instant erasedAt, boolean objected, @Nullable Instant objectedAt) {}

    public record Answers(
            @Nullable Boolean erased,
            @Nullable Instant erasedAt,
            @Nullable Boolean objected,
            @Nullable Instant objectedAt,
            @Nullable List<Answer> items) {}

    @POST
    @Path("/check")
    public Answers check(@Nullable Asked asked) {
        if (asked != null && asked.items() != null) {
            if (asked.items().size() > MOST) {
                throw Invalid.field("items", "suppressions_too_many(" + MOST + ")");
            }
            List<Answer> answers = new ArrayList<>();
            for (int i = 0; i < asked.items().size(); i++) {
                answers.add(answer(asked.items().get(i), "items[" + i + "]."));
            }
            return new Answers(null, null, null, null, answers);
        }
        Answer one = answer(asked == null ? null : new Person(asked.identifiers(), asked.collectedAt()), "");
        return new Answers(one.erased(), one.erasedAt(), one.objected(), one.objectedAt(), null);
    }

    private Answer answer(@Nullable Person person, String at) {
        Map<String, String> identifiers = identifiers(person, at + "identifiers");
        Optional<Instant> collected = collected(person == null ? null : person.collectedAt(), at + "collected_at");
        Suppressions.Known known = suppressions.of(identifiers);
        boolean erased = known.erased()
                .filter(e -> collected.map(c -> c.isBefore(e)).orElse(true))
                .isPresent();
        return new Answer(
                erased,
                known.erased().orElse(null),
                known.objected().isPresent(),
                known.objected().orElse(null));
    }

    private static Map<String, String> identifiers(@Nullable Person person, String field) {
        if (person == null
                || person.identifiers() == null
                || person.identifiers().isEmpty()) {
            throw Invalid.field(field, "problem_text_required");
        }
        Map<String, String> clean = new LinkedHashMap<>();
        person.identifiers()
                .forEach((kind, value) -> clean.put(
                        kind,
                        Text.required(field, Text.line(field, value, LONGEST)).strip()));
        return clean;
    }

    private static Optional<Instant> collected(@Nullable String text, String field) {
        try {
            return Optional.ofNullable(text).map(Instant::parse);
        } catch (DateTimeException e) {
            throw Invalid.field(field, "suppressions_instant");
        }
    }
}
