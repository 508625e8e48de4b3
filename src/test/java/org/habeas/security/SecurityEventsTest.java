package org.habeas.security;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.habeas.problem.SecurityEvent;
import org.habeas.testing.Browser;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An administrator sees what was refused, without anybody's name; gives it away against a record; hears when it is much. */
@QuarkusTest
class SecurityEventsTest {
    @TestHTTPResource("/")
    String portal;

    @Inject
    DataSource database;

    @Inject
    Watch watch;

    @Inject
    SecurityEvents events;

    @Inject
    Event<SecurityEvent> fired;

    /** Other tests refuse much from the same address within the hour. */
    @BeforeEach
    void nothingWasSeenYet() throws SQLException {
        watch.keep();
        execute("delete from security_event; delete from security_minute; delete from security_alarm");
    }

    @Test
    void everyRefusalIsSeenAndNobodysName() throws SQLException {
        String reference = given().contentType(ContentType.JSON)
                .body(Map.of("right", "access", "identifiers", Map.of("email", "seen@security.example")))
                .post("/api/v1/requests")
                .path("reference");
        given().header("Authorization", "Bearer wrong-passphrase")
                .get("/api/v1/requests/" + reference)
                .then()
                .statusCode(404);
        staff("nosuch.account", "guess").get("/api/v1/cases").then().statusCode(401);
        staff("auditor", "test").get("/api/v1/cases").then().statusCode(403);
        given().contentType(ContentType.URLENC)
                .formParam("right", "access")
                .post("/request")
                .then()
                .statusCode(400);
        new Browser(portal, "en")
                .open("/login")
                .fill("username", "nosuch.page")
                .fill("password", "guess")
                .press();

        assertEquals(1, about(reference, "failed-passphrase").getList("items").size());
        JsonPath signIn = about("nosuch.account", "refused-sign-in");
        assertEquals(1, signIn.getInt("items[0].seen"));
        assertEquals(pseudonym("127.0.0.1"), signIn.getString("items[0].client"));
        JsonPath role = about("auditor", "refused-role");
        assertTrue(
                role.getList("items.place").contains("/api/v1/cases"),
                role.getList("items.place").toString());
        assertEquals(1, about("nosuch.page", "refused-sign-in").getList("items").size());
        assertTrue(events("kind=refused-form").getList("items").size() >= 1);
        // the same whether or not there is such a request
        given().header("Authorization", "Bearer wrong")
                .get("/api/v1/requests/H-0000-0000-00")
                .then()
                .statusCode(404);

        String rows = text("select coalesce(string_agg(e::text, ' '), '') from security_event e");
        for (String secret : List.of("127.0.0.1", reference, "nosuch", "auditor", "seen@", "guess", "wrong")) {
            assertFalse(rows.contains(secret), secret);
        }
    }

    @Test
    void aWrongCodeAndAChangedPlanAreSeenToo() {
        JsonPath asked = given().contentType(ContentType.JSON)
                .body(Map.of("right", "access", "identifiers", Map.of("email", "code@security.example")))
                .post("/api/v1/requests")
                .jsonPath();
        given().header("Authorization", "Bearer " + asked.getString("passphrase"))
                .contentType(ContentType.JSON)
                .body(Map.of("code", "000000"))
                .post("/api/v1/requests/" + asked.getString("reference") + "/verification")
                .then()
                .statusCode(422);
        assertEquals(
                1,
                about(asked.getString("reference"), "failed-code")
                        .getList("items")
                        .size());
        // fired where no call is being answered
        fired.fire(new SecurityEvent(SecurityEvent.Kind.CHANGED_DATA, "H-CHANGED"));
        JsonPath changed = about("H-CHANGED", "changed-data");
        assertEquals("", changed.getString("items[0].client"));
    }

    @Test
    void whatIsGivenAwayIsADisclosure() {
        staff("gives.account", "guess").get("/api/v1/cases").then().statusCode(401);
        String who = pseudonym("gives.account");
        Map<String, String> giving =
                Map.of("who", who, "recipient", "The police", "ground", "Order 77", "disclosed_on", "2026-01-05");
        Response file = export(giving);
        file.then().statusCode(200).contentType("text/csv").header("Content-Disposition", containsString("attachment"));
        String[] lines = file.asString().split("\r\n");
        assertEquals("kind,first_at,last_at,seen,client,about,place", lines[0]);
        assertEquals(2, lines.length);
        assertTrue(lines[1].startsWith("refused-sign-in,") && lines[1].contains("," + who + ","), lines[1]);
        JsonPath register = staff("officer", "test").get("/api/v1/disclosures").jsonPath();
        Map<String, Object> mine =
                register.getMap("items.find { it.id == '" + file.header("Habeas-Disclosure") + "' }");
        assertEquals("The police", mine.get("recipient"));
        assertEquals(true, mine.get("authority"));
        assertEquals("admin", mine.get("recorded_by"));
        assertTrue(
                mine.get("what").toString().contains("SHA-256"),
                mine.get("what").toString());

        export(Map.of("recipient", "The police")).then().statusCode(422);
        export(Map.of("recipient", "P", "ground", "g", "disclosed_on", "2999-01-01"))
                .then()
                .statusCode(422);
    }

    @Test
    void moreThanTheRateIsTold() throws SQLException {
        for (int i = 0; i < 20; i++) {
            fired.fire(new SecurityEvent(SecurityEvent.Kind.REFUSED_FORM, ""));
        }
        events("kind=refused-form");
        events("kind=refused-form");
        JsonPath alarms = admin().get("/api/v1/security/alarms").jsonPath();
        assertEquals(
                1, alarms.getList("items.findAll { it.kind == 'refused-form' }").size(), "one alarm, however long");
        assertEquals("5/PT10M", alarms.getString("items.find { it.kind == 'refused-form' }.rate"));
        JsonPath mail = admin().get("/api/v1/outbox?to=watch@security.example").jsonPath();
        assertTrue(!mail.getList("items").isEmpty());
        assertTrue(mail.getString("items[0].text").contains("/security?kind=refused-form"), mail.prettify());
        assertNotEquals(
                "0",
                text("select count(*) from audit_entry where event = 'security.alarm' and actor = 'system:security'"));
    }

    @Test
    void theirTimeIsUpOneDay() throws SQLException {
        staff("old.account", "guess").get("/api/v1/cases").then().statusCode(401);
        about("old.account", "refused-sign-in");
        String old = "about = '" + pseudonym("old.account") + "'";
        execute("update security_event set last_at = now() - interval '89 days' where " + old);
        events.forget();
        assertEquals("1", text("select count(*) from security_event where " + old));
        execute("update security_event set last_at = now() - interval '91 days' where " + old);
        assertTrue(events.forget() >= 1);
        assertEquals("0", text("select count(*) from security_event where " + old));
    }

    @Test
    void manyAtOnceAreFewRows() throws SQLException {
        Instant end = Instant.now().plus(Duration.ofMinutes(1));
        for (int i = 0; i < 5000; i++) {
            fired.fire(new SecurityEvent(SecurityEvent.Kind.CHANGED_DATA, "flood-" + i));
        }
        events("kind=changed-data");
        assertTrue(Long.parseLong(text("select count(*) from security_event where kind = 'changed-data'"))
                <= 2 * 2 * Tally.ROWS + 2);
        assertTrue(Long.parseLong(text("select sum(seen) from security_event where kind = 'changed-data'")) >= 5000);
        assertTrue(Instant.now().isBefore(end));
    }

    @Test
    void wrongInputIsSaidSo() {
        admin().get("/api/v1/security/events?kind=nonsense").then().statusCode(422);
        admin().get("/api/v1/security/events?who=me").then().statusCode(422);
        admin().get("/api/v1/security/events?from=yesterday").then().statusCode(422);
        admin().get("/api/v1/security/events?after=x").then().statusCode(422);
        admin().get("/api/v1/security/events?after=2026-01-01T00:00:00Z_1")
                .then()
                .statusCode(200);
        admin().body(Map.of("value", " "))
                .post("/api/v1/security/pseudonyms")
                .then()
                .statusCode(422);
        given().get("/api/v1/security/events").then().statusCode(401);
        staff("officer", "test").get("/api/v1/security/events").then().statusCode(403);
    }

    private static JsonPath about(String value, String kind) {
        return events("kind=" + kind + "&who=" + pseudonym(value));
    }

    private static JsonPath events(String query) {
        return admin().get("/api/v1/security/events?" + query)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private static String pseudonym(String value) {
        return admin().body(Map.of("value", value))
                .post("/api/v1/security/pseudonyms")
                .then()
                .statusCode(200)
                .extract()
                .path("pseudonym");
    }

    private static Response export(Map<String, String> giving) {
        return admin().body(giving).post("/api/v1/security/exports");
    }

    private static RequestSpecification admin() {
        return staff("admin", "test").contentType(ContentType.JSON);
    }

    private static RequestSpecification staff(String account, String password) {
        return given().auth().preemptive().basic(account, password);
    }

    private String text(String sql) throws SQLException {
        try (var connection = database.getConnection();
                var select = connection.prepareStatement(sql);
                var row = select.executeQuery()) {
            row.next();
            return row.getString(1);
        }
    }

    private void execute(String sql) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
