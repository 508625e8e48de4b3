package org.habeas.intake;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.habeas.identity.SentCodes;
import org.habeas.testing.Browser;
import org.junit.jupiter.api.Test;

/** One request to two companies of a group: a case each, one code, one status page, two answers. */
@QuarkusTest
class GroupTest {
    @TestHTTPResource("/")
    String portal;

    @Inject
    SentCodes codes;

    @Test
    void twoCompaniesAnswerOnOnePage() {
        JsonPath answer = asks("ada.group@example.org", List.of("nordlys-retail", "nordlys-uk"));
        String reference = answer.getString("reference");
        String passphrase = answer.getString("passphrase");
        assertEquals(1, codes.count(reference), "one code for both");
        person("POST", reference, passphrase, "/verification", Map.of("code", codes.last(reference)))
                .then()
                .statusCode(200);

        JsonPath status = status(reference, passphrase);
        assertEquals(List.of("nordlys-retail", "nordlys-uk"), status.getList("parts.organisation"));
        List<String> cases = status.getList("parts.reference");
        assertEquals(reference, cases.get(0));
        assertNotEquals(reference, cases.get(1));
        assertFalse(status(reference, passphrase).getList("parts.state").contains("unverified"));
        // each under its own law
        assertEquals("uk", officer("GET", "/api/v1/cases/" + cases.get(1), null).path("regime"));
        assertEquals(
                "gdpr-no", officer("GET", "/api/v1/cases/" + cases.get(0), null).path("regime"));

        // what she writes both of them read
        person("POST", reference, passphrase, "/messages", Map.of("text", "Both of you, please"))
                .then()
                .statusCode(201);
        for (String one : cases) {
            until(() ->
                    officer("GET", "/api/v1/cases/" + one, null).path("state").equals("review"));
            assertTrue(officer("GET", "/api/v1/cases/" + one, null).asString().contains("Both of you"));
            officer("POST", "/api/v1/cases/" + one + "/messages", Map.of("text", "From " + one))
                    .then()
                    .statusCode(201);
        }
        officer("POST", "/api/v1/cases/" + cases.get(0) + "/decision", Map.of("outcome", "fulfil"))
                .then()
                .statusCode(200);
        until(() -> status(reference, passphrase).getList("parts.state").equals(List.of("closed", "review")));
        officer("POST", "/api/v1/cases/" + cases.get(1) + "/decision", Map.of("outcome", "fulfil"))
                .then()
                .statusCode(200);
        until(() -> status(reference, passphrase).getList("parts.state").equals(List.of("closed", "closed")));
        assertEquals(
                List.of("fulfilled", "fulfilled"), status(reference, passphrase).getList("parts.outcome"));
        assertEquals(List.of(true, true), status(reference, passphrase).getList("parts.package.available"));

        Browser ada = new Browser(portal, "nb").open("/request/" + reference);
        ada.fill("passphrase", passphrase).press();
        for (String part : List.of("Nordlys Retail", "Nordlys UK", "From " + cases.get(0), "From " + cases.get(1))) {
            assertTrue(ada.text().contains(part), part + " in " + ada.text());
        }
        assertTrue(ada.has("form[action*='" + cases.get(0) + "/package']"));
        assertTrue(ada.has("form[action*='" + cases.get(1) + "/package']"));
        person("POST", cases.get(1), passphrase, "/codes", Map.of()).then().statusCode(202);
        person("POST", cases.get(1), passphrase, "/package", Map.of("code", codes.last(cases.get(1))))
                .then()
                .statusCode(200)
                .contentType("application/zip");
    }

    @Test
    void takenBackItIsTakenBackFromAll() {
        JsonPath answer = asks("bea.group@example.org", List.of("all"));
        String passphrase = answer.getString("passphrase");
        person("DELETE", answer.getString("reference"), passphrase, "", null)
                .then()
                .statusCode(200);
        assertEquals(
                List.of("withdrawn", "withdrawn"),
                status(answer.getString("reference"), passphrase).getList("parts.outcome"));
    }

    @Test
    void oneCompanyIsOneCaseAndNobodysIsNone() {
        JsonPath one = asks("cas.group@example.org", List.of("nordlys-uk"));
        JsonPath status = status(one.getString("reference"), one.getString("passphrase"));
        assertFalse(status.prettify().contains("\"parts\""));
        given().contentType(ContentType.JSON)
                .body(body("dag.group@example.org", List.of("nordlys-uk", "nobody")))
                .post("/api/v1/requests")
                .then()
                .statusCode(422);
    }

    private static JsonPath asks(String address, List<String> companies) {
        return given().contentType(ContentType.JSON)
                .body(body(address, companies))
                .post("/api/v1/requests")
                .then()
                .statusCode(202)
                .extract()
                .jsonPath();
    }

    private static Map<String, Object> body(String address, List<String> companies) {
        return Map.of(
                "right",
                "access",
                "identifiers",
                Map.of("email", address),
                "language",
                "nb",
                "organisations",
                companies);
    }

    private static JsonPath status(String reference, String passphrase) {
        return person("GET", reference, passphrase, "", null)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private static Response person(String method, String reference, String passphrase, String path, Object body) {
        var call = given().header("Authorization", "Bearer " + passphrase);
        if (body != null) {
            call = call.contentType(ContentType.JSON).body(body);
        }
        return call.request(method, "/api/v1/requests/" + reference + path);
    }

    private static Response officer(String method, String path, Object body) {
        var call = given().auth().preemptive().basic("officer", "test");
        if (body != null) {
            call = call.contentType(ContentType.JSON).body(body);
        }
        return call.request(method, path);
    }

    private static void until(BooleanSupplier there) {
        Instant end = Instant.now().plus(Duration.ofMinutes(1));
        while (!there.getAsBoolean()) {
            assertTrue(Instant.now().isBefore(end), "it did not happen in time");
            try {
                Thread.sleep(25);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
