package org.habeas.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import org.habeas.testing.PortalProcess;

/** What one asks of a portal that runs in a process of its own. */
public final class Calls {
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI address;
    private final HttpClient client = HttpClient.newHttpClient();

    public Calls(PortalProcess portal) {
        this.address = portal.address();
    }

    public JsonNode asOfficer(String account, String method, String path, Object body) {
        String basic = Base64.getEncoder().encodeToString((account + ":test").getBytes(StandardCharsets.UTF_8));
        return json(method, path, Optional.of("Basic " + basic), body);
    }

    public JsonNode asPerson(Optional<String> passphrase, String method, String path, Object body) {
        return json(method, path, passphrase.map(p -> "Bearer " + p), body);
    }

    /** The answer as it comes, however large. */
    public InputStream stream(String passphrase, String method, String path, Object body) {
        return send(method, path, Optional.of("Bearer " + passphrase), body, HttpResponse.BodyHandlers.ofInputStream());
    }

    private JsonNode json(String method, String path, Optional<String> authorization, Object body) {
        String answer = send(method, path, authorization, body, HttpResponse.BodyHandlers.ofString());
        try {
            return answer.isEmpty() ? JSON.createObjectNode() : JSON.readTree(answer);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private <T> T send(
            String method,
            String path,
            Optional<String> authorization,
            Object body,
            HttpResponse.BodyHandler<T> handler) {
        try {
            HttpRequest.Builder request = HttpRequest.newBuilder(address.resolve(path))
                    .timeout(PATIENCE)
                    .header("Content-Type", "application/json");
            authorization.ifPresent(a -> request.header("Authorization", a));
            request.method(
                    method,
                    body == null
                            ? HttpRequest.BodyPublishers.noBody()
                            : HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)));
            HttpResponse<T> answer = client.send(request.build(), handler);
            if (answer.statusCode() >= 300) {
                throw new IllegalStateException(method + " " + path + ": " + answer.statusCode() + " " + answer.body());
            }
            return answer.body();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
