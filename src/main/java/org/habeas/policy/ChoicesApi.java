package org.habeas.policy;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.NotAuthorizedException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.habeas.actor.Actor;
import org.habeas.actor.CurrentActor;
import org.habeas.datamap.DataMap;
import org.habeas.datamap.SystemEntry;
import org.habeas.problem.Invalid;
import org.habeas.problem.NotFound;
import org.habeas.vault.Secrets;
import org.jspecify.annotations.Nullable;

/**
 * What people chose, for the systems that must obey it. A system shows the {@code choices_token} that the data map gives it
 * as a bearer and hears of its own people; an administrator sees all.
 */
@Path("/api/v1/choices")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@PermitAll
@Tag(name = "Choices")
class ChoicesApi {
    private static final String BEARER = "Bearer ";
    private static final int MOST = 1000;

    private final ChoiceFeed feed;
    private final Usable usable;
    private final DataMap map;
    private final CurrentActor actor;
    private final ObjectMapper json;

    ChoicesApi(ChoiceFeed feed, Usable usable, DataMap map, CurrentActor actor, ObjectMapper json) {
        this.feed = feed;
        this.usable = usable;
        this.map = map;
        this.actor = actor;
        this.json = json;
    }

    /** {@code choice} is {@code accepted} or {@code declined}; {@code text_digest} names the text that was shown. */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Item(
            @Nullable String person,
            String choice,
            int version,
            List<String> purposes,
            Instant at,
            String textDigest,
            String language,
            String how) {
        static Item of(ChoiceFeed.Entry entry) {
            return new Item(
                    entry.person().orElse(null),
                    entry.accepted() ? "accepted" : "declined",
                    entry.version(),
                    entry.purposes(),
                    entry.at(),
                    entry.textDigest(),
                    entry.language(),
                    entry.how());
        }
    }

    /** {@code next} is where to go on, also when there was nothing new. */
    record Items(List<Item> items, String next) {}

    record Asked(String purpose, List<String> identifiers) {}

    record Sorted(List<String> usable, List<String> keptOut) {}

    record Row(List<Object> key) {}

    @GET
    @Consumes(MediaType.WILDCARD)
    public Items list(
            @HeaderParam(HttpHeaders.AUTHORIZATION) String bearer,
            @QueryParam("since") String since,
            @QueryParam("limit") String limit) {
        ChoiceFeed.Reader reader = reader(bearer);
        long position = number("since", since, 0, Long.MAX_VALUE);
        List<ChoiceFeed.Entry> found = feed.after(position, (int) number("limit", limit, MOST, MOST), reader);
        long next = found.isEmpty() ? position : found.get(found.size() - 1).position();
        return new Items(found.stream().map(Item::of).toList(), String.valueOf(next));
    }

    /** Which of these addresses may be used for a purpose; silence is no. */
    @POST
    @Path("filter")
    public Sorted filter(@HeaderParam(HttpHeaders.AUTHORIZATION) String bearer, Asked asked) {
        ChoiceFeed.Reader reader = reader(bearer);
        List<String> identifiers = asked.identifiers() == null ? List.of() : asked.identifiers();
        if (identifiers.size() > MOST) {
            throw Invalid.field("identifiers", "choice_many(" + MOST + ")");
        }
        List<Boolean> answers = usable.people(asked.purpose(), identifiers, reader);
        List<String> in = new ArrayList<>();
        List<String> out = new ArrayList<>();
        for (int i = 0; i < identifiers.size(); i++) {
            (answers.get(i) ? in : out).add(identifiers.get(i));
        }
        return new Sorted(in, out);
    }

    /** The rows of a collection that may be used for a purpose, a line of JSON each with the row's primary key. */
    @GET
    @Path("usable/{system}/{collection}")
    @Consumes(MediaType.WILDCARD)
    @Produces("application/x-ndjson")
    public StreamingOutput usable(
            @HeaderParam(HttpHeaders.AUTHORIZATION) String bearer,
            @PathParam("system") String system,
            @PathParam("collection") String collection,
            @QueryParam("purpose") String purpose) {
        ChoiceFeed.Reader reader = reader(bearer);
        if (reader.system().filter(s -> !s.equals(system)).isPresent()) {
            throw new NotFound("choice_no_collection");
        }
        usable.begin(purpose, system, collection, reader);
        return out -> usable.rows(purpose, system, collection, seen -> {
            if (seen.usable()) {
                try {
                    out.write((json.writeValueAsString(new Row(seen.key())) + "\n").getBytes(StandardCharsets.UTF_8));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        });
    }

    private static long number(String field, String typed, long otherwise, long most) {
        if (typed == null || typed.isBlank()) {
            return otherwise;
        } else if (!typed.matches("\\d{1,18}") || Long.parseLong(typed) > most) {
            throw Invalid.field(field, "choice_number");
        }
        return Long.parseLong(typed);
    }

    /** A system by its token, else an administrator. */
    private ChoiceFeed.Reader reader(String bearer) {
        if (bearer != null && bearer.startsWith(BEARER)) {
            String token = bearer.substring(BEARER.length());
            Optional<SystemEntry> system = map.systems().stream()
                    .filter(s -> Secrets.same(token(s), token))
                    .findFirst();
            if (system.isPresent() && !token.isBlank()) {
                boolean plain =
                        system.get().settings().path("choices").asText("").equals("plain");
                return ChoiceFeed.Reader.of(system.get(), plain);
            }
        }
        actor.staff().orElseThrow(() -> new NotAuthorizedException("Bearer realm=\"choices\""));
        return ChoiceFeed.Reader.of(actor.as(Actor.Kind.ADMIN));
    }

    private static String token(SystemEntry system) {
        return system.settings().path("choices_token").asText("");
    }
}
