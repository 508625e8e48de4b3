package org.habeas.ready;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.habeas.testing.Bookshop;
import org.habeas.testing.PortalProcess;
import org.habeas.testing.PostgresServer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/**
 * How quick the built portal is, as a process of its own on a PostgreSQL of its own: one table, each figure beside its twin of the
 * same run. Start, memory through a day's work, intake against the same inserts by pgbench, the person's pages.
 */
@Tag("bench")
class SpeedBench {
    /** What the documentation recommends, and the image sets. */
    static final String[] OPTIONS = {"-Xmx120m", "-Xss512k", "-XX:+UseSerialGC", "-XX:ReservedCodeCacheSize=64m"};

    private static final Duration SPELL = Duration.ofSeconds(Integer.getInteger("speed.spell", 20));
    private static final int CALLERS = 4;
    /** A large organisation's day: requests that come in, of which officers verify and answer some. */
    private static final int A_DAY = Integer.getInteger("speed.day", 2_000);

    private final Load load = new Load();
    private final List<String> table = new ArrayList<>();
    private final List<Executable> limits = new ArrayList<>();

    @Test
    void isQuickEnough() throws Exception {
        Path home = Waiting.fresh("speed");
        try (PostgresServer database = PostgresServer.at(home.resolve("database"), Map.of())) {
            Map<String, String> environment = environment(database);
            starts(home, environment);
            Inserts.copy(database);
            try (PortalProcess portal = PortalProcess.start(home.resolve("portal"), environment, OPTIONS)) {
                intake(portal, database);
                pages(portal);
                day(portal);
            }
        }
        Files.write(Path.of("target", "speed.txt"), table);
        assertAll(limits);
    }

    /** The first start makes the schema; the others are what an upgrade or a crash waits for. The twin is a JVM that says hello. */
    private void starts(Path home, Map<String, String> environment) throws Exception {
        double first;
        try (PortalProcess portal = PortalProcess.start(home.resolve("portal"), environment, OPTIONS)) {
            first = portal.startedIn().toMillis() / 1000.0;
        }
        double[] seconds = new double[5];
        double[] twin = new double[5];
        for (int i = 0; i < seconds.length; i++) {
            twin[i] = jvm();
            try (PortalProcess portal = PortalProcess.start(home.resolve("portal"), environment, OPTIONS)) {
                seconds[i] = portal.startedIn().toMillis() / 1000.0;
            }
        }
        double median = Load.median(seconds);
        row(
                "start to ready, outside database",
                "%.2f s",
                median,
                "a JVM that prints its version",
                "%.2f s",
                Load.median(twin),
                "< 5 s");
        row("the same with an empty database", "%.2f s", first, "", "", 0, "");
        limits.add(() -> assertTrue(median < 5, "start took " + median));
    }

    private static double jvm() throws Exception {
        long begun = System.nanoTime();
        new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-version")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
        return (System.nanoTime() - begun) / 1e9;
    }

    /** Spells of the one and the other in turn, so that the machine's moods meet both. */
    private void intake(PortalProcess portal, PostgresServer database) throws Exception {
        filed(portal.address(), Duration.ofSeconds(15), "warm");
        String inserts = Inserts.script(database);
        double[] ours = new double[3];
        double[] twin = new double[3];
        for (int i = 0; i < ours.length; i++) {
            ours[i] = filed(portal.address(), SPELL, "spell" + i);
            twin[i] = Inserts.rate(database, inserts, CALLERS, SPELL);
        }
        double share = Load.median(ours) / Load.median(twin);
        row(
                "requests taken in a second, 4 callers",
                "%.0f",
                Load.median(ours),
                "the same inserts by pgbench",
                "%.0f",
                Load.median(twin),
                "half");
        limits.add(() -> assertTrue(share >= 0.5, "intake is " + share + " of the inserts"));
        Waiting.until(
                "the work of the spells is done",
                Duration.ofMinutes(10),
                () -> database.number("select count(*) from work_item where due_at < now()") < 50);
    }

    private double filed(URI portal, Duration time, String name) throws InterruptedException {
        return load.rate(
                CALLERS, time, i -> Load.json(portal, "/api/v1/requests", body("access", name + i + "@example.org")));
    }

    private void pages(PortalProcess portal) throws Exception {
        URI at = portal.address();
        String cookies = signedIn(at);
        List<String> paths = new ArrayList<>(List.of("/", "/request", "/policy"));
        paths.add(lastReference);
        load.steady(200, Duration.ofSeconds(20), i -> page(at, paths.get((int) (i % paths.size())), cookies));
        for (String path : paths) {
            Load.Times times = load.steady(200, Duration.ofSeconds(10), i -> page(at, path, cookies));
            Load.Times twin = load.steady(200, Duration.ofSeconds(5), i -> page(at, "/q/health/live", ""));
            double p95 = times.percentile(95);
            String name = path.startsWith("/request/") ? "/request/{reference}" : path;
            row(
                    "p95 at 200 a second of " + name,
                    "%.1f ms",
                    p95,
                    "an answer that does nothing",
                    "%.1f ms",
                    twin.percentile(95),
                    "< 30 ms");
            limits.add(() ->
                    assertTrue(p95 < 30 && times.failed() == 0, path + " took " + p95 + ", failed " + times.failed()));
        }
    }

    /** The day's requests come in an hour's press: filed, read, some verified and searched, the queue read, the metrics scraped. */
    private void day(PortalProcess portal) throws Exception {
        Caller nobody = Caller.nobody(portal.address());
        Caller officer = nobody.staff("officer");
        Set<String> problems = new TreeSet<>();
        long most = 0;
        for (int i = 0; i < A_DAY; i++) {
            Caller.Answer filed = nobody.files(
                    i % 3 == 0 ? "erasure" : "access", i % 10 == 0 ? Bookshop.DAG : "day" + i + "@example.org");
            String reference = filed.json().get("reference").asText();
            officer.post(
                    "/api/v1/cases/" + reference + "/verification",
                    "{\"method\": \"call-back\", \"note\": \"known voice\"}");
            nobody.get(i % 2 == 0 ? "/" : "/request");
            for (String path : List.of(
                    "/api/v1/cases?limit=50",
                    "/api/v1/cases/" + reference,
                    "/api/v1/cases/" + reference + "/findings")) {
                Caller.Answer answer = officer.get(path);
                if (answer.status() != 200) {
                    problems.add(answer.status() + " " + path.replace(reference, "…") + " " + answer.body());
                }
            }
            if (i % 100 == 0) {
                nobody.get("/q/metrics");
                nobody.staff("auditor").get("/api/v1/history?format=xlsx");
                nobody.staff("auditor").get("/api/v1/audit/bundle");
                most = Math.max(most, portal.megabytes("VmRSS"));
            }
        }
        long resident = Math.max(most, portal.megabytes("VmHWM"));
        row(
                "most memory through a day of " + A_DAY + " cases",
                "%.0f MB",
                resident,
                "heap allowed (-Xmx)",
                "%.0f MB",
                120,
                "< 400 MB");
        limits.add(() -> assertTrue(resident < 400 && problems.isEmpty(), resident + " MB; " + problems));
    }

    private String lastReference = "";

    /** A browser that the person has let in to her request; its cookies. */
    private String signedIn(URI portal) throws Exception {
        var filed = Caller.nobody(portal).files("access", "reader@example.org").json();
        String reference = filed.get("reference").asText();
        lastReference = "/request/" + reference;
        return Sessions.person(portal, reference, filed.get("passphrase").asText())
                .cookies();
    }

    private static HttpRequest page(URI portal, String path, String cookies) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(portal.resolve(path)).header("Accept", "text/html");
        Optional.of(cookies).filter(c -> !c.isEmpty()).ifPresent(c -> request.header("Cookie", c));
        return request.build();
    }

    private static String body(String right, String email) {
        return "{\"right\": \"" + right + "\", \"identifiers\": {\"email\": \"" + email + "\"}}";
    }

    private void row(
            String what, String form, double figure, String twin, String twinForm, double beside, String allowed) {
        table.add(String.format(
                Locale.ROOT,
                "| %-44s | %10s | %-32s | %10s | %8s |",
                what,
                String.format(Locale.ROOT, form, figure),
                twin,
                twinForm.isEmpty() ? "" : String.format(Locale.ROOT, twinForm, beside),
                allowed));
        System.out.println(table.get(table.size() - 1));
    }

    static Map<String, String> environment(PostgresServer database) throws SQLException {
        Map<String, String> environment = new HashMap<>(database.environment());
        environment.put("HABEAS_DATA_MAP", new Bookshop().map().toString());
        environment.put("MALLOC_ARENA_MAX", "2");
        environment.put("HABEAS_LIMIT_PER_CLIENT", "100000000/PT1H");
        environment.put("HABEAS_LIMIT_PER_ADDRESS", "100000000/PT1H");
        return environment;
    }
}
