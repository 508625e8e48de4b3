package org.habeas.ready;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.habeas.testing.Bookshop;
import org.habeas.testing.PortalProcess;
import org.habeas.testing.PostgresServer;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The clock of a running portal's database is set, back and forward, and with it differs from the portal's machine's (by
 * libfaketime, of the Debian package faketime; a JVM does not run under it).
 */
@Tag("faults")
class ClockSetTest {
    private static final Duration SOON = Duration.ofMinutes(2);
    private static final Pattern CODE = Pattern.compile("\\b[0-9]{6}\\b");

    /** A request, and whoever follows it. */
    private record Asked(String reference, Caller person, LocalDate due) {
        Caller.Answer proves(String code) {
            return person.post("/api/v1/requests/" + reference + "/verification", "{\"code\": \"" + code + "\"}");
        }

        JsonNode status() {
            return person.get("/api/v1/requests/" + reference).json();
        }
    }

    private final Path home = Waiting.fresh("clock-set");
    private final Path time = home.resolve("time");
    private final Set<String> codes = new HashSet<>();

    @Test
    void aMachinesOwnClockDoesNotMatter() throws Exception {
        try (PostgresServer database = PostgresServer.at(home.resolve("database"), Map.of())) {
            // seen from the database, every other clock is 400 days ahead
            set("-400d");
            underOurClock(database);
            try (PortalProcess portal = PortalProcess.start(home.resolve("portal"), with(database))) {
                Caller nobody = Caller.nobody(portal.address());
                Asked ada = asks(nobody, "ada@example.org");
                LocalDate today = LocalDate.now(ZoneId.of("Europe/Oslo")).minusDays(400);
                assertTrue(
                        ada.due().isAfter(today.plusDays(27)) && ada.due().isBefore(today.plusDays(45)),
                        "the deadline counts from the database's day: " + ada.due());
                assertEquals(200, ada.proves(code(nobody, "ada@example.org")).status());
                searched(ada);
                signed(database);
                double off = Double.parseDouble(nobody.get("/q/metrics")
                        .body()
                        .replaceAll("(?s).*\nhabeas_clock_difference_seconds ([-0-9.E]+)\n.*", "$1"));
                assertEquals(400 * 86400, off, 120, "an operator is told");
                assertEquals(503, nobody.get("/q/health/well").status());
                assertEquals(200, nobody.get("/q/health/ready").status());
            }
        }
    }

    @Test
    void whenTheClockIsSetNoCodeLeaseOrDeadlineGoesWrong() throws Exception {
        try (PostgresServer database = PostgresServer.at(home.resolve("database"), Map.of())) {
            set("+0");
            underOurClock(database);
            try (PortalProcess portal = PortalProcess.start(home.resolve("portal"), with(database))) {
                Caller nobody = Caller.nobody(portal.address());
                Asked ada = asks(nobody, "ada@example.org");
                String old = code(nobody, "ada@example.org");
                set("+2h");
                moved(portal, 1);
                assertEquals(422, ada.proves(old).status(), "ten minutes are over");
                anew(ada);
                String ahead = code(nobody, "ada@example.org");
                aReplicaDies(database);
                set("+0");
                moved(portal, 2);
                assertEquals(422, ada.proves(ahead).status(), "a code does not last two hours");
                anew(ada);
                assertEquals(200, ada.proves(code(nobody, "ada@example.org")).status());
                searched(ada);
                Waiting.until(
                        "the dead replica's lease ends in its time and not two hours later",
                        SOON,
                        () -> database.number(
                                        "select count(*) from work_item where lease is not null and leased_until <"
                                                + " clock_timestamp() + interval '10 minutes' and subject = 'of the dead'")
                                == 1);
                set("-2d");
                moved(portal, 3);
                Asked bea = asks(nobody, "bea@example.org");
                assertEquals(
                        200, bea.proves(code(nobody, "bea@example.org")).status(), "who asks then notices nothing");
                searched(bea);
                signed(database);
                assertEquals(ada.due().toString(), ada.status().get("due").asText(), "a deadline is a date, and stays");
                assertEquals(
                        0,
                        database.number("select count(*) from (select leaf_index, lag(id) over (order by leaf_index) as"
                                + " before, id from audit_entry) e where before > id"),
                        "the history's order is that of what happened");
                assertFalse(portal.log().contains("ERROR"), portal.log());
            }
        }
    }

    /** It has claimed something, while the clock was ahead, and is never heard of again. */
    private static void aReplicaDies(PostgresServer database) throws SQLException {
        try (var connection = database.connect();
                var statement = connection.createStatement()) {
            statement.execute("insert into work_item (kind, subject, due_at, lease, leased_until) values ('of another',"
                    + " 'of the dead', clock_timestamp(), gen_random_uuid(), clock_timestamp() + interval '1 minute')");
        }
    }

    /** Starts the server again as it was, with a clock that {@link #set} sets. */
    private void underOurClock(PostgresServer database) throws Exception {
        Path library = library();
        ProcessHandle.Info server =
                ProcessHandle.of(database.pid()).orElseThrow().info();
        List<String> command = new ArrayList<>();
        String user = server.user().orElseThrow();
        if (!user.equals(ProcessHandle.current().info().user().orElseThrow())) {
            command.addAll(List.of("setpriv", "--reuid=" + user, "--regid=" + user, "--clear-groups"));
        } else if (user.equals("root")) {
            command.addAll(List.of("unshare", "--user"));
        }
        command.add(server.command().orElseThrow());
        command.addAll(List.of(server.arguments().orElseThrow()));
        database.kill();
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("postgres.log").toFile());
        builder.environment()
                .putAll(Map.of(
                        "LC_ALL", "C",
                        "LD_PRELOAD", library.toString(),
                        "FAKETIME_TIMESTAMP_FILE", time.toString(),
                        "FAKETIME_CACHE_DURATION", "1",
                        "FAKETIME_DONT_FAKE_MONOTONIC", "1"));
        builder.start();
        Waiting.until("the server is back", SOON, () -> database.number("select 1") == 1);
    }

    private static void moved(PortalProcess portal, int times) {
        Waiting.until("the portal has seen it", SOON, () -> portal.log().split("time moved by", -1).length > times);
    }

    private static Asked asks(Caller nobody, String address) {
        Caller.Answer answer = nobody.files("access", address);
        assertEquals(202, answer.status(), answer.body());
        JsonNode filed = answer.json();
        return new Asked(
                filed.get("reference").asText(),
                nobody.person(filed.get("passphrase").asText()),
                LocalDate.parse(filed.get("due").asText()));
    }

    private static void anew(Asked asked) {
        assertEquals(
                202,
                asked.person()
                        .post("/api/v1/requests/" + asked.reference() + "/codes", "{}")
                        .status());
    }

    /** A code that was not seen before. */
    private String code(Caller nobody, String address) {
        String[] found = new String[1];
        Waiting.until("a code for " + address, SOON, () -> {
            JsonNode mails = nobody.staff("admin")
                    .get("/api/v1/outbox?to=" + address)
                    .json()
                    .get("items");
            for (JsonNode mail : mails) {
                Matcher code = CODE.matcher(mail.get("text").asText());
                if (code.find() && codes.add(code.group())) {
                    found[0] = code.group();
                }
            }
            return found[0] != null;
        });
        return found[0];
    }

    /** Its search is done, which takes a claim, a lease and an end. */
    private static void searched(Asked asked) {
        Waiting.until(
                "the search is done",
                SOON,
                () -> asked.status().get("state").asText().matches("review|executing|closed"));
    }

    /** The timers go on: everything that was written has its place, and a head over it. */
    private static void signed(PostgresServer database) throws Exception {
        long entries = database.number("select count(*) from audit_entry");
        Waiting.until(
                "the history is signed",
                SOON,
                () -> database.number("select coalesce(max(size), 0) from audit_checkpoint") >= entries);
    }

    /** The library looks at the file once a second. */
    private void set(String offset) throws IOException {
        Files.writeString(time, offset + "\n");
    }

    private static Map<String, String> with(PostgresServer database) {
        Map<String, String> environment = new HashMap<>(database.environment());
        environment.put("HABEAS_DATA_MAP", new Bookshop().map().toString());
        environment.put("HABEAS_CHECKPOINT_EVERY", "1s");
        environment.put("HABEAS_LIMIT_PER_ADDRESS", "1000/PT1H");
        return environment;
    }

    private static Path library() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("/usr/lib"), 3)) {
            Optional<Path> library = files.filter(path -> path.endsWith("faketime/libfaketime.so.1"))
                    .findFirst();
            if (library.isEmpty()) {
                System.err.println(
                        "=== NO LIBFAKETIME (apt-get install faketime): THE TESTS OF A CLOCK THAT IS SET ARE SKIPPED ===");
            }
            Assumptions.assumeTrue(library.isPresent(), "the package faketime is not installed");
            return library.get();
        }
    }
}
