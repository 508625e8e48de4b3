package org.habeas.site;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Whatever is sent, the answer is a status of contract section 3 with a body that says it, and never 500. */
@QuarkusTest
class NonsenseTest {
    private static final String JSON = "application/problem+json";
    private static final String HTML = "text/html";

    @TestHTTPResource("/")
    URL portal;

    private record Nonsense(String request, int status, String type) {}

    @TestFactory
    Stream<DynamicTest> everyNonsenseHasItsAnswer() {
        String big = "x".repeat(1_100_000);
        return Stream.of(
                        get("/api/v1/no-such-thing", "", 404, JSON),
                        get("/no-such-page", "", 404, HTML),
                        get("/no-such-page", "Accept: application/json\r\n", 404, JSON),
                        get("/api/v1/echo/officers", "", 401, JSON),
                        get("/api/v1/echo/officers", "Authorization: Basic b2ZmaWNlcjp3cm9uZw==\r\n", 401, JSON),
                        get("/api/v1/echo/officers", "Authorization: Basic %%%\r\n", 401, JSON),
                        get("/api/v1/echo/officers", "Authorization: Bearer nonsense\r\n", 401, JSON),
                        get("/api/v1/echo/officers", "Authorization: \r\n", 401, JSON),
                        get("/login", "Accept: */\r\n", 406, HTML),
                        get("/login", "Accept: text/html;q=abc\r\n", 406, HTML),
                        get("/login", "Accept: nonsense\r\n", 406, HTML),
                        get("/login", "Accept: image/png\r\n", 406, HTML),
                        get("/api/v1/requests", "Accept: */\r\n", 406, JSON),
                        get("/login", "Accept-Language: ;;q=,-\r\n", 200, HTML),
                        get("/login", "Cookie: session=%00; csrf=x\r\n", 400, HTML),
                        get("/login", "Cookie: session=AAAA; =;;;\r\n", 200, HTML),
                        get("/%00", "", 404, HTML),
                        get("/%ff", "", 404, HTML),
                        get("/%", "", 404, HTML),
                        get("/%zz?x=%", "", 404, HTML),
                        get("/a|b{}\"<>^`\\", "", 404, HTML),
                        get("/login?to=|{}\"<>^`\\", "", 200, HTML),
                        get("/login?lang=%27%22&lang=nn&to=//evil.example", "", 200, HTML),
                        get("/static/look.css?v=|", "", 200, "text/css"),
                        get("//api//v1/echo", "", 200, "application/json"),
                        get("/api/v1/%00", "", 404, JSON),
                        get("/static/../../etc/passwd", "", 404, HTML),
                        get("/static/%2e%2e/%2e%2e/application.properties", "", 404, HTML),
                        get("/login?to=%00", "", 422, HTML),
                        get("/api/v1/cases?q=%00", "", 422, JSON),
                        get("/api/v1/cases?q=%", "", 422, JSON),
                        post(
                                "/api/v1/requests/H-0000-0000-00/codes",
                                "Content-Type: application/x-www-form-urlencoded\r\n",
                                "a=b",
                                415,
                                JSON),
                        get("/api/v1/echo?limit=abc", "", 422, JSON),
                        get("/api/v1/echo?limit=99999999999999", "", 422, JSON),
                        get("/api/v1/echo/no-uuid", "", 404, JSON),
                        get("/api/v1/echo/nobody", "", 401, JSON),
                        get("/api/v1/echo/nobody", "Authorization: Basic b2ZmaWNlcjp0ZXN0\r\n", 403, JSON),
                        get("/api/v1/echo/officers", "Authorization: Basic YXVkaXRvcjp0ZXN0\r\n", 403, JSON),
                        get("/api/v1/echo/failing", "", 500, JSON),
                        get("/api/v1/echo", "X-Big: " + "x".repeat(30_000) + "\r\n", 431, JSON),
                        json("", 422),
                        json("{", 422),
                        json("[]", 422),
                        json("null", 422),
                        json("\"text\"", 422),
                        json("{\"right\": \"nonsense\"}", 422),
                        json("{\"on\": \"2026-02-30\"}", 422),
                        json("{\"count\": \"many\"}", 422),
                        json("{\"count\": 1e400}", 422),
                        json("{\"names\": {}}", 422),
                        json("{\"text\": \"\u00ff\u00fe\"}", 422),
                        json("[".repeat(5000), 422),
                        post("/api/v1/echo", "", "{}", 415, JSON),
                        post("/api/v1/echo", "Content-Type: text/plain\r\n", "{}", 415, JSON),
                        post("/api/v1/echo", "Content-Type: application/xml\r\n", "<a/>", 415, JSON),
                        post("/api/v1/echo", "Content-Type: multipart/form-data\r\n", "x", 422, JSON),
                        post("/api/v1/echo", "Content-Type: application/json; charset=nonsense\r\n", "{}", 415, JSON),
                        post("/login", "", "", 415, HTML),
                        post("/login", "Content-Type: text/plain\r\n", "x", 415, HTML),
                        post("/login", "Content-Type: application/json\r\n", "{}", 415, HTML),
                        post("/login", "Content-Type: application/x-www-form-urlencoded\r\n", "username=a", 400, HTML),
                        post("/login", "Content-Type: application/x-www-form-urlencoded\r\n", "%zz=%&&&==", 422, HTML),
                        post("/login", "Content-Type: multipart/form-data\r\n", "x", 422, HTML),
                        post("/login", "Content-Type: multipart/form-data; boundary=\r\n", "x", 415, HTML),
                        post("/login", "Content-Type: multipart/form-data; boundary=a\r\n", "x", 415, HTML),
                        post(
                                "/request/H-0000-0000-00/mandate",
                                "Content-Type: multipart/form-data; boundary=b\r\n",
                                "--b\r\nContent-Dispos\r\n\r\nx\r\n--b--\r\n",
                                422,
                                HTML),
                        post("/login", "Content-Type: */*\r\n", "x", 415, HTML),
                        post("/login", "Content-Type: nonsense\r\n", "x", 415, HTML),
                        post("/login", "Content-Type: application/json; charset=nonsense\r\n", "x", 415, HTML),
                        post("/login", "Content-Type: application/x-www-form-urlencoded\r\n", big, 413, HTML),
                        post("/api/v1/no", "Content-Type: application/json\r\n", big, 413, JSON),
                        chunked("/api/v1/echo", "application/json", "{\"text\": \"" + big + "\"}", JSON),
                        chunked("/login", "application/x-www-form-urlencoded", big, HTML),
                        new Nonsense("DELETE /login HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", 405, HTML),
                        new Nonsense("NONSENSE /login HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", 405, HTML),
                        new Nonsense("TRACE /api/v1/x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", 404, JSON))
                .map(n -> DynamicTest.dynamicTest(name(n), () -> check(n)));
    }

    private void check(Nonsense nonsense) throws IOException {
        String answer = send(nonsense.request());
        String head = answer.split("\r\n\r\n")[0];
        assertEquals("HTTP/1.1 " + nonsense.status(), head.substring(0, Math.min(12, head.length())), answer);
        if (nonsense.status() == 431) {
            return; // said by the HTTP server before anything of ours is asked
        }
        String low = head.toLowerCase(java.util.Locale.ROOT);
        assertTrue(low.contains("content-type: " + nonsense.type()), answer);
        for (String header : List.of(
                "content-security-policy: default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self';"
                        + " connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'\r\n",
                "referrer-policy: no-referrer\r\n",
                "x-frame-options: deny\r\n",
                "x-content-type-options: nosniff\r\n")) {
            assertTrue((low + "\r\n").contains(header), header + " is missing: " + head);
        }
        assertFalse(low.contains("strict-transport-security"), "only behind TLS: " + head);
        assertEquals(
                !nonsense.type().equals("text/css"), low.contains("cache-control: no-store"), "stored or not: " + head);
        assertTrue(answer.split("\r\n\r\n", 2)[1].length() > 40, answer);
        if (nonsense.status() == 401) {
            assertTrue(low.contains("www-authenticate: basic"), head);
        }
    }

    private String send(String request) throws IOException {
        try (Socket socket = new Socket(portal.getHost(), portal.getPort())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            InputStream in = socket.getInputStream();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static Nonsense get(String path, String headers, int status, String type) {
        return new Nonsense(
                "GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + headers + "\r\n", status, type);
    }

    private static Nonsense post(String path, String headers, String body, int status, String type) {
        return new Nonsense(
                "POST " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + headers + "Content-Length: "
                        + body.length() + "\r\n\r\n" + body,
                status,
                type);
    }

    /** A body that does not say how long it is. */
    private static Nonsense chunked(String path, String contentType, String body, String type) {
        return new Nonsense(
                "POST " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: " + contentType
                        + "\r\nTransfer-Encoding: chunked\r\n\r\n" + Integer.toHexString(body.length()) + "\r\n" + body
                        + "\r\n0\r\n\r\n",
                413,
                type);
    }

    private static Nonsense json(String body, int status) {
        return post("/api/v1/echo", "Content-Type: application/json\r\n", body, status, JSON);
    }

    private static String name(Nonsense nonsense) {
        String shown = nonsense.request().replace("\r\n", " | ").replace("HTTP/1.1 | Host: x | Connection: close", "");
        return shown.substring(0, Math.min(110, shown.length()));
    }
}
