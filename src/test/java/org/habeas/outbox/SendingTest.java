package org.habeas.outbox;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.Session;
import jakarta.mail.Store;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Mail through a real server: whole, once, and again after a crash under the same Message-ID. */
@QuarkusTest
@TestProfile(SendingTest.WithServer.class)
class SendingTest {
    public static class WithServer implements QuarkusTestProfile {
        @Override
        public List<TestResourceEntry> testResources() {
            return List.of(new TestResourceEntry(MailServerResource.class));
        }
    }

    @Inject
    Outbox outbox;

    @Inject
    MailSending sending;

    @Test
    void aMailArrivesAsItWasWritten() throws Exception {
        String address = someone();
        post(Mail.to(address, "Svaret på kravet ditt", "Hei på deg!\n\nÆrlig talt: 50 % æøå.\n.\nslutt\n")
                .from("privacy@nordlys.example"));
        Message mail = received(address, 1).get(0);
        assertEquals("Svaret på kravet ditt", mail.getSubject());
        assertEquals(
                "Hei på deg!\n\nÆrlig talt: 50 % æøå.\n.\nslutt",
                mail.getContent().toString().replace("\r\n", "\n").strip());
        assertEquals("privacy@nordlys.example", mail.getFrom()[0].toString());
        assertEquals("privacy@nordlys.example", mail.getReplyTo()[0].toString());
        assertEquals(1, mail.getAllRecipients().length);
        assertEquals("auto-generated", mail.getHeader("Auto-Submitted")[0]);
        assertTrue(mail.getHeader("Message-ID")[0].endsWith("@nordlys.example>"));
        until(() -> Posted.State.SENT == newest(address).state());
        given().auth()
                .preemptive()
                .basic("admin", "test")
                .get("/api/v1/outbox")
                .then()
                .statusCode(409);
    }

    @Test
    void sentAgainAfterACrashItIsTheSameMail() throws Exception {
        String address = someone();
        post(Mail.to(address, "Once", "text").from("privacy@nordlys.example"));
        received(address, 1);
        UUID id = newest(address).id();
        until(() -> Posted.State.SENT == newest(address).state());
        sending.send(id);
        Thread.sleep(300);
        assertEquals(1, received(address, 1).size(), "what is settled is not sent again");
        // the crash: the server has taken it, our own note of that was lost
        QuarkusTransaction.requiringNew().run(() -> unsettle(id));
        sending.send(id);
        List<Message> twice = received(address, 2);
        assertEquals(twice.get(0).getHeader("Message-ID")[0], twice.get(1).getHeader("Message-ID")[0]);
    }

    @Test
    void whatIsOfNoUseAnyMoreStaysHere() throws Exception {
        String address = someone();
        post(Mail.to(address, "Old code", "123456").until(Instant.parse("2020-01-01T00:00:00Z")));
        until(() -> Posted.State.OUTDATED == newest(address).state());
        assertTrue(received(address, 0).isEmpty());
        assertFalse(newest(address).failed());
        assertNull(newest(address).failure().orElse(null));
    }

    @Inject
    io.agroal.api.AgroalDataSource database;

    private void unsettle(UUID id) {
        try (var connection = database.getConnection();
                var update = connection.prepareStatement(
                        "update mail set state = 'waiting', settled_at = null where id = ?")) {
            update.setObject(1, id);
            update.executeUpdate();
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void post(Mail mail) {
        QuarkusTransaction.requiringNew().run(() -> outbox.post(mail));
    }

    private Posted newest(String address) {
        return outbox.latest(Optional.of(address), 1).get(0);
    }

    private interface Question {
        boolean answer();
    }

    private static void until(Question question) throws InterruptedException {
        Instant end = Instant.now().plus(Duration.ofSeconds(20));
        while (!question.answer()) {
            assertTrue(Instant.now().isBefore(end), "it did not happen in time");
            Thread.sleep(100);
        }
    }

    private static List<Message> received(String address, int least) throws Exception {
        List<Message> found = new ArrayList<>();
        until(() -> {
            found.clear();
            found.addAll(inbox(address));
            return found.size() >= least;
        });
        return found;
    }

    private static List<Message> inbox(String address) {
        try {
            Store store = Session.getInstance(new Properties()).getStore("imap");
            store.connect("127.0.0.1", Integer.getInteger(MailServerResource.IMAP), address, address);
            Folder inbox = store.getFolder("INBOX");
            inbox.open(Folder.READ_ONLY);
            return List.of(inbox.getMessages());
        } catch (jakarta.mail.MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String someone() {
        return "p" + UUID.randomUUID().toString().substring(0, 8) + "@example.org";
    }
}
