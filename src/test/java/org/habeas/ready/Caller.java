package org.habeas.ready;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;

/** Somebody who calls the portal's API over HTTP/1.1; {@code authorization} is empty for nobody. */
record Caller(HttpClient client, URI portal, String authorization) {
    static final JsonMapper JSON = JsonMapper.builder().build();

    /** What came back; nothing at all where the connection broke. */
    record Answer(int status, String type, Optional<String> retryAfter, String body) {
        static final Answer NONE = new Answer(0, "", Optional.empty(), "");

        JsonNode json() {
            try {
                return JSON.readTree(body);
            } catch (IOException e) {
                throw new AssertionError("no JSON: " + body, e);
            }
        }
    }

    static Caller nobody(URI portal) {
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(10))
                .build();
        return new Caller(client, portal, "");
    }

    Caller staff(String account) {
        return as("Basic " + Base64.getEncoder().encodeToString((account + ":test").getBytes(StandardCharsets.UTF_8)));
    }

    Caller person(String passphrase) {
        return as("Bearer " + passphrase);
    }

    private Caller as(String who) {
        return new Caller(client, portal, who);
    }

    Answer get(String path) {
        return send(path, request -> request.GET());
    }

    Answer post(String path, String json) {
        return send(path, request -> request.header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    Answer files(String right, String address) {
        return post(
                "/api/v1/requests",
                "{\"right\": \"" + right + "\", \"identifiers\": {\"email\": \"" + address
                        + "\"}, \"language\": \"en\"}");
    }

    Answer send(String path, java.util.function.UnaryOperator<HttpRequest.Builder> how) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(portal.resolve(path)).timeout(Duration.ofSeconds(60));
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        try {
            HttpResponse<String> answer =
                    client.send(how.apply(request).build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
            return new Answer(
                    answer.statusCode(),
                    answer.headers().firstValue("Content-Type").orElse(""),
                    answer.headers().firstValue("Retry-After"),
                    answer.body());
        } catch (IOException e) {
            return Answer.NONE;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException(e));
        }
    }
}
