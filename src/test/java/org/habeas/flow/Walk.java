package org.habeas.flow;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.habeas.actor.Actor;
import org.habeas.identity.SentCodes;

/** The calls of a walk over the API, each of them an act that must be {@link WrittenDown}. */
@ApplicationScoped
class Walk {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final WrittenDown written;
    private final SentCodes codes;
    private final Map<String, Map<String, String>> signedIn = new HashMap<>();

    Walk(WrittenDown written, SentCodes codes) {
        this.written = written;
        this.codes = codes;
    }

    /** Somebody with a request. */
    record Someone(String reference, String passphrase) {
        static Response asks(String right, String address) {
            return given().contentType(ContentType.JSON)
                    .body(Map.of("right", right, "identifiers", Map.of("email", address), "language", "en"))
                    .post("/api/v1/requests");
        }

        static Someone of(Response answer) {
            return new Someone(answer.path("reference"), answer.path("passphrase"));
        }

        Response call(String method, String path, Map<String, ?> body) {
            return given().header("Authorization", "Bearer " + passphrase)
                    .contentType(ContentType.JSON)
                    .body(body)
                    .request(method, "/api/v1/requests/" + reference + path);
        }

        Actor actor() {
            return Actor.person(reference);
        }
    }

    void person(Someone who, String method, String path, String event, Map<String, ?> body) {
        written.act(
                method + " /api/v1/requests/{reference}" + path,
                who.actor(),
                event,
                () -> who.call(method, path, body));
    }

    /** With a fresh code each time: one that was typed is used up, whatever came of it. */
    void withCode(Someone who, String path, String event) {
        written.act(
                "POST /api/v1/requests/{reference}" + path,
                answer -> who.actor(),
                event,
                () -> who.call("POST", "/codes", Map.of()).then().statusCode(202),
                () -> who.call("POST", path, Map.of("code", codes.last(who.reference()))));
    }

    void officer(String method, Someone about, String path, String event, Map<String, ?> body) {
        call(method, "/api/v1/cases/{reference}" + path, Actor.officer("officer"), event, body, names(about));
    }

    Response staff(String method, String path, Actor who, String event, Map<String, ?> body) {
        return call(method, path, who, event, body, Map.of());
    }

    Response call(String method, String path, Actor who, String event, Map<String, ?> body, Map<String, String> names) {
        return written.act(method + " " + path, who, event, () -> new Officer(who.name())
                .call(method, filled(path, names), method.equals("GET") ? null : orEmpty(body)));
    }

    /** A page; {@code names} fill the address and the form. */
    void page(String method, String account, String path, Actor who, String event, Map<String, String> names) {
        written.act(method + " " + path, who, event, () -> {
            Map<String, String> cookies = signedIn.computeIfAbsent(account, Walk::signIn);
            RequestSpecification call = given().redirects().follow(false).cookies(cookies);
            if (method.equals("POST")) {
                call.formParams(names).formParam("_csrf", cookies.get("form"));
            }
            return call.request(method, filled(path, names));
        });
    }

    Map<String, String> names(Someone about) {
        return Map.of("reference", about.reference(), "system", "library", "collection", "reader");
    }

    void reaches(Someone who, String state) {
        Instant end = Instant.now().plus(PATIENCE);
        while (!state.equals(who.call("GET", "", Map.of()).path("state"))) {
            assertTrue(Instant.now().isBefore(end), who.reference() + " does not reach " + state);
            WrittenDown.pause();
        }
    }

    private static String filled(String path, Map<String, String> names) {
        String filled = path;
        for (var name : names.entrySet()) {
            filled = filled.replace("{" + name.getKey() + "}", name.getValue());
        }
        return filled;
    }

    private static Map<String, ?> orEmpty(Map<String, ?> body) {
        return body == null ? Map.of() : body;
    }

    /** The cookies of somebody who signed in on the page, and under {@code form} the token for forms. */
    private static Map<String, String> signIn(String account) {
        Response form = given().get("/login");
        String token = form.htmlPath().getString("**.find { it.@name == '_csrf' }.@value");
        Map<String, String> cookies = new HashMap<>(form.cookies());
        cookies.putAll(given().redirects()
                .follow(false)
                .cookies(cookies)
                .formParam("_csrf", token)
                .formParam("username", account)
                .formParam("password", "test")
                .post("/login")
                .cookies());
        cookies.put("form", token);
        return cookies;
    }
}
