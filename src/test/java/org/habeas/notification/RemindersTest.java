package org.habeas.notification;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.agroal.api.AgroalDataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.habeas.actor.StaffAddresses;
import org.habeas.retention.HoldToReview;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One mail a working day, with everything in it and nothing of a person. */
@QuarkusTest
class RemindersTest {
    private static final LocalDate MONDAY = LocalDate.of(2031, 3, 3);

    @Inject
    Reminders reminders;

    @Inject
    StaffAddresses addresses;

    @Inject
    AgroalDataSource database;

    @Inject
    Event<HoldToReview> holds;

    private final String account = "kari-" + UUID.randomUUID();
    private final String email = account + "@example.org";

    @AfterEach
    void forget() throws SQLException {
        execute("delete from staff_address where account = '" + account + "'");
        execute("delete from legal_hold where placed_by = '" + account + "'");
        execute("update rights_request set assignee = null where assignee = '" + account + "'");
    }

    @Test
    void whatIsLateSoonOrWaitingComesInOneMailInHerLanguage() throws SQLException {
        addresses.note(account, email, "nn");
        String late = assigned("OPEN", MONDAY.minusDays(1));
        String soon = assigned("OPEN", MONDAY.plusDays(5));
        String later = assigned("OPEN", MONDAY.plusDays(6));
        String review = assigned("REVIEW", MONDAY.plusDays(20));
        execute("insert into legal_hold (id, vault_key, reason_sealed, review_on, placed_at, placed_by) values ('"
                + UUID.randomUUID() + "', '" + UUID.randomUUID() + "', '', '" + MONDAY + "', now(), '" + account
                + "')");
        IntStream.range(0, 3).parallel().forEach(replica -> reminders.send(MONDAY));
        reminders.send(MONDAY);
        List<String> mails = mails();
        assertEquals(1, mails.size());
        String text = mails.get(0);
        assertTrue(text.contains("Over fristen (1):\n- " + late + ""), text);
        assertTrue(text.contains("Frist innan fem dagar (1):\n- " + soon), text);
        assertTrue(text.contains("Ventar på di avgjerd (1):\n- " + review), text);
        assertTrue(text.contains("Ei sperre som skulle vurderast måndag 3. mars 2031"), text);
        assertFalse(text.contains(later), text);
        assertFalse(text.contains("ada-remind"), "nothing of a person");
        reminders.send(MONDAY.plusDays(1));
        assertEquals(2, mails().size(), "the next day again");
    }

    @Test
    void nobodyIsRemindedOnASundayOrOfNothing() throws SQLException {
        addresses.note(account, email, "en");
        assigned("OPEN", MONDAY.plusDays(300));
        reminders.send(MONDAY.plusDays(6));
        reminders.send(LocalDate.of(2031, 5, 1));
        assertEquals(List.of(), mails());
    }

    @Test
    void aHoldStandsInTheReminderAndInNoOtherMail() throws SQLException {
        String owner = email;
        QuarkusTransaction.requiringNew().run(() -> holds.fire(new HoldToReview(UUID.randomUUID(), MONDAY, owner)));
        assertEquals(1, mails().size(), "whoever gets no reminders");
        addresses.note(owner, email, "en");
        QuarkusTransaction.requiringNew().run(() -> holds.fire(new HoldToReview(UUID.randomUUID(), MONDAY, owner)));
        assertEquals(1, mails().size(), "whoever gets them");
        execute("delete from staff_address where account = '" + owner + "'");
    }

    private List<String> mails() {
        return given().auth()
                .preemptive()
                .basic("admin", "test")
                .get("/api/v1/outbox?to=" + email)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getList("items.text");
    }

    private String assigned(String state, LocalDate due) throws SQLException {
        String reference = given().contentType(ContentType.JSON)
                .body(Map.of("right", "access", "identifiers", Map.of("email", "ada-remind@example.org")))
                .post("/api/v1/requests")
                .then()
                .statusCode(202)
                .extract()
                .path("reference");
        execute("update rights_request set state = '" + state + "', verified_at = received_at, due = '" + due
                + "', assignee = '" + account + "' where reference = '" + reference + "'");
        return reference;
    }

    private void execute(String sql) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
