package org.habeas.ready;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Browsers in which somebody has come in by a form: a local account, or a person with her passphrase. */
final class Sessions {
    private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

    private Sessions() {}

    /** Cookies and form token of a browser, and the same person's header for the API. */
    record Session(HttpClient client, URI portal, String cookies, String token, String authorization) {
        int get(String path) throws IOException, InterruptedException {
            HttpRequest.Builder request = HttpRequest.newBuilder(portal.resolve(path));
            if (path.startsWith("/api/") && !authorization.isEmpty()) {
                request.header("Authorization", authorization);
            } else if (!cookies.isEmpty()) {
                request.header("Cookie", cookies);
            }
            return client.send(request.build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        }
    }

    /** A local account, or {@code nobody}. */
    static Session of(URI portal, String account) throws IOException, InterruptedException {
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        if (account.equals("nobody")) {
            return new Session(client, portal, "", "", "");
        }
        String basic =
                "Basic " + Base64.getEncoder().encodeToString((account + ":test").getBytes(StandardCharsets.UTF_8));
        return by(client, portal, "/login", Map.of("username", account, "password", "test"), basic);
    }

    /** A person who has shown the passphrase of her request. */
    static Session person(URI portal, String reference, String passphrase) throws IOException, InterruptedException {
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        return by(
                client,
                portal,
                "/status",
                Map.of("reference", reference, "passphrase", passphrase),
                "Bearer " + passphrase);
    }

    private static Session by(
            HttpClient client, URI portal, String path, Map<String, String> fields, String authorization)
            throws IOException, InterruptedException {
        HttpResponse<String> form =
                client.send(HttpRequest.newBuilder(portal.resolve(path)).build(), HttpResponse.BodyHandlers.ofString());
        Matcher token = TOKEN.matcher(form.body());
        if (!token.find()) {
            throw new AssertionError("no form at " + path + ": " + form.body());
        }
        StringBuilder body = new StringBuilder("_csrf=" + encoded(token.group(1)));
        fields.forEach(
                (name, value) -> body.append('&').append(name).append('=').append(encoded(value)));
        HttpResponse<String> in = client.send(
                HttpRequest.newBuilder(portal.resolve(path))
                        .header("Cookie", cookies(form))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        if (in.statusCode() != 303) {
            throw new AssertionError("not let in at " + path + ": " + in.statusCode() + in.body());
        }
        return new Session(client, portal, cookies(form) + "; " + cookies(in), token.group(1), authorization);
    }

    private static String cookies(HttpResponse<String> answer) {
        return String.join(
                "; ",
                answer.headers().allValues("Set-Cookie").stream()
                        .map(c -> c.split(";")[0])
                        .toList());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
