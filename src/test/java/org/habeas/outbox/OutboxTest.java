package org.habeas.outbox;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.habeas.vault.Vault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Mail without a mail server: kept, read by staff, gone with its key. */
@QuarkusTest
class OutboxTest {
    @Inject
    Outbox outbox;

    @Inject
    MailServer server;

    @Inject
    Vault vault;

    @Test
    void withoutAServerNothingIsSentAndStaffCanReadIt() {
        assertFalse(server.named());
        String address = someone();
        post(Mail.to(address, "First", "Hei på deg"));
        post(Mail.to(address.toUpperCase(), "Second", "Line\nline"));
        given().auth()
                .preemptive()
                .basic("admin", "test")
                .queryParam("to", address)
                .get("/api/v1/outbox")
                .then()
                .statusCode(200)
                .body("items.subject", contains("First", "Second"))
                .body("items[0].text", equalTo("Hei på deg"))
                .body("items[0].at", containsString("T"));
        given().auth()
                .preemptive()
                .basic("officer", "test")
                .get("/api/v1/outbox")
                .then()
                .statusCode(403);
        given().get("/api/v1/outbox").then().statusCode(401);
    }

    @Test
    void aMailOfAnActThatDidNotHappenIsNotThere() {
        String address = someone();
        assertThrows(IllegalStateException.class, () -> QuarkusTransaction.requiringNew()
                .run(() -> {
                    outbox.post(Mail.to(address, "No", "no"));
                    throw new IllegalStateException();
                }));
        assertEquals(List.of(), latest(address));
        assertThrows(RuntimeException.class, () -> outbox.post(Mail.to(address, "No", "no")));
    }

    @Test
    void aMailGoesWithTheKeyOfItsCase() {
        String address = someone();
        UUID key = QuarkusTransaction.requiringNew().call(vault::newKey);
        post(Mail.to(address, "Of a case", "text").under(key));
        post(Mail.to(address, "Of none", "text"));
        assertEquals(2, latest(address).size());
        QuarkusTransaction.requiringNew().run(() -> vault.shred(key));
        assertEquals(
                List.of("Of none"),
                latest(address).stream().map(Posted::subject).toList());
        outbox.purge(OffsetDateTime.parse("2000-01-01T00:00:00Z"));
        assertEquals(1, latest(address).size());
    }

    @Test
    void whatIsOfNoUseAnyMoreIsNotSent() {
        String address = someone();
        post(Mail.to(address, "A code", "123456").until(Instant.parse("2020-01-01T00:00:00Z")));
        UUID id = latest(address).get(0).id();
        assertTrue(outbox.due(id).isEmpty());
        assertEquals(Posted.State.OUTDATED, latest(address).get(0).state());
    }

    @Test
    void aNewerCodeTakesTheOldOnesPlace() {
        String address = someone();
        post(Mail.to(address, "Old", "1").inPlaceOf("code:" + address));
        post(Mail.to(address, "Other", "2"));
        post(Mail.to(address, "New", "3").inPlaceOf("code:" + address));
        assertEquals(
                List.of(Posted.State.OUTDATED, Posted.State.WAITING, Posted.State.WAITING),
                latest(address).stream().map(Posted::state).toList());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a@example.org\r\nBcc: b@example.org",
                "a@example.org, b@example.org",
                "Ada <a@example.org>",
                "a b@example.org",
                "a",
                ""
            })
    void anAddressIsOneAddress(String address) {
        assertThrows(IllegalArgumentException.class, () -> Mail.to(address, "Subject", "text"));
        assertFalse(Mail.deliverable(address));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nBcc: b@example.org", "a\nb", "a\u2028b", "a\u0085b", " "})
    void aSubjectIsOneLine(String subject) {
        assertThrows(IllegalArgumentException.class, () -> Mail.to("a@example.org", subject, "text"));
    }

    private void post(Mail mail) {
        QuarkusTransaction.requiringNew().run(() -> outbox.post(mail));
    }

    private List<Posted> latest(String address) {
        return outbox.latest(Optional.of(address), 10);
    }

    private static String someone() {
        return "p" + UUID.randomUUID() + "@example.org";
    }
}
