package org.habeas.ready;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.habeas.testing.Bookshop;
import org.habeas.testing.PortalProcess;
import org.habeas.testing.PostgresServer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The portal's PostgreSQL is killed again and again under load: what was acknowledged is there, and nothing is half done. */
@Tag("faults")
class DatabaseKilledTest {
    private static final int KILLS = Integer.getInteger("kills", 50);
    private static final int CALLERS = 4;

    /** What must be true of the rows whatever happened: each query finds what is half done. */
    private static final Map<String, String> HALF_DONE = new LinkedHashMap<>(Map.of(
            "requests without exactly one entry of their receipt",
            "select count(*) from rights_request r where 1 <> (select count(*) from audit_entry a"
                    + " where a.subject = r.id and a.event = 'request.received')",
            "entries of requests that are not there",
            "select count(*) from audit_entry a where a.subject is not null and a.event like 'request.%'"
                    + " and not exists (select 1 from rights_request r where r.id = a.subject)",
            "requests without an address",
            "select count(*) from rights_request r where not exists (select 1 from request_identifier i"
                    + " where i.request_id = r.id and i.kind = 'email')",
            "requests without a key",
            "select count(*) from rights_request r where not exists (select 1 from vault_key k where k.id = r.vault_key"
                    + " and k.wrapped is not null)",
            "requests whose code was never posted",
            "select (select count(*) from rights_request) - (select count(*) from mail where topic like '%code%')",
            "verified requests without exactly one entry of it",
            "select count(*) from rights_request r where verified_at is not null and 1 <> (select count(*) from"
                    + " audit_entry a where a.subject = r.id and a.event = 'request.opened')",
            "moments without an entry",
            "select abs((select count(*) from moment) - (select count(*) from audit_entry where subject is not null"
                    + " and event in (select distinct what from moment)))",
            "requests with two findings of a generation that is shown",
            "select count(*) from (select request_id from search group by 1 having count(*) > 1) twice"));

    private record Acknowledged(String reference, String passphrase) {}

    private final Queue<Acknowledged> filed = new ConcurrentLinkedQueue<>();
    private final Queue<Acknowledged> verified = new ConcurrentLinkedQueue<>();
    private final Queue<Map.Entry<Acknowledged, String>> messages = new ConcurrentLinkedQueue<>();
    private final Map<Integer, AtomicInteger> statuses = new ConcurrentHashMap<>();
    private volatile boolean over;

    @Test
    void whatWasAcknowledgedIsThereAndNothingIsHalfDone() throws Exception {
        Path home = Waiting.fresh("database-killed");
        try (PostgresServer database = PostgresServer.at(home.resolve("database"), Map.of());
                PortalProcess portal = PortalProcess.start(home.resolve("portal"), environment(database))) {
            Caller nobody = Caller.nobody(portal.address());
            ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
            for (int i = 0; i < CALLERS; i++) {
                int number = i;
                callers.execute(() -> load(nobody, number));
            }
            killAgainAndAgain(database);
            over = true;
            callers.shutdown();
            assertTrue(callers.awaitTermination(2, TimeUnit.MINUTES));
            settle(database);
            System.out.printf(
                    "%d kills: %d requests, %d proofs, %d messages acknowledged; answers by status %s%n",
                    KILLS, filed.size(), verified.size(), messages.size(), statuses);
            everythingIsThere(nobody);
            nothingIsHalfDone(database);
            assertEquals(
                    List.of(),
                    statuses.keySet().stream().filter(s -> s == 500).toList(),
                    () -> "an outage is no fault of the program:\n"
                            + portal.log()
                                    .lines()
                                    .filter(l -> l.contains("Fault "))
                                    .toList());
        }
    }

    private void killAgainAndAgain(PostgresServer database) {
        Random random = new Random(9);
        for (int kill = 0; kill < KILLS; kill++) {
            int before = filed.size();
            Waiting.until("requests come in again", Duration.ofMinutes(1), () -> filed.size() > before + 5);
            Waiting.pause(random.nextInt(400));
            database.kill();
            Waiting.pause(random.nextInt(300));
            database.start();
        }
    }

    private void load(Caller nobody, int number) {
        Caller officer = nobody.staff("officer");
        for (int i = 0; !over; i++) {
            Caller.Answer answer = counted(nobody.files("access", "nobody" + number + "x" + i + "@example.org"));
            if (answer.status() != 202) {
                Waiting.pause(20);
                continue;
            }
            Acknowledged ack = new Acknowledged(
                    answer.json().get("reference").asText(),
                    answer.json().get("passphrase").asText());
            filed.add(ack);
            String text = "word " + number + "-" + i;
            Caller person = nobody.person(ack.passphrase());
            if (counted(person.post(
                                    "/api/v1/requests/" + ack.reference() + "/messages",
                                    "{\"text\": \"" + text + "\"}"))
                            .status()
                    == 201) {
                messages.add(Map.entry(ack, text));
            }
            String proof = "{\"method\": \"call-back\", \"note\": \"known voice\"}";
            if (counted(officer.post("/api/v1/cases/" + ack.reference() + "/verification", proof))
                            .status()
                    == 200) {
                verified.add(ack);
            }
        }
    }

    private Caller.Answer counted(Caller.Answer answer) {
        statuses.computeIfAbsent(answer.status(), s -> new AtomicInteger()).incrementAndGet();
        return answer;
    }

    /** What was begun is finished by itself. */
    private static void settle(PostgresServer database) {
        Waiting.until(
                "all due work is done",
                Duration.ofMinutes(10),
                () -> database.number(
                                "select count(*) from work_item where due_at < clock_timestamp() + interval '1 minute'")
                        == 0);
        Waiting.until(
                "the history is in order",
                Duration.ofMinutes(2),
                () -> database.number("select count(*) from audit_entry where leaf_index is null") == 0);
    }

    private void everythingIsThere(Caller nobody) {
        Map<String, String> lost = new HashMap<>();
        for (Acknowledged ack : filed) {
            Caller.Answer status = nobody.person(ack.passphrase()).get("/api/v1/requests/" + ack.reference());
            if (status.status() != 200) {
                lost.put(ack.reference(), "request");
            }
        }
        for (Acknowledged ack : verified) {
            var status = nobody.person(ack.passphrase())
                    .get("/api/v1/requests/" + ack.reference())
                    .json();
            if (!status.get("state").asText().equals("review")) {
                lost.put(ack.reference(), "proven, and " + status.get("state"));
            }
        }
        for (var message : messages) {
            var status = nobody.person(message.getKey().passphrase())
                    .get("/api/v1/requests/" + message.getKey().reference())
                    .json();
            if (status.get("messages").findValuesAsText("text").stream()
                            .filter(message.getValue()::equals)
                            .count()
                    != 1) {
                lost.put(message.getKey().reference(), "message");
            }
        }
        assertEquals(Map.of(), lost, "acknowledged and lost");
    }

    private static void nothingIsHalfDone(PostgresServer database) throws SQLException {
        Map<String, Long> found = new LinkedHashMap<>();
        for (var check : HALF_DONE.entrySet()) {
            long count = database.number(check.getValue());
            if (count != 0) {
                found.put(check.getKey(), count);
            }
        }
        assertEquals(Map.of(), found);
    }

    private static Map<String, String> environment(PostgresServer database) {
        Map<String, String> environment = new HashMap<>(database.environment());
        environment.put("HABEAS_DATA_MAP", new Bookshop().map().toString());
        environment.put("HABEAS_LIMIT_PER_CLIENT", "1000000/PT1H");
        environment.put("HABEAS_CHECKPOINT_EVERY", "1s");
        return environment;
    }
}
