package org.habeas.retention;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.agroal.api.AgroalDataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.security.TestSecurity;
import io.restassured.http.ContentType;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.habeas.vault.Vault;
import org.junit.jupiter.api.Test;

@QuarkusTest
@io.quarkus.test.junit.TestProfile(Yard.class)
@TestSecurity(user = "officer", roles = "officer")
class HoldsTest {
    @Inject
    Holds holds;

    @Inject
    HoldReviews reviews;

    @Inject
    Vault vault;

    @Inject
    AgroalDataSource database;

    @Test
    void anOfficerPlacesAHoldThatStandsUntilItIsLifted() throws Exception {
        String id = place("Hild@Example.org", "a lawsuit about canary-7781");
        Set<String> hers = Set.of("unrelated", vault.identifierHash("email", " hild@example.org"));
        assertTrue(held(hers));
        given().get("/api/v1/holds").then().statusCode(200).body("items.id", hasItem(id));
        assertTrue(holds.heldIdentifiers().contains(new Holds.HeldIdentifier("email", "Hild@Example.org")));
        assertTrue(events().contains("hold.placed"));

        given().delete("/api/v1/holds/" + id).then().statusCode(200);
        assertFalse(held(hers));
        given().get("/api/v1/holds").then().body("items.id", not(hasItem(id)));
        given().delete("/api/v1/holds/" + id).then().statusCode(409);
        assertTrue(events().contains("hold.lifted"));
    }

    @Test
    void whoeverLooksAfterItIsRemindedOnceOfItsReview() throws Exception {
        place("reviewed@example.org", "a lawsuit");
        reviews.remind();
        long before = mails();
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.executeUpdate("update legal_hold set review_on = current_date - 1 where lifted_at is null and"
                    + " placed_at = (select max(placed_at) from legal_hold)");
        }
        reviews.remind();
        reviews.remind();
        assertEquals(before + 1, mails());
    }

    private long mails() throws Exception {
        try (var connection = database.getConnection();
                var rows = connection.createStatement().executeQuery("select count(*) from mail")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    @Test
    void holdsOnACollectionASystemAndACompany() {
        body(Map.of("collection", "crm.note", "reason", "inquiry", "review_on", nextYear()))
                .post("/api/v1/holds")
                .then()
                .statusCode(201);
        body(Map.of("organisation", "nordlys-service", "reason", "inquiry", "review_on", nextYear()))
                .post("/api/v1/holds")
                .then()
                .statusCode(201);
        QuarkusTransaction.requiringNew().run(() -> {
            assertTrue(holds.held("crm", "note", java.util.Optional.of("nordlys-retail")));
            assertFalse(holds.held("crm", "customer", java.util.Optional.of("nordlys-retail")));
            assertTrue(holds.held("crm", "customer", java.util.Optional.of("nordlys-service")));
        });
    }

    @Test
    void placingWaitsForTheBatchThatAsked() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        var batch = CompletableFuture.runAsync(
                () -> QuarkusTransaction.requiringNew().run(() -> {
                    assertFalse(holds.held(Set.of(vault.identifierHash("email", "wait@example.org"))));
                    asked.countDown();
                    try {
                        goOn.await(10, TimeUnit.SECONDS);
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                }));
        assertTrue(asked.await(10, TimeUnit.SECONDS));
        var placing = CompletableFuture.supplyAsync(() -> QuarkusTransaction.requiringNew()
                .call(() -> holds.place(
                        new NewHold(
                                Map.of("email", "wait@example.org"),
                                java.util.Optional.empty(),
                                java.util.Optional.empty(),
                                "r",
                                LocalDate.parse(nextYear())),
                        org.habeas.actor.Actor.officer("officer"))));
        Thread.sleep(300);
        assertFalse(placing.isDone(), "a hold was placed in the middle of a batch");
        goOn.countDown();
        batch.get(10, TimeUnit.SECONDS);
        placing.get(10, TimeUnit.SECONDS);
    }

    @Test
    void whatIsWrongIsNamedField() {
        body(Map.of()).post("/api/v1/holds").then().statusCode(422);
        body(Map.of("identifiers", Map.of("email", "a@example.org"), "reason", "r", "review_on", "soon"))
                .post("/api/v1/holds")
                .then()
                .statusCode(422)
                .body("violations.field", hasItem("review_on"));
        body(Map.of("identifiers", Map.of("email", "a\u0000b"), "reason", " ", "review_on", nextYear()))
                .post("/api/v1/holds")
                .then()
                .statusCode(422)
                .body("violations.size()", equalTo(2));
        given().delete("/api/v1/holds/00000000-0000-0000-0000-000000000000")
                .then()
                .statusCode(404);
        given().delete("/api/v1/holds/nonsense").then().statusCode(404);
    }

    @Test
    @TestSecurity(user = "auditor", roles = "auditor")
    void onlyOfficersSeeHolds() {
        given().get("/api/v1/holds").then().statusCode(403);
    }

    private String place(String email, String reason) {
        return body(Map.of("identifiers", Map.of("email", email), "reason", reason, "review_on", nextYear()))
                .post("/api/v1/holds")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    private static io.restassured.specification.RequestSpecification body(Object body) {
        return given().contentType(ContentType.JSON).body(body);
    }

    private static String nextYear() {
        return LocalDate.now().plusYears(1).toString();
    }

    private boolean held(Set<String> hashes) {
        return QuarkusTransaction.requiringNew().call(() -> holds.held(hashes));
    }

    private List<String> events() throws Exception {
        List<String> events = new ArrayList<>();
        try (var connection = database.getConnection();
                var rows = connection.createStatement().executeQuery("select event from audit_entry")) {
            while (rows.next()) {
                events.add(rows.getString(1));
            }
        }
        return events;
    }
}
