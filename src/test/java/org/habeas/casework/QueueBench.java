package org.habeas.casework;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.agroal.api.AgroalDataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.habeas.request.Wording;
import org.habeas.vault.Vault;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * How long a page of the queue takes among 10,000 and among 1,000,000 cases, as an officer's browser gets it over HTTP: the
 * list, its next pages, the sizes of the views. Three thousand of the first are open and three in a hundred of the others, at
 * any age, so that pages are full each time. What else the machine does only adds: the better of two measurements counts.
 */
@Tag("bench")
@QuarkusTest
class QueueBench {
    private static final int ROUNDS = 100;
    private static final int MANY = Integer.getInteger("habeas.bench.cases", 1_000_000);
    private static final String OPEN = "open,waiting,review,approval,executing";

    /** State, right, assignee, overdue, within, waiting, q, sort. */
    private static final List<String[]> VIEWS = List.of(
            view(null, null, null, null, null, null, null, null),
            view(OPEN, null, null, null, null, null, null, null),
            view("review", "human-review", null, null, null, null, null, null),
            view(null, "human-review", null, null, null, null, null, null),
            view("closed", "erasure", null, null, null, null, null, "-due"),
            view(null, null, "officer", null, null, null, null, null),
            view(null, "human-review", "officer", null, null, null, null, null),
            view("closed", "access", "officer", null, null, null, null, "-received_at"),
            view(OPEN, null, "officer", null, null, null, null, null),
            view(OPEN, null, "none", null, null, null, null, null),
            view(OPEN, null, null, null, "6", null, null, null),
            view(OPEN, null, null, null, null, "me", null, null),
            view(OPEN, null, null, null, null, "others", null, null),
            view(null, null, null, "true", null, null, null, null),
            view(null, null, null, "false", null, null, null, null),
            view("open,review", null, null, null, null, null, null, "received_at"),
            view("executing", null, null, null, null, null, null, "received_at"),
            view(null, "human-review", null, null, null, null, null, "-received_at"),
            view(null, null, null, null, null, null, null, "-received_at"),
            view(null, null, null, null, null, null, "H-7K3", null),
            view(null, null, null, null, null, null, "bench-77@example.org", null),
            view(null, null, null, null, null, null, "seldom", null),
            view(OPEN, null, null, null, null, null, "hello seldom", null),
            view(null, null, null, null, null, null, "hello", null));

    /** What more cases have the more there are is found in time too, but not in the same time. */
    private static final List<String[]> COMMON = List.of(
            view(OPEN, null, null, null, null, null, "hello word7", null),
            view(null, null, null, null, null, null, "word7", "-received_at"));

    private static final Pattern NEXT = Pattern.compile("href=\"([^\"]*)\" rel=\"next\"");

    private final HttpClient client = HttpClient.newHttpClient();
    private String portal;
    private String session;

    @Inject
    Wording wording;

    @Inject
    AgroalDataSource database;

    @Inject
    Vault vault;

    @Test
    void anyPageAnswersWithinFiftyMillisecondsAndAsFastAmongAMillion() throws Exception {
        signIn();
        fill(1, 10_000);
        measured(ROUNDS / 4);
        Map<String, Long> few = better();
        fill(10_001, MANY);
        measured(ROUNDS / 4);
        Map<String, Long> many = better();
        many.forEach((view, micros) -> System.out.printf(
                "%-70s p95 %7.2f ms, among 10,000 %7.2f ms, %.2f times%n",
                view, micros / 1000.0, few.get(view) / 1000.0, (double) micros / few.get(view)));
        many.forEach((view, micros) -> assertTrue(micros < 50_000, view + " took " + micros + " µs"));
        for (String[] v : VIEWS) {
            String view = String.join(" ", parameters(v));
            assertTrue(
                    many.get(view) < 1.3 * few.get(view),
                    view + " took " + many.get(view) + " µs, among 10,000 " + few.get(view));
        }
    }

    private Map<String, Long> better() throws Exception {
        Map<String, Long> better = measured(ROUNDS);
        measured(ROUNDS).forEach((view, micros) -> better.merge(view, micros, Math::min));
        return better;
    }

    private void signIn() {
        portal = RestAssured.baseURI + ":" + RestAssured.port;
        Response form = given().get("/login");
        session = given()
                .redirects()
                .follow(false)
                .cookies(form.cookies())
                .formParam("_csrf", form.htmlPath().getString("**.find { it.@name == '_csrf' }.@value"))
                .formParam("username", "officer")
                .formParam("password", "test")
                .post("/login")
                .then()
                .statusCode(303)
                .extract()
                .cookies()
                .entrySet()
                .stream()
                .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                .collect(Collectors.joining("; "));
    }

    /** The 95th percentile of each view as an officer gets it: the list, its next pages, and the sizes of the views. */
    private Map<String, Long> measured(int rounds) throws Exception {
        Map<String, Long> measured = new LinkedHashMap<>();
        for (String[] v : Stream.concat(VIEWS.stream(), COMMON.stream()).toList()) {
            List<Long> times = new ArrayList<>();
            String first = "/cases?limit=50&" + String.join("&", parameters(v));
            Optional<String> next = Optional.empty();
            for (int i = 0; i < rounds; i++) {
                HttpRequest page = HttpRequest.newBuilder(URI.create(portal + next.orElse(first)))
                        .header("Cookie", session)
                        .build();
                long start = System.nanoTime();
                HttpResponse<String> answer = client.send(page, HttpResponse.BodyHandlers.ofString());
                times.add((System.nanoTime() - start) / 1000);
                assertEquals(200, answer.statusCode(), first);
                next = NEXT.matcher(answer.body())
                        .results()
                        .map(m -> m.group(1).replace("&amp;", "&"))
                        .findFirst();
            }
            measured.put(String.join(" ", parameters(v)), p95(times));
        }
        return measured;
    }

    private static List<String> parameters(String[] view) {
        List<String> names = List.of("state=", "right=", "assignee=", "overdue=", "within=", "waiting=", "q=", "sort=");
        List<String> named = new ArrayList<>();
        for (int i = 0; i < view.length; i++) {
            String name = names.get(i);
            Optional.ofNullable(view[i])
                    .ifPresent(value -> named.add(name + URLEncoder.encode(value, StandardCharsets.UTF_8)));
        }
        return named;
    }

    private static long p95(List<Long> times) {
        return times.stream()
                .sorted()
                .skip(times.size() * 95L / 100)
                .findFirst()
                .orElseThrow();
    }

    private static String[] view(String... parts) {
        return parts;
    }

    private void fill(int from, int to) throws SQLException {
        String requests =
                """
                insert into rights_request (id, version, reference, asked_right, state, outcome, organisation, channel,
                    language, regime, received_at, received_on, due, assignee, closed_at, decider, vault_key)
                select md5('r' || n)::uuid, 0,
                    'H-' || translate(upper(substr(md5('a' || n), 1, 4)), 'ILOU', 'JKMN') || '-'
                        || upper(substr(md5('b' || n), 1, 4)) || '-' || upper(substr(md5('c' || n), 1, 2)),
                    (array['ACCESS','ACCESS','ACCESS','ERASURE','ERASURE','CORRECTION','PORTABILITY','OBJECTION'])[1 + n % 8],
                    case when n % 100 < case when n <= 10000 then 70 else 97 end then 'CLOSED' else
                        (array['OPEN','REVIEW','REVIEW','REVIEW','WAITING','UNVERIFIED','APPROVAL'])[1 + n / 100 % 7] end,
                    case when n % 100 < case when n <= 10000 then 70 else 97 end then 'FULFILLED' end, 'nordlys-retail', 'PORTAL', 'nb', 'gdpr-no',
                    now() - n * 99 % 1000000 * interval '1 minute', (now() - n * 99 % 1000000 * interval '1 minute')::date,
                    (now() - n * 99 % 1000000 * interval '1 minute')::date + 30,
                    case when n % 3 > 0 then replace('officer' || n % 20, 'officer7', 'officer') end,
                    case when n % 100 < case when n <= 10000 then 70 else 97 end then now() end,
                    case when n % 100 >= case when n <= 10000 then 70 else 97 end and n / 100 % 7 = 6 then replace('officer' || n % 16, 'officer7', 'officer') end,
                    (?::uuid[])[1 + n % 500]
                from generate_series(?, ?) n on conflict do nothing""";
        String identifiers =
                """
                insert into request_identifier (request_id, kind, value_sealed, value_hash, proven_at)
                select r.id, 'email', k.sealed, 'bench-' || r.id, now() from rights_request r
                join unnest(?::uuid[], ?::bytea[]) k (id, sealed) on k.id = r.vault_key
                where not exists (select 1 from request_identifier i where i.request_id = r.id)""";
        // one word in all, one in every hundredth, one in a hundred cases whatever their number
        String words =
                """
                insert into case_word (word, received_at, request_id)
                select unnest(array[w[1], w[2 + (hashtext(id::text) & 1023) % 100]]), received_at, id
                from rights_request, (select ?::text[] as w) w
                union all select ?, received_at, id from rights_request
                where id in (select md5('r' || n)::uuid from generate_series(1, 100) n)
                on conflict do nothing""";
        String decisions =
                """
                insert into decision (id, request_id, answer, ground, officer, decided_at)
                select id, id, 'REFUSE', 'not-held', decider, now() from rights_request
                where state = 'APPROVAL' and decision_id is null""";
        String decided = "update rights_request set decision_id = id where state = 'APPROVAL' and decision_id is null";
        String[] common = Stream.concat(
                        Stream.of("hello"), IntStream.range(0, 100).mapToObj(n -> "word" + n))
                .map(word -> wording.hashes(word).get(0))
                .toArray(String[]::new);
        Map<UUID, byte[]> keys = QuarkusTransaction.requiringNew().call(this::keys);
        long start = System.nanoTime();
        try (var connection = database.getConnection();
                var insert = connection.prepareStatement(requests);
                var more = connection.prepareStatement(identifiers);
                var wordy = connection.prepareStatement(words);
                var statement = connection.createStatement()) {
            // a million go in faster without what holds for each by itself
            statement.execute("set session_replication_role = replica");
            List<String> indexes = dropped(statement);
            insert.setArray(1, connection.createArrayOf("uuid", keys.keySet().toArray()));
            insert.setInt(2, from);
            insert.setInt(3, to);
            insert.executeUpdate();
            more.setArray(1, connection.createArrayOf("uuid", keys.keySet().toArray()));
            more.setArray(2, connection.createArrayOf("bytea", keys.values().toArray(byte[][]::new)));
            more.executeUpdate();
            wordy.setArray(1, connection.createArrayOf("text", common));
            wordy.setString(2, wording.hashes("seldom").get(0));
            wordy.executeUpdate();
            statement.execute(decisions);
            statement.execute(decided);
            for (String index : indexes) {
                statement.execute(index);
            }
            for (String table : List.of("rights_request", "request_identifier", "case_word", "decision")) {
                statement.execute("vacuum analyze " + table);
            }
            statement.execute("set session_replication_role = default");
        }
        System.out.println(
                "filled in " + Duration.ofNanos(System.nanoTime() - start).toSeconds() + " s");
    }

    /** As many cases as stand on ten pages are sealed under different keys. */
    private Map<UUID, byte[]> keys() {
        Map<UUID, byte[]> keys = new LinkedHashMap<>();
        for (int i = 0; i < 500; i++) {
            UUID key = vault.newKey();
            keys.put(key, vault.seal(key, "bench@example.org", "identifier"));
        }
        return keys;
    }

    /** Drops the queue's indexes; the statements that make them again. */
    private static List<String> dropped(Statement statement) throws SQLException {
        Map<String, String> indexes = new LinkedHashMap<>();
        try (var rows = statement.executeQuery("select indexname, indexdef from pg_indexes where tablename ="
                + " 'rights_request' and indexname not in (select conname from pg_constraint)")) {
            while (rows.next()) {
                indexes.put(rows.getString(1), rows.getString(2));
            }
        }
        for (String index : indexes.keySet()) {
            statement.execute("drop index " + index);
        }
        return List.copyOf(indexes.values());
    }
}
