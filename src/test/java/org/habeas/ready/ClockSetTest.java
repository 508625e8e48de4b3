package org.habeas.ready;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
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

/** The clock of a running portal's machine is set, back and forward (by libfaketime, of the Debian package faketime). */
@Tag("faults")
class ClockSetTest {
    private static final Duration SOON = Duration.ofMinutes(2);
    private static final Pattern CODE = Pattern.compile("\\b[0-9]{6}\\b");

    /** A request, and whoever follows it. */
    private record Asked(String reference, Caller person, String due) {
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
    void theMachinesOwnClockDoesNotMatter() throws Exception {
        set("+0");
        try (PostgresServer database = PostgresServer.at(home.resolve("database"), Map.of());
                PortalProcess portal = PortalProcess.start(home.resolve("portal"), with(database.environment()))) {
            Caller nobody = Caller.nobody(portal.address());
            Asked first = asks(nobody, "ada@example.org");
            String code = code(nobody, "ada@example.org");
            for (String when : new String[] {"-1d", "+400d", "-30m", "+0"}) {
                set(when);
                Asked asked = asks(nobody, "a" + when.replaceAll("\\W", "x") + "@example.org");
                assertEquals(first.due(), asked.due(), "the deadline counts from the true day, " + when);
                String own = code(nobody, "a" + when.replaceAll("\\W", "x") + "@example.org");
                assertEquals(200, asked.proves(own).status(), when);
                searched(asked);
                signed(database);
            }
            set("+3h");
            assertEquals(200, first.proves(code).status(), "a code lasts ten minutes of those that pass");
            searched(first);
            assertEquals(
                    0,
                    database.number("select count(*) from audit_entry e join audit_entry l on l.leaf_index ="
                            + " e.leaf_index - 1 where e.at < l.at - interval '1 minute'"),
                    "the history's times are in its order");
        }
    }

    @Test
    void whereTheDatabasesClockIsSetCodesEndAndWorkGoesOn() throws Exception {
        set("+0");
        try (PortalProcess portal = PortalProcess.start(home.resolve("one-machine"), with(Map.of()))) {
            Caller nobody = Caller.nobody(portal.address());
            Asked ada = asks(nobody, "ada@example.org");
            String old = code(nobody, "ada@example.org");
            set("+2h");
            moved(portal, 1);
            assertEquals(422, ada.proves(old).status(), "ten minutes are over");
            anew(ada);
            String ahead = code(nobody, "ada@example.org");
            set("+0");
            moved(portal, 2);
            assertEquals(422, ada.proves(ahead).status(), "a code does not last two hours");
            anew(ada);
            assertEquals(200, ada.proves(code(nobody, "ada@example.org")).status());
            searched(ada);
            set("-2d");
            moved(portal, 3);
            Asked bea = asks(nobody, "bea@example.org");
            assertEquals(
                    200, bea.proves(code(nobody, "bea@example.org")).status(), "who asks after that notices nothing");
            searched(bea);
            assertEquals(ada.due(), ada.status().get("due").asText(), "a day of the law is not moved by a clock");
            assertFalse(portal.log().contains("ERROR"), portal.log());
        }
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
                filed.get("due").asText());
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

    private void set(String offset) throws IOException {
        Path next = time.resolveSibling("time.next");
        Files.writeString(next, offset + "\n");
        Files.move(
                next,
                time,
                java.nio.file.StandardCopyOption.REPLACE_EXISTING,
                java.nio.file.StandardCopyOption.ATOMIC_MOVE);
        // the library looks at the file once a second
        Waiting.pause(1500);
    }

    private Map<String, String> with(Map<String, String> more) {
        Optional<Path> library = library();
        if (library.isEmpty()) {
            System.err.println(
                    "=== NO LIBFAKETIME (apt-get install faketime): THE TESTS OF A CLOCK THAT IS SET ARE SKIPPED ===");
        }
        Assumptions.assumeTrue(library.isPresent(), "the package faketime is not installed");
        Map<String, String> environment = new HashMap<>(more);
        if (!more.isEmpty()) {
            environment.put("HABEAS_DATA_MAP", new Bookshop().map().toString());
        }
        environment.put("HABEAS_CHECKPOINT_EVERY", "1s");
        environment.put("HABEAS_LIMIT_PER_ADDRESS", "1000/PT1H");
        environment.put("LD_PRELOAD", library.get().toString());
        environment.put("FAKETIME_TIMESTAMP_FILE", time.toString());
        environment.put("FAKETIME_CACHE_DURATION", "1");
        environment.put("DONT_FAKE_MONOTONIC", "1");
        environment.put("FAKETIME_DONT_FAKE_MONOTONIC", "1");
        return environment;
    }

    private static Optional<Path> library() {
        try (Stream<Path> folders = Files.walk(Path.of("/usr/lib"), 3)) {
            return folders.filter(path -> path.endsWith("faketime/libfaketime.so.1"))
                    .findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
