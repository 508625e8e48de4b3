package org.habeas.ready;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.habeas.demo.Ports;
import org.habeas.testing.PortalProcess;
import org.habeas.testing.TestDatabases;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * The built portal as a stranger meets it who follows the documentation: on the database and the map of the worked example,
 * with JSON logs and traces on. What its pages show is typed and compared, and the person of the example is the canary: of
 * her nothing may reach a log, a figure or a trace.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RunningPortalTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Pattern SECRETS =
            Pattern.compile("[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){6}|H-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{2}");

    private static Collector collector;
    private static String shop;
    private static PortalProcess portal;
    private static Caller nobody;

    @BeforeAll
    static void aShopAndItsPortal() throws IOException {
        Document example = Document.of("docs/worked-example.md");
        collector = new Collector();
        shop = TestDatabases.fresh();
        TestDatabases.execute(shop, "drop role if exists habeas_connector");
        TestDatabases.execute(shop, Files.readString(Path.of("docs/worked-example/schema.sql")));
        TestDatabases.execute(shop, granted(example));
        Map<String, String> environment = new HashMap<>();
        environment.put("QUARKUS_DATASOURCE_JDBC_URL", TestDatabases.fresh());
        environment.put(
                "HABEAS_DATA_MAP",
                Path.of("docs/worked-example/map").toAbsolutePath().toString());
        environment.put("SHOP_URL", shop.replaceAll("\\?.*", ""));
        environment.put("SHOP_PASSWORD", "CHANGE-ME");
        environment.put("HABEAS_COOLING_OFF", "PT0S");
        environment.put("HABEAS_PUBLIC_URL", "https://rights.example.org");
        environment.put("QUARKUS_HTTP_PORT", String.valueOf(Ports.free()));
        environment.put("HABEAS_LIMIT_PER_CLIENT", "100000/PT1H");
        environment.put("HABEAS_LIMIT_PER_ADDRESS", "100000/PT1H");
        environment.put("QUARKUS_LOG_CONSOLE_JSON_ENABLED", "true");
        environment.put("QUARKUS_OTEL_EXPORTER_OTLP_ENDPOINT", collector.address());
        environment.put("QUARKUS_OTEL_BSP_SCHEDULE_DELAY", "100ms");
        portal =
                PortalProcess.start(Waiting.fresh("documents").resolve("home"), environment, "-XX:TieredStopAtLevel=1");
        nobody = Caller.nobody(portal.address());
    }

    @AfterAll
    static void both() {
        if (portal != null) {
            portal.close();
        }
        collector.close();
        TestDatabases.execute(shop, "drop owned by habeas_connector; drop role habeas_connector");
    }

    @Test
    @Order(1)
    void theWorkedExampleWorks() throws IOException {
        Path here = Waiting.fresh("reader");
        new Reader(nobody, shop, here).follows(Document.of("docs/worked-example.md"));
        String draft = Files.readString(here.resolve("shop.yml"));
        List<String> pieces = Document.of("docs/worked-example.md").blocks("yaml");
        assertFalse(pieces.isEmpty());
        String map = Files.readString(Path.of("docs/worked-example/map/shop.yml"));
        String systems = Files.readString(Path.of("docs/worked-example/map/systems.yml"));
        for (String piece : pieces) {
            assertTrue((draft + map + systems).contains(piece), "neither drafted nor in the map: " + piece);
        }
    }

    @Test
    @Order(2)
    void theIntegratorsExamplesWork() {
        new Reader(nobody, shop, Waiting.fresh("reader")).follows(Document.of("docs/for-integrators.md"));
    }

    @Test
    @Order(3)
    void theReadmesExampleWorks() {
        new Reader(nobody, shop, Waiting.fresh("reader")).follows(Document.of("README.md"));
    }

    @Test
    @Order(4)
    void everyLineOfARequestHasItsNumber() throws IOException {
        Caller.Answer refused = nobody.send("/api/v1/cases", r -> r.header("X-Request-Id", "stranger-0001"));
        assertEquals(401, refused.status());
        Waiting.until("the line of the refusal", PATIENCE, () -> lines().anyMatch(
                        line -> line.at("/mdc/request").asText().equals("stranger-0001")
                                && line.path("message").asText().startsWith("refused with 401")));
        for (JsonNode line : lines().toList()) {
            assertTrue(line.hasNonNull("timestamp") && line.hasNonNull("level"), line.toString());
        }
    }

    /** As {@code docs/asvs.md} says; the portal's own address says that a proxy before it speaks TLS. */
    @Test
    @Order(4)
    void everyAnswerIsGuarded() {
        for (String path : List.of(
                "/", "/request", "/login", "/cases", "/nothing", "/api/v1/cases", "/q/health/live", "/static/")) {
            var headers = headers("GET", path);
            String policy = headers.firstValue("Content-Security-Policy").orElse("");
            for (String part :
                    List.of("default-src 'none'", "script-src 'self'", "base-uri 'none'", "frame-ancestors 'none'")) {
                assertTrue(policy.contains(part), path + ": " + policy);
            }
            assertFalse(policy.contains("unsafe"), policy);
            assertEquals("nosniff", headers.firstValue("X-Content-Type-Options").orElse(""), path);
            assertEquals("no-referrer", headers.firstValue("Referrer-Policy").orElse(""), path);
            assertEquals("no-store", headers.firstValue("Cache-Control").orElse(""), path);
            assertEquals(
                    "max-age=31536000; includeSubDomains",
                    headers.firstValue("Strict-Transport-Security").orElse(""),
                    path);
            assertTrue(headers.map().keySet().stream().noneMatch(name -> name.startsWith("access-control")), path);
            String type = headers.firstValue("Content-Type").orElse("");
            assertTrue(
                    !type.startsWith("text/html")
                            || type.toLowerCase(Locale.ROOT).contains("charset=utf-8"),
                    type);
        }
        String form = cookie("csrf", headers("GET", "/login"));
        assertTrue(form.matches("__Host-csrf=.*; Path=/; Secure; HTTPOnly; SameSite=Lax"), form);
        String token = form.replaceAll("^[^=]+=|;.*", "");
        String session = cookie(
                "session",
                headers(request("/login")
                        .header("Cookie", "__Host-csrf=" + token)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString("username=officer&password=test&_csrf=" + token))));
        assertTrue(session.matches("__Host-session=.*; Path=/; Secure; HTTPOnly; SameSite=Lax"), session);
        assertEquals(
                "\"cache\", \"storage\"",
                headers("POST", "/logout").firstValue("Clear-Site-Data").orElse(""));
        assertTrue(nobody.send("/", r -> r.method("TRACE", BodyPublishers.noBody()))
                        .status()
                >= 400);
        assertEquals(404, nobody.get("/static/").status());
    }

    private static String cookie(String name, HttpHeaders headers) {
        return headers.allValues("Set-Cookie").stream()
                .filter(cookie -> cookie.split("=")[0].endsWith(name))
                .findFirst()
                .orElse("none");
    }

    private static HttpHeaders headers(String method, String path) {
        return headers(request(path).method(method, BodyPublishers.noBody()));
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(portal.address().resolve(path)).header("Origin", "https://elsewhere.example");
    }

    private static HttpHeaders headers(HttpRequest.Builder request) {
        try {
            return nobody.client()
                    .send(request.build(), HttpResponse.BodyHandlers.discarding())
                    .headers();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    @Order(5)
    void nothingOfThePersonGetsIntoLogsFiguresOrTraces() {
        new Canary(nobody, shop).sings();
        nobody.get("/q/metrics?the-last=" + System.nanoTime());
        Waiting.until(
                "the traces",
                PATIENCE,
                () -> collector.received().contains("/q/metrics")
                        || collector.received().contains("/api/v1/choices/filter"));
        Waiting.until("the trace of the last act", PATIENCE, () -> collector
                .received()
                .contains("/api/v1/holds"));
        String traces = collector.received();
        assertTrue(traces.contains("/api/v1/requests/{reference}"), "spans have the route");
        assertEquals(List.of(), found(SECRETS, traces), "no reference and no passphrase in a trace");
        Map<String, String> places =
                Map.of("log", portal.log(), "figures", nobody.get("/q/metrics").body(), "traces", traces);
        places.forEach((place, text) -> {
            assertFalse(text.isEmpty(), place);
            for (String trace : Canary.TRACES) {
                assertFalse(
                        text.toLowerCase(Locale.ROOT).contains(trace),
                        () -> trace + " in the " + place + ": " + around(text, trace));
            }
        });
    }

    @Test
    @Order(6)
    void theBillOfMaterialsNamesEveryLibraryThatIsShipped() throws IOException {
        JsonNode bill = Caller.JSON.readTree(
                Path.of("target/quarkus-run-cyclonedx.json").toFile());
        assertEquals("CycloneDX", bill.path("bomFormat").asText());
        Set<String> named = new TreeSet<>();
        for (JsonNode component : bill.path("components")) {
            for (JsonNode place : component.at("/evidence/occurrences")) {
                named.add(place.path("location").asText());
            }
        }
        Path app = Path.of("target/quarkus-app");
        try (Stream<Path> files = Files.walk(app)) {
            Set<String> shipped = files.filter(f -> f.toString().endsWith(".jar"))
                    .map(f -> app.relativize(f).toString())
                    .collect(Collectors.toCollection(TreeSet::new));
            shipped.removeAll(named);
            assertEquals(Set.of(), shipped, "shipped and in no bill");
        }
    }

    /** deploy/sql with the tables that the page names. */
    private static String granted(Document example) throws IOException {
        String script = Files.readString(Path.of("deploy/sql/postgresql.sql"));
        for (String line : example.blocks("sql").get(0).lines().toList()) {
            String name = line.strip().split(" ")[0];
            script = script.replaceAll("(?m)^    " + name + " text\\[\\] := .*$", "    " + line.strip());
        }
        return script;
    }

    private static Stream<JsonNode> lines() {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : Arrays.asList(portal.log().split("\n"))) {
            if (line.startsWith("{")) {
                try {
                    lines.add(Caller.JSON.readTree(line));
                } catch (IOException e) {
                    throw new AssertionError("a line of the log is no JSON: " + line, e);
                }
            }
        }
        return lines.stream();
    }

    private static List<String> found(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(r -> r.group()).distinct().toList();
    }

    private static String around(String text, String word) {
        int at = text.toLowerCase(Locale.ROOT).indexOf(word);
        byte[] bytes = text.substring(Math.max(0, at - 300), Math.min(text.length(), at + 100))
                .getBytes(StandardCharsets.UTF_8);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
