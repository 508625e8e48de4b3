package org.habeas.connector;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.util.Map;
import java.util.Optional;

/**
 * Sends one call to a system's API, guarded: no redirect is followed, nothing but the system's own origin is called, a
 * private, loopback or link-local address only where systems.yml allows the host by name, an answer is read up to a limit.
 */
final class HttpExchange {
    private static final int LARGEST_ANSWER = 32 * 1024 * 1024;

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final String system;
    private final HttpDescription description;
    private final HttpClient client;
    private long free;

    HttpExchange(String system, HttpDescription description) {
        this.system = system;
        this.description = description;
        this.client = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(description.timeout())
                .build();
    }

    /** What came back: a status below 300 with its body, or 404 without one. Anything else is a {@link SystemFailure}. */
    record Answer(int status, JsonNode body) {
        boolean found() {
            return status != 404;
        }
    }

    /** Calls {@code path}, which lies below the base address. */
    Answer send(String method, String path, Optional<JsonNode> body, Map<String, String> more) {
        return send(method, address(description.base() + path), body, more);
    }

    /** Calls the next page as an answer names it: any form of link (RFC 3986), to the same origin. */
    Answer follow(String method, String link, Optional<JsonNode> body) {
        return send(method, address(link), body, Map.of());
    }

    private Answer send(String method, URI address, Optional<JsonNode> body, Map<String, String> more) {
        guard(address.getHost());
        HttpRequest.Builder request =
                HttpRequest.newBuilder(address).timeout(description.timeout()).header("Accept", "application/json");
        description.headers().forEach(request::setHeader);
        more.forEach(request::setHeader);
        body.ifPresent(b -> request.setHeader("Content-Type", "application/json"));
        request.method(
                method,
                body.map(b -> HttpRequest.BodyPublishers.ofString(b.toString()))
                        .orElse(HttpRequest.BodyPublishers.noBody()));
        await();
        return exchange(request.build());
    }

    private Answer exchange(HttpRequest request) {
        try {
            HttpResponse<InputStream> answer = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream in = answer.body()) {
                return read(answer.statusCode(), in);
            }
        } catch (HttpTimeoutException e) {
            throw failure(SystemFailure.Kind.TOO_SLOW, "No answer within " + description.timeout());
        } catch (IOException e) {
            throw failure(SystemFailure.Kind.UNREACHABLE, "The connection failed");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure(SystemFailure.Kind.UNREACHABLE, "Stopped while waiting");
        }
    }

    private Answer read(int status, InputStream in) throws IOException {
        if (status == 404 || status == 410) {
            return new Answer(404, MissingNode.getInstance());
        }
        if (status == 401 || status == 403) {
            throw failure(SystemFailure.Kind.DENIED, "It does not let us in (HTTP " + status + ")");
        }
        if (status == 429 || status >= 500) {
            throw failure(SystemFailure.Kind.UNREACHABLE, "It cannot answer now (HTTP " + status + ")");
        }
        if (status >= 300) {
            boolean redirect = status < 400;
            throw failure(
                    SystemFailure.Kind.REFUSED,
                    redirect ? "It redirects, which is not followed" : "It refused (HTTP " + status + ")");
        }
        byte[] bytes = in.readNBytes(LARGEST_ANSWER + 1);
        if (bytes.length > LARGEST_ANSWER) {
            throw failure(SystemFailure.Kind.BROKEN, "The answer is larger than " + LARGEST_ANSWER + " bytes");
        }
        try {
            return new Answer(status, bytes.length == 0 ? MissingNode.getInstance() : JSON.readTree(bytes));
        } catch (IOException e) {
            throw failure(SystemFailure.Kind.BROKEN, "The answer is not JSON");
        }
    }

    private URI address(String link) {
        URI base = description.base();
        try {
            URI address = URI.create(base + "/").resolve(link);
            if (!base.getScheme().equals(address.getScheme())
                    || !base.getAuthority().equals(address.getAuthority())) {
                throw failure(SystemFailure.Kind.BROKEN, "The next page lies on another host");
            }
            return address;
        } catch (IllegalArgumentException e) {
            throw failure(SystemFailure.Kind.BROKEN, "The next page has no valid address");
        }
    }

    private void guard(String host) {
        if (description.allow().contains(host)) {
            return;
        }
        try {
            for (InetAddress address : InetAddress.getAllByName(host)) {
                if (inside(address)) {
                    throw failure(
                            SystemFailure.Kind.DENIED,
                            "The host lies on a private network; allow it by name in systems.yml");
                }
            }
        } catch (UnknownHostException e) {
            throw failure(SystemFailure.Kind.UNREACHABLE, "The host is not known");
        }
    }

    private static boolean inside(InetAddress address) {
        byte[] bytes = address.getAddress();
        boolean uniqueLocal = bytes.length == 16 && (bytes[0] & 0xfe) == 0xfc;
        boolean shared = bytes.length == 4 && (bytes[0] & 0xff) == 100 && (bytes[1] & 0xc0) == 64;
        return address.isLoopbackAddress()
                || address.isAnyLocalAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()
                || uniqueLocal
                || shared;
    }

    /** Keeps the least time between two calls, across threads. */
    private synchronized void await() {
        long now = System.nanoTime();
        long wait = Math.max(0, free - now);
        free = Math.max(free, now) + description.pause().toNanos();
        if (wait > 0) {
            try {
                Thread.sleep(wait / 1_000_000, (int) (wait % 1_000_000));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw failure(SystemFailure.Kind.UNREACHABLE, "Stopped while waiting");
            }
        }
    }

    SystemFailure failure(SystemFailure.Kind kind, String detail) {
        return new SystemFailure(system, kind, detail);
    }
}
