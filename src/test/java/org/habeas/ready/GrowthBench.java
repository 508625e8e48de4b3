package org.habeas.ready;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.habeas.testing.Bookshop;
import org.habeas.testing.PortalProcess;
import org.habeas.testing.PostgresServer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * How every page and job grows from 10,000 to 1,000,000 cases, as the exponent of the number of cases: 0 is no growth, 1 is in
 * proportion. What adds all cases up (statistics, the whole history) grows in proportion by nature; nothing else may.
 */
@Tag("bench")
class GrowthBench {
    private static final int FEW = 10_000;
    private static final int MANY = Integer.getInteger("cases", 1_000_000);
    private static final int ROUNDS = 9;
    private static final double LIMIT = 0.35;

    private static final Map<String, List<String>> READ = Map.of(
            "officer",
            List.of(
                    "/cases",
                    "/cases?state=closed&sort=-due",
                    "/cases?assignee=officer7",
                    "/cases?q=H-7",
                    "/api/v1/cases?limit=50",
                    "/api/v1/cases?overdue=true",
                    "/api/v1/cases?sort=-received_at",
                    "/api/v1/cases/REFERENCE",
                    "/api/v1/cases/REFERENCE/findings",
                    "/api/v1/cases/REFERENCE/findings/library/reader",
                    "/api/v1/holds",
                    "/api/v1/statistics",
                    "/retention"),
            "auditor",
            List.of(
                    "/history",
                    "/api/v1/audit/checkpoint",
                    "/api/v1/audit/proof/REFERENCE",
                    "/api/v1/history?from=2020-01-01&to=2020-01-02"),
            "admin",
            List.of("/systems", "/outbox", "/api/v1/outbox?to=nobody@example.org", "/api/v1/retention/rules"),
            "nobody",
            List.of("/", "/request", "/policy", "/q/metrics", "/q/health/ready"));

    private PortalProcess portal;
    private PostgresServer database;
    private String reference = "";
    private String passphrase = "";

    @Test
    void nothingGrowsThatNeedNot() throws Exception {
        Path home = Waiting.fresh("growth");
        try (PostgresServer server =
                        PostgresServer.at(home.resolve("database"), Map.of("fsync", "off", "max_wal_size", "4GB"));
                PortalProcess process =
                        PortalProcess.start(home.resolve("portal"), environment(server), SpeedBench.OPTIONS)) {
            database = server;
            portal = process;
            aCase();
            fill(1, FEW);
            Map<String, Double> few = measured();
            fill(FEW + 1, MANY);
            Map<String, Double> many = measured();
            print(few, many);
        }
    }

    private void print(Map<String, Double> few, Map<String, Double> many) throws IOException {
        List<String> lines = new ArrayList<>();
        List<String> over = new ArrayList<>();
        many.forEach((what, millis) -> {
            // below two milliseconds the machine's noise is larger than the growth
            double growth = Math.max(millis, 2) / Math.max(few.get(what), 2);
            double exponent = Math.log(growth) / Math.log((double) MANY / FEW);
            lines.add(String.format(
                    Locale.ROOT, "| %-60s | %8.1f ms | %8.1f ms | %5.2f |", what, few.get(what), millis, exponent));
            if (exponent > LIMIT && !what.contains("statistics")) {
                over.add(lines.get(lines.size() - 1));
            }
        });
        Files.write(Path.of("target", "growth.txt"), lines);
        lines.forEach(System.out::println);
        assertTrue(over.isEmpty(), () -> String.join("\n", over));
    }

    private Map<String, Double> measured() throws Exception {
        Map<String, Double> measured = new LinkedHashMap<>();
        for (String account : List.of("nobody", "officer", "auditor", "admin")) {
            Sessions.Session session = Sessions.of(portal.address(), account);
            for (String path : READ.get(account)) {
                measured.put(account + " " + path, median(() -> {
                    assertEquals(200, session.get(path.replace("REFERENCE", reference)), path);
                    return true;
                }));
            }
        }
        Caller nobody = Caller.nobody(portal.address());
        measured.put(
                "person GET /api/v1/requests/{reference}",
                median(() -> nobody.person(passphrase)
                                .get("/api/v1/requests/" + reference)
                                .status()
                        == 200));
        int[] number = {0};
        measured.put(
                "person POST /api/v1/requests",
                median(() -> nobody.files("access", "grow" + System.nanoTime() + "@example.org")
                                .status()
                        == 202));
        measured.put("officer POST verification, to the end of the search (job)", median(() -> {
            var filed = nobody.files("access", number[0]++ % 2 == 0 ? Bookshop.DAG : Bookshop.ADA)
                    .json();
            String own = filed.get("reference").asText();
            nobody.staff("officer")
                    .post("/api/v1/cases/" + own + "/verification", "{\"method\": \"call-back\", \"note\": \"known\"}");
            Caller person = nobody.person(filed.get("passphrase").asText());
            Waiting.until("searched", Duration.ofMinutes(1), () -> person.get("/api/v1/requests/" + own)
                    .json()
                    .get("state")
                    .asText()
                    .equals("review"));
            return true;
        }));
        measured.put("a new entry has its place in the tree (job, every second)", median(() -> {
            nobody.files("access", "grow" + System.nanoTime() + "@example.org");
            Waiting.until(
                    "in order",
                    Duration.ofMinutes(1),
                    () -> database.number("select count(*) from audit_entry where leaf_index is null") == 0);
            return true;
        }));
        return measured;
    }

    private static double median(Callable<Boolean> call) throws Exception {
        double[] millis = new double[ROUNDS];
        for (int i = -3; i < ROUNDS; i++) {
            long start = System.nanoTime();
            assertTrue(call.call());
            if (i >= 0) {
                millis[i] = (System.nanoTime() - start) / 1e6;
            }
        }
        return Load.median(millis);
    }

    /** A real case, whose rows the others are copies of. */
    private void aCase() {
        Caller nobody = Caller.nobody(portal.address());
        var filed = nobody.files("access", Bookshop.DAG).json();
        reference = filed.get("reference").asText();
        passphrase = filed.get("passphrase").asText();
        assertEquals(
                200,
                nobody.staff("officer")
                        .post(
                                "/api/v1/cases/" + reference + "/verification",
                                "{\"method\": \"call-back\", \"note\": \"known\"}")
                        .status());
        Waiting.until("searched", Duration.ofMinutes(1), () -> nobody.person(passphrase)
                .get("/api/v1/requests/" + reference)
                .json()
                .get("state")
                .asText()
                .equals("review"));
    }

    /** Three in a hundred are open, as after some years. */
    private void fill(int from, int to) throws SQLException {
        String copies =
                """
                insert into rights_request (id, version, reference, asked_right, state, outcome, organisation, channel, language,
                    regime, received_at, received_on, due, assignee, closed_at, vault_key, verified_at, systems_searched, rows_found)
                select md5('r' || n)::uuid, 0, 'H-' || translate(upper(substr(md5('a' || n), 1, 4)), 'ILOU', 'JKMN') || '-'
                        || upper(substr(md5('b' || n), 1, 4)) || '-' || upper(substr(md5('c' || n), 1, 2)),
                    (array['ACCESS','ACCESS','ACCESS','ERASURE','ERASURE','CORRECTION','PORTABILITY','OBJECTION'])[1 + n % 8],
                    case when n % 100 < 97 then 'CLOSED' else
                        (array['OPEN','REVIEW','REVIEW','REVIEW','WAITING','UNVERIFIED','APPROVAL'])[1 + n / 100 % 7] end,
                    case when n % 100 < 97 then 'FULFILLED' end, r.organisation, 'PORTAL', 'nb', r.regime,
                    now() - n * interval '1 minute', (now() - n * interval '1 minute')::date,
                    (now() - n * interval '1 minute')::date + 30, case when n % 3 > 0 then 'officer' || n % 20 end,
                    case when n % 100 < 97 then now() end, r.vault_key, now(), 2, 3
                from generate_series(FROM, TO) n, (select * from rights_request where reference = 'REFERENCE') r
                on conflict do nothing;
                insert into request_identifier (request_id, kind, value_sealed, value_hash, proven_at)
                select md5('r' || n)::uuid, 'email', i.value_sealed, 'bench-' || n, now() from generate_series(FROM, TO) n,
                    (select i.* from request_identifier i join rights_request r on r.id = i.request_id
                        where r.reference = 'REFERENCE' limit 1) i
                where exists (select 1 from rights_request x where x.id = md5('r' || n)::uuid);
                insert into moment (request_id, at, what, actor, told)
                select md5('r' || n)::uuid, now(), m.what, m.actor, true from generate_series(FROM, TO) n,
                    (select m.* from moment m join rights_request r on r.id = m.request_id where r.reference = 'REFERENCE' limit 2) m
                where exists (select 1 from rights_request x where x.id = md5('r' || n)::uuid);
                insert into vault_key (id, wrapped, shredded_at) select md5('k' || n)::uuid, null, now() from generate_series(FROM, TO) n;
                insert into mail (id, message_id, key_id, own_key, to_hash, sealed, posted_at, state, settled_at)
                select md5('m' || n)::uuid, 'bench-' || n, md5('k' || n)::uuid, false, 'bench-' || n, decode(repeat('ab', 300), 'hex'),
                    now() - n * interval '1 minute', 'sent', now() from generate_series(FROM, TO) n;
                insert into search (request_id, generation, vault_key, complete, started_at, finished_at)
                select md5('r' || n)::uuid, gen_random_uuid(), md5('k' || n)::uuid, true, now(), now() from generate_series(FROM, TO) n;
                insert into search_system (request_id, system, status) select md5('r' || n)::uuid, s, 'NONE'
                from generate_series(FROM, TO) n, (values ('library'), ('accounts')) s (s);
                insert into audit_entry (at, event, subject, actor, entry)
                select e.at, e.event, md5('r' || n)::uuid, e.actor, e.entry from generate_series(FROM, TO) n,
                    (select e.* from audit_entry e join rights_request r on r.id = e.subject where r.reference = 'REFERENCE' limit 2) e
                """;
        long begun = System.nanoTime();
        try (var connection = database.connect();
                var statement = connection.createStatement()) {
            for (String copy : copies.split(";\n")) {
                statement.execute(copy.replace("FROM, TO", from + ", " + to).replace("REFERENCE", reference));
            }
            statement.execute("vacuum analyze");
        }
        Waiting.until(
                "the history is in order",
                Duration.ofMinutes(20),
                () -> database.number("select count(*) from audit_entry where leaf_index is null") == 0);
        System.out.println("filled to " + to + " in "
                + Duration.ofNanos(System.nanoTime() - begun).toSeconds() + " s");
    }

    private static Map<String, String> environment(PostgresServer database) {
        Map<String, String> environment = new HashMap<>(database.environment());
        environment.put("HABEAS_DATA_MAP", new Bookshop().map().toString());
        environment.put("HABEAS_LIMIT_PER_CLIENT", "100000000/PT1H");
        environment.put("HABEAS_LIMIT_PER_ADDRESS", "100000000/PT1H");
        return environment;
    }
}
