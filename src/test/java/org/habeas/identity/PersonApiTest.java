package org.habeas.identity;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The person's side of the contract (section 4), call by call. */
@QuarkusTest
class PersonApiTest {
    @Inject
    SentCodes codes;

    @Test
    void aRequestIsAnsweredWithWhatToKeep() {
        asks(Map.of("right", "access", "identifiers", Map.of("email", "Ada@Example.org"), "language", "nb"))
                .statusCode(202)
                .body("reference", matchesPattern("H-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{2}"))
                .body("passphrase", matchesPattern("([0-9A-Z]{4}-){6}[0-9A-Z]{4}"))
                .body("state", equalTo("unverified"))
                .body("due", matchesPattern("\\d{4}-\\d{2}-\\d{2}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{} -> right",
                "{'right': 'everything', 'identifiers': {'email': 'a@example.org'}} -> right",
                "{'right': 'access'} -> identifiers.email",
                "{'right': 'access', 'identifiers': {'email': 'nobody'}} -> identifiers.email",
                "{'right': 'access', 'identifiers': {'email': 'a@b@example.org'}} -> identifiers.email",
                "{'right': 'access', 'identifiers': {'email': 'a@example.org'}, 'language': 'xx'} -> language",
                "{'right': 'access', 'identifiers': {'email': 'a@example.org'}, 'organisation': 'nobody'} -> organisation",
                "{'right': 'access', 'identifiers': {'email': 'a@example.org'}, 'name': 'a\\u0000b'} -> name",
                "{'right': 'access', 'identifiers': {'email': 'a@example.org'}, 'message': '\\u001b[2J'} -> message",
                "{'right': 'access', 'identifiers': {'email': 'a@example.org', 'No': 'x'}} -> identifiers",
                "{'right': 'access', 'identifiers': {'email': 'a@example.org'}, 'corrections': [{'field': 'x', 'to': 'y'}]} -> corrections",
                "{'right': 'correction', 'identifiers': {'email': 'a@example.org'}, 'corrections': [{'field': 'x'}]} -> corrections[0].to",
                "{'right': 'correction', 'identifiers': {'email': 'a@example.org'}, 'corrections': [{'to': 'x'}]} -> corrections[0].field",
            })
    void whatIsWrongIsNamedByItsField(String example) {
        String[] sides = example.split(" -> ");
        given().contentType(ContentType.JSON)
                .body(sides[0].replace('\'', '"'))
                .post("/api/v1/requests")
                .then()
                .statusCode(422)
                .contentType("application/problem+json")
                .body("violations.field", org.hamcrest.Matchers.hasItem(sides[1]));
    }

    @Test
    void everythingWrongIsToldAtOnce() {
        asks(Map.of("right", "x", "language", "xx", "name", "n".repeat(201)))
                .statusCode(422)
                .body("violations.field", contains("right", "language", "identifiers.email", "name"));
    }

    @Test
    void theCodeOpensTheRequestOnce() {
        Person ada = person();
        String code = codes.last(ada.reference);
        ada.post("/verification", Map.of("code", code))
                .statusCode(200)
                .body("state", org.hamcrest.Matchers.oneOf("open", "review"));
        ada.post("/verification", Map.of("code", code)).statusCode(422).body("violations.field", contains("code"));
        ada.get()
                .statusCode(200)
                .body("right", equalTo("access"))
                .body("outcome", nullValue())
                .body("extended_to", nullValue())
                .body("received_at", notNullValue())
                .body("timeline.what[0]", equalTo("You made the request."))
                .body("package.available", equalTo(false))
                .body("package.expires_at", nullValue());
    }

    @Test
    void fiveWrongCodesLockThisRequestAndANewCodeOpensItAgain() {
        Person ada = person();
        String right = codes.last(ada.reference);
        String wrong = right.equals("000000") ? "000001" : "000000";
        for (int i = 0; i < 5; i++) {
            ada.post("/verification", Map.of("code", wrong)).statusCode(422);
        }
        ada.post("/verification", Map.of("code", right)).statusCode(429).header("Retry-After", notNullValue());
        ada.post("/codes", Map.of()).statusCode(202);
        assertNotEquals(right, codes.last(ada.reference));
        ada.post("/verification", Map.of("code", codes.last(ada.reference))).statusCode(200);
    }

    @Test
    void whoHasNoPassphraseUsesUpNoTriesAndNoMails() {
        Person ada = person();
        Person stranger = new Person(ada.reference, person().passphrase);
        for (int i = 0; i < 6; i++) {
            stranger.post("/verification", Map.of("code", "000000")).statusCode(404);
            stranger.post("/codes", Map.of()).statusCode(404);
        }
        assertEquals(1, codes.count(ada.reference));
        ada.post("/verification", Map.of("code", codes.last(ada.reference))).statusCode(200);
    }

    @Test
    void whoFetchesAPuzzleIsNotMarked() {
        Map<String, String> cookies =
                given().get("/api/v1/puzzle").then().statusCode(200).extract().cookies();
        assertEquals(Set.of("csrf"), cookies.keySet());
    }

    @Test
    void anotherPassphraseAndNoPassphraseDoNotOpenIt() {
        Person ada = person();
        Person bea = person();
        new Person(ada.reference, bea.passphrase).get().statusCode(404);
        new Person("H-0000-0000-00", ada.passphrase).get().statusCode(404);
        new Person("nonsense", ada.passphrase).get().statusCode(404);
        given().get("/api/v1/requests/" + ada.reference).then().statusCode(401);
        given().header("Authorization", "Basic b2ZmaWNlcjp0ZXN0")
                .get("/api/v1/requests/" + ada.reference)
                .then()
                .statusCode(401);
        String unknown =
                new Person("H-0000-0000-00", ada.passphrase).get().extract().path("detail");
        assertEquals(
                unknown,
                new Person(ada.reference, bea.passphrase).get().extract().path("detail"));
    }

    @Test
    void messagesAreKeptAndWithdrawingEndsIt() {
        Person ada = person();
        ada.post("/messages", Map.of("text", "Hei")).statusCode(201);
        ada.post("/messages", Map.of("text", " ")).statusCode(422).body("violations.field", contains("text"));
        ada.post("/messages", Map.of("text", "x".repeat(10_001))).statusCode(422);
        ada.get().body("messages", hasSize(1)).body("messages[0].from", equalTo("person"));
        given().header("Authorization", "Bearer " + ada.passphrase)
                .delete("/api/v1/requests/" + ada.reference)
                .then()
                .statusCode(200)
                .body("state", equalTo("closed"))
                .body("outcome", equalTo("withdrawn"));
        given().header("Authorization", "Bearer " + ada.passphrase)
                .delete("/api/v1/requests/" + ada.reference)
                .then()
                .statusCode(409);
        ada.post("/codes", Map.of()).statusCode(409);
        ada.post("/verification", Map.of("code", codes.last(ada.reference))).statusCode(409);
    }

    @Test
    void theLanguageIsTheBrowsersWhereNoneIsChosen() {
        JsonPath answer = given().contentType(ContentType.JSON)
                .header("Accept-Language", "fr, nn;q=0.8, en;q=0.5")
                .body(Map.of("right", "access", "identifiers", Map.of("email", "a@example.org")))
                .post("/api/v1/requests")
                .then()
                .statusCode(202)
                .extract()
                .jsonPath();
        new Person(answer.getString("reference"), answer.getString("passphrase"))
                .get()
                .body("timeline.what", equalTo(List.of("Du sende inn kravet.")));
    }

    private Person person() {
        JsonPath answer = asks(Map.of(
                        "right", "access", "identifiers", Map.of("email", "ada@example.org"), "language", "en"))
                .statusCode(202)
                .extract()
                .jsonPath();
        return new Person(answer.getString("reference"), answer.getString("passphrase"));
    }

    private static ValidatableResponse asks(Map<String, ?> body) {
        return given().contentType(ContentType.JSON)
                .body(body)
                .post("/api/v1/requests")
                .then();
    }

    private record Person(String reference, String passphrase) {
        ValidatableResponse post(String path, Object body) {
            return given().contentType(ContentType.JSON)
                    .header("Authorization", "Bearer " + passphrase)
                    .body(body)
                    .post("/api/v1/requests/" + reference + path)
                    .then();
        }

        ValidatableResponse get() {
            return given().header("Authorization", "Bearer " + passphrase)
                    .get("/api/v1/requests/" + reference)
                    .then();
        }
    }
}
