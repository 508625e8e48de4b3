package org.habeas.session;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.habeas.testing.Browser;
import org.habeas.testing.Keycloak;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A day with the real Keycloak: away when the portal starts, there, ending sessions, asked again, and away once more. */
@Tag("keycloak")
@QuarkusTest
@TestProfile(KeycloakTest.WithKeycloak.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class KeycloakTest {
    private static final Keycloak KEYCLOAK = new Keycloak();
    private static final long FRESH_SECONDS = 20;

    public static class WithKeycloak implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.ofEntries(
                    Map.entry("quarkus.http.test-port", String.valueOf(Keycloak.portOf("habeas.testing.portal"))),
                    Map.entry("quarkus.oidc.tenant-enabled", "true"),
                    Map.entry("quarkus.oidc.auth-server-url", Keycloak.realm("habeas")),
                    Map.entry("quarkus.oidc.client-id", "habeas"),
                    Map.entry("quarkus.oidc.credentials.secret", Keycloak.SECRET),
                    Map.entry("quarkus.oidc.people.tenant-enabled", "true"),
                    Map.entry("quarkus.oidc.people.auth-server-url", Keycloak.realm("people")),
                    Map.entry("quarkus.oidc.people.credentials.secret", Keycloak.SECRET),
                    Map.entry("habeas.fresh-sign-in", "PT" + FRESH_SECONDS + "S"));
        }
    }

    @TestHTTPResource("/")
    String portal;

    @Inject
    AgroalDataSource database;

    @AfterAll
    static void stop() {
        KEYCLOAK.stop();
    }

    @Test
    @Order(1)
    void theProviderIsAwayWhenThePortalStarts() {
        peopleAreServed();
        staffAreToldThatTheyMustWait();
        staffsApi("anything").get("/api/v1/cases").then().statusCode(503);
    }

    @Test
    @Order(2)
    void staffSignInOnceItIsThere() {
        KEYCLOAK.start(Keycloak.portOf("habeas.testing.portal"));
        Browser officer = signIn("officer", "/cases");
        assertEquals(200, officer.status());
        assertEquals("/cases", officer.path());
        assertTrue(officer.text("header").contains("officer"));
    }

    @ParameterizedTest
    @Order(3)
    @CsvSource({
        "officer, /cases, 200", "officer, /systems, 403", "officer, /history, 403", "auditor, /history, 200",
        "auditor, /cases, 403", "admin, /systems, 200", "admin, /cases, 403", "officer, /outbox, 403"
    })
    void realmRolesAreTheRolesOfPages(String account, String page, int status) {
        assertEquals(status, signIn(account, page).status());
    }

    @ParameterizedTest
    @Order(3)
    @CsvSource({
        "officer, /api/v1/cases, 200", "officer, /api/v1/systems, 403", "auditor, /api/v1/statistics, 200",
        "auditor, /api/v1/cases, 403", "admin, /api/v1/systems, 200", "admin, /api/v1/cases, 403"
    })
    void realmRolesAreTheRolesOfTheApi(String account, String path, int status) {
        staffsApi(token(account)).get(path).then().statusCode(status);
    }

    @Test
    @Order(3)
    void tokensOfOthersCountForNothing() {
        String token = token("officer");
        int signature = token.lastIndexOf('.') + 20;
        char other = token.charAt(signature) == 'A' ? 'B' : 'A';
        String forged = token.substring(0, signature) + other + token.substring(signature + 1);
        staffsApi(forged).get("/api/v1/cases").then().statusCode(401);
        staffsApi(token + "x").get("/api/v1/cases").then().statusCode(401);
        staffsApi(KEYCLOAK.tokenOfAnotherClient("officer"))
                .get("/api/v1/cases")
                .then()
                .statusCode(401)
                .contentType("application/problem+json")
                .header("WWW-Authenticate", containsString("Bearer"));
        given().auth()
                .preemptive()
                .basic("officer", Keycloak.PASSWORD)
                .get("/api/v1/cases")
                .then()
                .statusCode(401);
    }

    @Test
    @Order(4)
    void theCookieIsGuardedAndHoldsNoToken() throws SQLException {
        Browser officer = signIn("officer", "/cases");
        var session = officer.cookie("q_session").orElseThrow();
        assertTrue(session.isHttpOnly());
        assertTrue(session.getValue().length() < 100, "a random secret, not the tokens");
        assertEquals(
                0,
                count("select count(*) from provider_session where position('eyJ' in encode(tokens, 'escape')) > 0"));
    }

    @Test
    @Order(5)
    void anApprovalNeedsASignInOfJustNow() {
        String reference = aRefusalToApprove();
        Browser officer2 = signIn("officer2", "/cases/" + reference + "/decision");
        String token = token("officer2");
        approval(token, "H-0000-0000-00").then().statusCode(404);
        await(() -> approval(token, "H-0000-0000-00").statusCode() == 401);
        Browser again = officer2.press("Approve");
        assertTrue(again.has("#kc-form-login"), "Keycloak asks for the password again: " + again.path() + again.text());
        again.fill("password", Keycloak.PASSWORD);
        if (again.has("input[name=username]:not([type=hidden])")) {
            again.fill("username", "officer2");
        }
        again.pressIn("#kc-form-login");
        assertEquals("/cases/" + reference + "/decision", again.path(), "back at the case");
        approval(token, reference)
                .then()
                .statusCode(401)
                .header("WWW-Authenticate", containsString("insufficient_user_authentication"))
                .header("WWW-Authenticate", containsString("max_age=\"" + FRESH_SECONDS + '"'))
                .body("detail", containsString("short while ago"));
        again.press("Approve");
        assertEquals(200, again.status());
        staffsApi(token).get("/api/v1/cases/" + reference).then().body("outcome", equalTo("refused"));
    }

    @Test
    @Order(6)
    void aSessionThatKeycloakEndsHasEnded() {
        Browser officer = signIn("officer", "/cases");
        Browser auditor = signIn("auditor", "/history");
        KEYCLOAK.logOut("officer");
        await(() -> officer.open("/cases").has("#kc-form-login"));
        assertEquals("/history", auditor.open("/history").path(), "nobody else's");
        assertEquals(
                400,
                given().contentType("application/x-www-form-urlencoded")
                        .formParam("logout_token", token("auditor"))
                        .post("/logout/backchannel")
                        .statusCode(),
                "an access token ends nothing");
        assertEquals("/history", auditor.open("/history").path());
    }

    @Test
    @Order(7)
    void aSessionEndsAfterIdleTimeAndThePasswordIsAskedForAgain() throws SQLException {
        Browser officer = signIn("officer", "/cases");
        count("with idle as (update provider_session set seen = seen - interval '29 minutes' returning 1)"
                + " select count(*) from idle");
        assertEquals("/cases", officer.open("/cases").path());
        count("with idle as (update provider_session set seen = seen - interval '31 minutes' returning 1)"
                + " select count(*) from idle");
        assertTrue(officer.open("/cases").has("#kc-form-login"), "though Keycloak's own session still stands");
    }

    @Test
    @Order(8)
    void signingOutEndsBothSessions() {
        Browser officer = signIn("officer", "/cases");
        officer.press("Sign out");
        assertEquals("/", officer.path(), officer.text());
        assertTrue(officer.open("/cases").has("#kc-form-login"), officer.path());
    }

    @Test
    @Order(9)
    void whoSignsInNeedsNoCodeAndSeesAllHerRequests() {
        Browser ada = signIn("ada", "/mine");
        assertEquals("Your requests", ada.heading());
        Browser filed = asked(ada, "ada.nordmann@example.org");
        String reference = filed.text(".reference");
        given().header("Authorization", "Bearer " + token("officer"))
                .get("/api/v1/cases/" + reference)
                .then()
                .statusCode(200)
                .body("state", not(equalTo("unverified")));
        assertTrue(ada.open("/mine").text().contains(reference));
        Browser other = signIn("ada", "/mine");
        assertTrue(other.text().contains(reference), "from another browser");
        assertEquals("/request/" + reference, other.follow(reference).path());
        assertEquals(200, other.status());
        assertTrue(other.open("/cases").has("#kc-form-login"), "a person is no officer");
        Browser bo = signIn("bo", "/mine");
        assertFalse(bo.text().contains(reference));
        assertEquals(404, bo.open("/mine/" + reference).status());
        asked(bo, "bo@example.org");
        assertTrue(bo.has("input[name=code]"), "an address that the provider has not verified needs its code");
    }

    /** Makes a request for access by the form. */
    private static Browser asked(Browser person, String email) {
        person.open("/request?right=access").press();
        assertEquals(email, person.fill("email", email).press().status() == 200 ? email : person.text());
        while (!person.path().endsWith("/receipt")) {
            String before = person.path() + person.heading();
            person.press();
            assertFalse(before.equals(person.path() + person.heading()), person.text());
        }
        return person;
    }

    @Test
    @Order(10)
    void theProviderGoesAwayAgain() {
        Browser officer = signIn("officer", "/cases");
        String token = token("officer");
        KEYCLOAK.stop();
        assertEquals("/cases", officer.open("/cases").path(), "who is signed in works on");
        staffsApi(token).get("/api/v1/cases").then().statusCode(200);
        peopleAreServed();
        staffAreToldThatTheyMustWait();
    }

    private static Response approval(String token, String reference) {
        return staffsApi(token)
                .contentType(ContentType.JSON)
                .body(Map.of("approve", true))
                .post("/api/v1/cases/" + reference + "/approval");
    }

    private void peopleAreServed() {
        for (String page : new String[] {"/", "/request", "/status", "/policy"}) {
            given().get(page).then().statusCode(200);
        }
        JsonPath answer = given().contentType(ContentType.JSON)
                .body(Map.of("right", "access", "identifiers", Map.of("email", "ada@example.org")))
                .post("/api/v1/requests")
                .then()
                .statusCode(202)
                .extract()
                .jsonPath();
        given().header("Authorization", "Bearer " + answer.getString("passphrase"))
                .get("/api/v1/requests/" + answer.getString("reference"))
                .then()
                .statusCode(200)
                .body("state", equalTo("unverified"));
    }

    private void staffAreToldThatTheyMustWait() {
        for (String page : new String[] {"/cases", "/login"}) {
            Browser staff = new Browser(portal, "en").open(page);
            assertEquals(503, staff.status(), page);
            assertEquals("Not available for the moment", staff.heading());
            assertTrue(staff.text("main").contains("The sign-in service does not answer"), staff.text());
            assertFalse(staff.header("Retry-After").isEmpty());
        }
    }

    /** A request that came by letter, and that an officer has decided to refuse. */
    private String aRefusalToApprove() {
        String token = token("officer");
        String reference = staffsApi(token)
                .contentType(ContentType.JSON)
                .body(Map.of("right", "access", "channel", "post", "identifiers", Map.of("email", "bo@example.org")))
                .post("/api/v1/cases")
                .then()
                .statusCode(201)
                .extract()
                .path("reference");
        String own = "/api/v1/cases/" + reference;
        staffsApi(token)
                .contentType(ContentType.JSON)
                .body(Map.of("method", "in-person", "note", "Came to the desk"))
                .post(own + "/verification")
                .then()
                .statusCode(200);
        await(() -> "review".equals(staffsApi(token).get(own).path("state")));
        staffsApi(token)
                .contentType(ContentType.JSON)
                .body(Map.of("outcome", "refuse", "ground", "not-held", "text", "We hold nothing about you."))
                .post(own + "/decision")
                .then()
                .statusCode(200)
                .body("state", equalTo("approval"));
        return reference;
    }

    private Browser signIn(String account, String page) {
        Browser browser = new Browser(portal, "en").open(page);
        assertTrue(browser.has("#kc-form-login"), "at Keycloak: " + browser.path() + "\n" + browser.text());
        return browser.fill("username", account)
                .fill("password", Keycloak.PASSWORD)
                .pressIn("#kc-form-login");
    }

    private String token(String account) {
        return KEYCLOAK.token(account, portal + "signed-in");
    }

    private static RequestSpecification staffsApi(String token) {
        return given().header("Authorization", "Bearer " + token);
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadline, "in a minute");
            try {
                Thread.sleep(25);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private long count(String sql) throws SQLException {
        try (var connection = database.getConnection();
                var rows = connection.createStatement().executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
