package org.habeas.flow;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipInputStream;

/** A person with a request, who has no account: what she can do over HTTP and read in her mail. */
final class Ada {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    final String address;
    final String reference;
    private final String passphrase;
    final Mailbox mailbox;

    private final int codesBefore;

    private Ada(String address, String reference, String passphrase, int codesBefore) {
        this.address = address;
        this.reference = reference;
        this.passphrase = passphrase;
        this.mailbox = new Mailbox(address);
        this.codesBefore = codesBefore;
    }

    /** Somebody who has asked on the pages and kept what she was told to keep. */
    static Ada holding(String address, String reference, String passphrase) {
        return new Ada(address, reference, passphrase, 0);
    }

    /** Asks for something in English, without having proven anything. */
    static Ada asks(String right, String address) {
        return asks(right, address, Map.of());
    }

    static Ada asks(String right, String address, Map<String, Object> more) {
        Map<String, Object> body =
                new HashMap<>(Map.of("right", right, "identifiers", Map.of("email", address), "language", "en"));
        body.putAll(more);
        int codesBefore = new Mailbox(address).codesSoFar();
        JsonPath answer = given().contentType(ContentType.JSON)
                .body(body)
                .post("/api/v1/requests")
                .then()
                .statusCode(202)
                .extract()
                .jsonPath();
        assertEquals("unverified", answer.getString("state"));
        return new Ada(address, answer.getString("reference"), answer.getString("passphrase"), codesBefore);
    }

    /** Types the code that came by mail. */
    Ada provesHerAddress() {
        call("POST", "/verification", Map.of("code", mailbox.codeAfter(codesBefore)))
                .then()
                .statusCode(200);
        return this;
    }

    String passphrase() {
        return passphrase;
    }

    JsonPath status() {
        return call("GET", "", null).then().statusCode(200).extract().jsonPath();
    }

    String state() {
        return status().getString("state");
    }

    /** Waits for a state, which the portal reaches by itself. */
    Ada sees(String state) {
        Instant end = Instant.now().plus(PATIENCE);
        while (!state.equals(state())) {
            if (Instant.now().isAfter(end)) {
                throw new AssertionError(reference + " is " + state() + ", not " + state);
            }
            Mailbox.pause();
        }
        return this;
    }

    Response writes(String text) {
        return call("POST", "/messages", Map.of("text", text));
    }

    Response withdraws() {
        return call("DELETE", "", null);
    }

    /** The files of her package by name, downloaded with a fresh code. */
    Map<String, byte[]> downloads() {
        int before = mailbox.codesSoFar();
        call("POST", "/codes", Map.of()).then().statusCode(202);
        byte[] zip = call("POST", "/package", Map.of("code", mailbox.codeAfter(before)))
                .then()
                .statusCode(200)
                .contentType("application/zip")
                .extract()
                .asByteArray();
        return unzipped(zip);
    }

    static Map<String, byte[]> unzipped(byte[] zip) {
        Map<String, byte[]> files = new TreeMap<>();
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                files.put(entry.getName(), in.readAllBytes());
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return files;
    }

    static String text(byte[] file) {
        return new String(file, StandardCharsets.UTF_8);
    }

    /** What the organisation wrote to her, as it stands on the status page. */
    List<String> letters() {
        return status().getList("messages.findAll { it.from != 'person' }.text", String.class);
    }

    Response call(String method, String path, Object body) {
        var call = given().header("Authorization", "Bearer " + passphrase);
        if (body != null) {
            call = call.contentType(ContentType.JSON).body(body);
        }
        return call.request(method, "/api/v1/requests/" + reference + path);
    }
}
