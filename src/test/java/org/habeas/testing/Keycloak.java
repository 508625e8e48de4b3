package org.habeas.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jsoup.Jsoup;

/** The real Keycloak, unpacked under target/ by the profile of that name, with the realms of deploy/keycloak imported. */
public final class Keycloak {
    public static final String SECRET = "a-secret-of-the-client";
    public static final String PASSWORD = "a-password-of-staff";
    private static final String ADMIN = "root";
    private static final Path UNPACKED = Path.of("target", "keycloak");
    private static final Pattern FIELD = Pattern.compile("\"(\\w+)\"\\s*:\\s*\"([^\"]+)\"");

    private final HttpClient client = HttpClient.newHttpClient();
    private Process process;

    /** The port it will listen on, the same in every class loader of this run. */
    public static int port() {
        return portOf("habeas.testing.keycloak");
    }

    /** A port for the portal, which Keycloak has to know before either is started. */
    public static int portOf(String name) {
        synchronized (System.getProperties()) {
            if (System.getProperty(name) == null) {
                System.setProperty(name, String.valueOf(free()));
            }
            return Integer.getInteger(name);
        }
    }

    public static String realm(String name) {
        return "http://127.0.0.1:" + port() + "/realms/" + name;
    }

    /** Starts it and waits until it answers. */
    public void start(int portalPort) {
        Path home = home();
        String portal = "http://127.0.0.1:" + portalPort;
        try {
            clear(home.resolve("data"));
            Files.createDirectories(home.resolve("data/import"));
            try (Stream<Path> realms = Files.list(Path.of("deploy", "keycloak"))) {
                for (Path realm :
                        realms.filter(f -> f.toString().endsWith(".json")).toList()) {
                    Files.copy(realm, home.resolve("data/import").resolve(realm.getFileName()));
                }
            }
            ProcessBuilder builder = new ProcessBuilder(
                            home.resolve("bin/kc.sh").toString(),
                            "start-dev",
                            "--import-realm",
                            "--http-host=127.0.0.1",
                            "--http-port=" + port())
                    .redirectErrorStream(true)
                    .redirectOutput(UNPACKED.resolve("console.log").toFile());
            builder.environment()
                    .putAll(Map.of(
                            "HABEAS_PEOPLE_SECRET", SECRET,
                            "HABEAS_PEOPLE_PASSWORD", PASSWORD,
                            "JAVA_HOME", System.getProperty("java.home"),
                            "JAVA_OPTS_APPEND", "-Xmx600m -XX:TieredStopAtLevel=1",
                            "KC_BOOTSTRAP_ADMIN_USERNAME", ADMIN,
                            "KC_BOOTSTRAP_ADMIN_PASSWORD", ADMIN,
                            "HABEAS_PUBLIC_URL", portal,
                            "HABEAS_BACKCHANNEL_URL", portal,
                            "HABEAS_CLIENT_SECRET", SECRET,
                            "HABEAS_STAFF_PASSWORD", PASSWORD));
            process = builder.start();
            Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "stop the tests' Keycloak"));
            await();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void stop() {
        if (process != null) {
            Stream.concat(process.descendants(), Stream.of(process.toHandle())).forEach(ProcessHandle::destroyForcibly);
            process.onExit().orTimeout(30, TimeUnit.SECONDS).join();
        }
    }

    /** An access token as the client {@code habeas} gets it for this user, by the code flow and the real form. */
    public String token(String user, String redirect) {
        HttpClient browser =
                HttpClient.newBuilder().cookieHandler(Browser.jar()).build();
        String verifier = "0123456789012345678901234567890123456789012";
        String asked = realm("habeas") + "/protocol/openid-connect/auth?"
                + form(Map.of(
                        "client_id", "habeas",
                        "response_type", "code",
                        "scope", "openid",
                        "redirect_uri", redirect,
                        "code_challenge", "_RpfHqw8pAZIomzVUE7sjRmHSM543WVdC4o-Kc4_3C0",
                        "code_challenge_method", "S256"));
        var page = send(browser, HttpRequest.newBuilder(URI.create(asked)).GET());
        String action = Objects.requireNonNull(Jsoup.parse(page.body()).selectFirst("#kc-form-login"), page.body())
                .attr("action");
        var in = send(browser, posted(action, Map.of("username", user, "password", PASSWORD)));
        String back = in.headers().firstValue("Location").orElseThrow(() -> new AssertionError(in.body()));
        String code = back.replaceAll(".*[?&]code=([^&]+).*", "$1");
        return field(
                send(
                        client,
                        posted(
                                realm("habeas") + "/protocol/openid-connect/token",
                                Map.of(
                                        "grant_type", "authorization_code",
                                        "client_id", "habeas",
                                        "client_secret", SECRET,
                                        "code", code,
                                        "code_verifier", verifier,
                                        "redirect_uri", redirect))),
                "access_token");
    }

    /** An access token of another client of the same realm. */
    public String tokenOfAnotherClient(String user) {
        administer(
                "POST",
                "/clients",
                "{\"clientId\":\"elsewhere\",\"publicClient\":true,\"directAccessGrantsEnabled\":true,"
                        + "\"standardFlowEnabled\":false}");
        return field(
                send(
                        client,
                        posted(
                                realm("habeas") + "/protocol/openid-connect/token",
                                Map.of(
                                        "grant_type",
                                        "password",
                                        "client_id",
                                        "elsewhere",
                                        "username",
                                        user,
                                        "password",
                                        PASSWORD))),
                "access_token");
    }

    /** Ends all sessions of a user, as an administrator of Keycloak can. */
    public void logOut(String user) {
        String found = administer("GET", "/users?exact=true&username=" + user, "");
        administer("POST", "/users/" + found.replaceAll("(?s).*?\"id\":\"([^\"]+)\".*", "$1") + "/logout", "");
    }

    private String administer(String method, String path, String body) {
        String token = field(
                send(
                        client,
                        posted(
                                realm("master") + "/protocol/openid-connect/token",
                                Map.of(
                                        "grant_type",
                                        "password",
                                        "client_id",
                                        "admin-cli",
                                        "username",
                                        ADMIN,
                                        "password",
                                        ADMIN))),
                "access_token");
        var answer = send(
                client,
                HttpRequest.newBuilder(URI.create(realm("habeas").replace("/realms/", "/admin/realms/") + path))
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", "application/json")
                        .method(method, HttpRequest.BodyPublishers.ofString(body)));
        if (answer.statusCode() >= 300) {
            throw new AssertionError(path + ": " + answer.statusCode() + " " + answer.body());
        }
        return answer.body();
    }

    private void await() {
        long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(4);
        while (System.nanoTime() < deadline && process.isAlive()) {
            try {
                if (send(
                                        client,
                                        HttpRequest.newBuilder(URI.create(
                                                        realm("habeas") + "/.well-known/openid-configuration"))
                                                .GET())
                                .statusCode()
                        == 200) {
                    return;
                }
                Thread.sleep(200);
            } catch (UncheckedIOException e) {
                pause();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        throw new AssertionError("Keycloak did not start; see " + UNPACKED.resolve("console.log"));
    }

    private static void pause() {
        try {
            Thread.sleep(200);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static HttpResponse<String> send(HttpClient client, HttpRequest.Builder request) {
        try {
            return client.send(request.timeout(Duration.ofSeconds(60)).build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static HttpRequest.Builder posted(String url, Map<String, String> fields) {
        return HttpRequest.newBuilder(URI.create(url))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form(fields)));
    }

    private static String form(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(f -> f.getKey() + "=" + URLEncoder.encode(f.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    private static String field(HttpResponse<String> answer, String name) {
        Matcher field = FIELD.matcher(answer.body());
        while (field.find()) {
            if (field.group(1).equals(name)) {
                return field.group(2);
            }
        }
        throw new AssertionError(answer.statusCode() + " " + answer.body());
    }

    private static Path home() {
        try (Stream<Path> unpacked = Files.list(UNPACKED)) {
            return unpacked.filter(f -> Files.isExecutable(f.resolve("bin/kc.sh")))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException("no Keycloak under target/; run with -Pkeycloak", e);
        }
    }

    private static void clear(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(one);
                }
            }
        }
    }

    private static int free() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
