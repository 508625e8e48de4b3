package org.habeas.retention;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.quarkus.test.security.TestSecurity;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.UUID;
import org.habeas.actor.Actor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The contract's calls, and the pages beside them. */
@QuarkusTest
@TestProfile(Yard.class)
class RetentionApiTest {
    @Inject
    Runs runs;

    @Inject
    RunWork work;

    @Inject
    Outlook outlook;

    @BeforeEach
    void aYard() {
        Yard.empty();
        QuarkusTransaction.requiringNew().call(runs::unfinished).forEach(r -> carryOn(r.id));
        Yard.sql("insert into invoice select n, 1, '2015-05-05', null from generate_series(1, 3) n");
    }

    @Test
    @TestSecurity(user = "admin", roles = "admin")
    void anAdministratorReadsTheRules() {
        given().get("/api/v1/retention/rules")
                .then()
                .statusCode(200)
                .body("items.id", hasItems("no-bookkeeping", "offers", "logs"))
                .body("items.find { it.id == 'no-bookkeeping' }.citation", equalTo("bokføringsloven § 13"))
                .body("items.find { it.id == 'no-bookkeeping' }.starts", equalTo("financial-year-end"))
                .body("items.find { it.id == 'no-bookkeeping' }.financial_year_ends", equalTo("12-31"))
                .body("items.find { it.id == 'no-bookkeeping' }.collections.collection", hasItem("invoice"));
    }

    @Test
    @TestSecurity(user = "admin", roles = "admin")
    void aDryRunCountsAndARunPurges() throws Exception {
        String dry = opened(true);
        given().get("/api/v1/retention/runs/" + dry)
                .then()
                .body("id", equalTo(dry))
                .body("dry_run", equalTo(true))
                .body("state", equalTo("running"))
                .body("collections.collection", hasItems("invoice", "offer", "log"));
        carryOn(UUID.fromString(dry));
        given().get("/api/v1/retention/runs/" + dry)
                .then()
                .body("state", equalTo("done"))
                .body("collections.find { it.collection == 'invoice' }.due", equalTo(3))
                .body("collections.find { it.collection == 'invoice' }.purged", equalTo(0));

        String real = opened(false);
        assertEquals(real, opened(false), "a run under way is not opened twice");
        carryOn(UUID.fromString(real));
        String told = given().get("/api/v1/retention/runs/" + real)
                .then()
                .body("state", equalTo("done"))
                .body("collections.find { it.collection == 'invoice' }.purged", equalTo(3))
                .body("collections.find { it.collection == 'invoice' }.rule", equalTo("no-bookkeeping"))
                .body("certificate.collections.find { it.collection == 'invoice' }.count_after", equalTo(0))
                .extract()
                .asString();
        String certificate = told.substring(told.indexOf("\"certificate\":") + 14, told.indexOf(",\"digest\":"));
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getBytes(StandardCharsets.UTF_8));
        assertEquals(HexFormat.of().formatHex(digest), JsonPath.from(told).getString("digest"));
    }

    @Test
    @TestSecurity(user = "admin", roles = "admin")
    void whatIsWrongIsSaid() {
        given().contentType(ContentType.JSON)
                .body("{}")
                .post("/api/v1/retention/runs")
                .then()
                .statusCode(422)
                .body("violations.field", hasItem("dry_run"));
        given().contentType(ContentType.JSON)
                .body("{\"dry_run\": \"perhaps\"}")
                .post("/api/v1/retention/runs")
                .then()
                .statusCode(422);
        given().get("/api/v1/retention/runs/00000000-0000-0000-0000-000000000000")
                .then()
                .statusCode(404);
        given().get("/api/v1/retention/runs/nonsense").then().statusCode(404);
    }

    @Test
    @TestSecurity(user = "officer", roles = "officer")
    void onlyAdministratorsRunIt() {
        given().get("/api/v1/retention/rules").then().statusCode(403);
        given().contentType(ContentType.JSON)
                .body("{\"dry_run\": true}")
                .post("/api/v1/retention/runs")
                .then()
                .statusCode(403);
    }

    @Test
    @TestSecurity(user = "officer", roles = "officer")
    void anOfficerReadsThePagesAndReleases() {
        Yard.sql("insert into offer values (1, 'some@example.org', '2015-01-01Z')");
        UUID run = waiting();
        outlook.count(() -> {});
        given().header("Accept-Language", "en")
                .get("/retention")
                .then()
                .statusCode(200)
                .body(containsString("Needs a decision"))
                .body(containsString("yard.invoice"))
                .body(containsString("<svg"));
        given().header("Accept-Language", "en")
                .get("/retention/runs/" + run)
                .then()
                .statusCode(200)
                .body(containsString("some@example.org"))
                .body(containsString("Release the purge"));
        runs.release(run, Actor.officer("officer2"));
        given().header("Accept-Language", "nb").get("/retention").then().body(containsString("officer2"));
        runs.dismiss(run, Actor.officer("officer"));
        given().header("Accept-Language", "en")
                .get("/retention/runs/" + run)
                .then()
                .body(containsString("Certificate of retention"))
                .body(not(containsString("Release the purge")));
        byte[] pdf = given().get("/retention/runs/" + run + ".pdf")
                .then()
                .statusCode(200)
                .contentType("application/pdf")
                .extract()
                .asByteArray();
        assertTrue(new String(pdf, 0, 5, StandardCharsets.ISO_8859_1).startsWith("%PDF-"));
    }

    @Test
    @TestSecurity(user = "officer", roles = "officer")
    void anOfficerSeesAndPlacesHolds() {
        given().header("Accept-Language", "en")
                .get("/holds")
                .then()
                .statusCode(200)
                .body(containsString("identifiers.email"))
                .body(containsString("Place the hold"));
    }

    private UUID waiting() {
        RetentionRun run = QuarkusTransaction.requiringNew()
                .call(() -> runs.open(
                        new Actor(Actor.Kind.ADMIN, "admin"),
                        false,
                        java.util.Set.of(new org.habeas.datamap.CollectionKey("yard", "offer"))));
        carryOn(run.id);
        UUID waiting = QuarkusTransaction.requiringNew().call(runs::unfinished).get(0).id;
        carryOn(waiting);
        return waiting;
    }

    private String opened(boolean dryRun) {
        return given().contentType(ContentType.JSON)
                .body("{\"dry_run\": " + dryRun + "}")
                .post("/api/v1/retention/runs")
                .then()
                .statusCode(202)
                .extract()
                .path("id");
    }

    private void carryOn(UUID run) {
        work.carryOn(run, () -> {}, new Sweeps.Points());
    }
}
