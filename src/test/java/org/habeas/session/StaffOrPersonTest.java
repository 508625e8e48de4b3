package org.habeas.session;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import java.util.List;
import java.util.Map;
import org.habeas.testing.Browser;
import org.habeas.testing.Provider;
import org.junit.jupiter.api.Test;

/** With an OpenID Connect provider a bearer token is staff's on one path and a person's passphrase on the other. */
@QuarkusTest
@TestProfile(ProviderTest.Elsewhere.class)
class StaffOrPersonTest {
    private static final Provider PROVIDER = Provider.running();

    @TestHTTPResource("/")
    String portal;

    @Test
    void aPassphraseIsNoTokenAndATokenNoPassphrase() {
        JsonPath answer = given().contentType(ContentType.JSON)
                .body(Map.of("right", "access", "identifiers", Map.of("email", "ada@example.org")))
                .post("/api/v1/requests")
                .then()
                .statusCode(202)
                .extract()
                .jsonPath();
        String own = "/api/v1/requests/" + answer.getString("reference");
        String passphrase = answer.getString("passphrase");
        bearer(passphrase).get(own).then().statusCode(200).body("state", equalTo("unverified"));
        bearer(passphrase)
                .contentType(ContentType.JSON)
                .body(Map.of("text", "Hei"))
                .post(own + "/messages")
                .then()
                .statusCode(201);
        bearer("wrong").get(own).then().statusCode(404);
        bearer(token("officer")).get(own).then().statusCode(404);
        given().get(own).then().statusCode(401);
        bearer(passphrase).get("/api/v1/cases").then().statusCode(401);
    }

    @Test
    void nobodyWorksACaseAboutHerselfUnlessSheBreaksTheGlass() {
        JsonPath answer = given().contentType(ContentType.JSON)
                .body(Map.of("right", "access", "identifiers", Map.of("email", "Kari@example.org")))
                .post("/api/v1/requests")
                .then()
                .statusCode(202)
                .extract()
                .jsonPath();
        String own = "/api/v1/cases/" + answer.getString("reference");
        bearer(token("officer")).get(own).then().statusCode(403);
        bearer(token("officer")).get(own + "/findings").then().statusCode(403);
        breaking(own, Map.of()).then().statusCode(422);
        breaking(own, Map.of("reason", "Everybody else is ill")).then().statusCode(200);
        bearer(token("officer"))
                .get(own)
                .then()
                .statusCode(200)
                .body("notes.text", equalTo(List.of("Everybody else is ill")))
                .body("timeline.event", org.hamcrest.Matchers.hasItem("request.glass_broken"));
        breaking(own, Map.of("reason", "Once more")).then().statusCode(409);
    }

    @Test
    void aPageOfHersLeadsToTheGlassAndThroughIt() {
        String reference = given().contentType(ContentType.JSON)
                .body(Map.of("right", "access", "identifiers", Map.of("email", "kari@example.org")))
                .post("/api/v1/requests")
                .path("reference");
        PROVIDER.nextIs("kari", List.of("officer"));
        Browser kari = new Browser(portal, "nb").open("/cases/" + reference + "/notes");
        assertEquals("/cases/" + reference + "/break-glass", kari.path());
        assertEquals(422, kari.press().status());
        assertTrue(kari.has("#problems a[href=#reason]"), kari.text());
        kari.fill("reason", "Alle andre er syke").press();
        assertEquals("/cases/" + reference, kari.path());
    }

    private static io.restassured.response.Response breaking(String own, Map<String, String> body) {
        return bearer(token("officer")).contentType(ContentType.JSON).body(body).post(own + "/break-glass");
    }

    private static io.restassured.specification.RequestSpecification bearer(String token) {
        return given().header("Authorization", "Bearer " + token);
    }

    private static String token(String role) {
        return PROVIDER.accessToken("kari", List.of(role));
    }
}
