package org.habeas.ready;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.habeas.ready.FickleMailServer.Mood;
import org.habeas.ready.FickleMailServer.Taken;
import org.habeas.testing.Bookshop;
import org.habeas.testing.PortalProcess;
import org.habeas.testing.PostgresServer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A mail server that is down, hangs, refuses or breaks off: no mail is lost, none comes twice but under one Message-ID. */
@Tag("faults")
class MailServerFaultsTest {
    private static final int EACH = 8;

    @Test
    void noMailIsLost() throws Exception {
        Path home = Waiting.fresh("mail-faults");
        try (FickleMailServer mail = new FickleMailServer();
                PostgresServer database = PostgresServer.at(home.resolve("database"), Map.of());
                PortalProcess portal = PortalProcess.start(home.resolve("portal"), environment(database, mail))) {
            Caller nobody = Caller.nobody(portal.address());
            Set<String> asked = new HashSet<>();
            for (Mood mood : Mood.values()) {
                mail.becomes(mood);
                for (int i = 0; i < EACH; i++) {
                    String address =
                            mood.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-') + i + "@example.org";
                    assertEquals(202, nobody.files("access", address).status(), "intake does not wait for mail");
                    asked.add(address);
                }
                Waiting.until("the mood was felt", Duration.ofMinutes(2), () -> felt(mood, mail, database));
            }
            mail.becomes(Mood.WORKS);
            Waiting.until(
                    "every mail has left",
                    Duration.ofMinutes(8),
                    () -> database.number("select count(*) from mail where state = 'waiting'") == 0);
            checks(mail, database, asked);
        }
    }

    private static void checks(FickleMailServer mail, PostgresServer database, Set<String> asked) throws SQLException {
        assertEquals(0, database.number("select count(*) from mail where state <> 'sent'"), "given up");
        Set<String> reached = mail.taken.stream().map(Taken::recipient).collect(Collectors.toCollection(TreeSet::new));
        assertEquals(new TreeSet<>(asked), reached, "who got a mail");
        Map<String, Set<String>> texts = new TreeMap<>();
        Map<String, Set<String>> ids = new TreeMap<>();
        for (Taken one : mail.taken) {
            ids.computeIfAbsent(one.recipient(), r -> new TreeSet<>()).add(one.messageId());
            texts.computeIfAbsent(one.messageId(), i -> new HashSet<>())
                    .add(one.recipient() + one.text().replaceAll("[^]]*?\n\n", ""));
        }
        assertEquals(database.number("select count(*) from mail"), texts.size(), "one Message-ID a mail");
        assertTrue(ids.values().stream().allMatch(of -> of.size() == 1), "two mails of one occasion: " + ids);
        assertTrue(
                mail.taken.size() > texts.size(),
                "a break after taking means that the mail comes again, under the Message-ID it had");
        System.out.printf(
                "mail: %d asked, %d deliveries, %d Message-IDs%n", asked.size(), mail.taken.size(), texts.size());
    }

    private static boolean felt(Mood mood, FickleMailServer mail, PostgresServer database) throws SQLException {
        return mood == Mood.WORKS || mood == Mood.BREAKS_AFTER_TAKING
                ? !mail.taken.isEmpty()
                        && mail.taken.stream()
                                .anyMatch(t -> t.recipient().startsWith(mood == Mood.WORKS ? "works" : "breaks"))
                : database.number("select count(*) from work_item where kind like 'mail%' and attempts >= 1") > 0;
    }

    private static Map<String, String> environment(PostgresServer database, FickleMailServer mail) {
        Map<String, String> environment = new HashMap<>(database.environment());
        environment.put("HABEAS_DATA_MAP", new Bookshop().map().toString());
        environment.put("QUARKUS_MAILER_HOST", "127.0.0.1");
        environment.put("QUARKUS_MAILER_PORT", String.valueOf(mail.port()));
        return environment;
    }
}
