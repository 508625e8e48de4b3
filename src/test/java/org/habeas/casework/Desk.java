package org.habeas.casework;

import static io.restassured.RestAssured.given;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.Map;
import org.habeas.actor.Actor;
import org.habeas.identity.SentCodes;
import org.habeas.request.Reference;
import org.habeas.request.Requests;
import org.habeas.request.State;

/** Cases for tests, made by the calls that people make, and officers who work on them over the API. */
@ApplicationScoped
class Desk {
    private final SentCodes codes;
    private final Requests requests;

    Desk(SentCodes codes, Requests requests) {
        this.codes = codes;
        this.requests = requests;
    }

    /** A request that came in; its person can still be asked for. */
    Case asked(String right, String email) {
        JsonPath answer = given().contentType(ContentType.JSON)
                .body(Map.of(
                        "right",
                        right,
                        "identifiers",
                        Map.of("email", email, "customer_number", "C-1"),
                        "language",
                        "en"))
                .post("/api/v1/requests")
                .then()
                .statusCode(202)
                .extract()
                .jsonPath();
        return new Case(this, answer.getString("reference"), answer.getString("passphrase"));
    }

    /** A case that was made in another way. */
    Case known(String reference, String passphrase) {
        return new Case(this, reference, passphrase);
    }

    record Case(Desk desk, String reference, String passphrase) {
        Case proven() {
            given().contentType(ContentType.JSON)
                    .header("Authorization", "Bearer " + passphrase)
                    .body(Map.of("code", desk.codes.last(reference)))
                    .post("/api/v1/requests/" + reference + "/verification")
                    .then()
                    .statusCode(200);
            return this;
        }

        /** Found what there is; where no search runs by itself, this ends it. */
        Case searched() {
            QuarkusTransaction.requiringNew().run(() -> {
                var request = desk.requests.get(new Reference(reference));
                if (request.state() == State.OPEN) {
                    desk.requests.record(request.searched(Actor.system("test"), 0, 0));
                }
            });
            return this;
        }

        Case inReview() {
            return proven().searched();
        }

        ValidatableResponse by(String account, String method, String path, Object body) {
            return desk.call(account, method, "/api/v1/cases/" + reference + path, body);
        }

        ValidatableResponse person(String method, String path, Object body) {
            var call = given().header("Authorization", "Bearer " + passphrase);
            if (body != null) {
                call = call.contentType(ContentType.JSON).body(body);
            }
            return call.request(method, "/api/v1/requests/" + reference + path).then();
        }

        String state() {
            return by("officer", "GET", "", null).extract().path("state");
        }
    }

    ValidatableResponse call(String account, String method, String path, Object body) {
        var call = given().auth().preemptive().basic(account, "test");
        if (body != null) {
            call = call.contentType(ContentType.JSON).body(body);
        }
        return call.request(method, path).then();
    }

    /** A map that may hold nulls, for bodies. */
    static Map<String, Object> body(Object... pairs) {
        Map<String, Object> body = new HashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            body.put((String) pairs[i], pairs[i + 1]);
        }
        return body;
    }
}
