package org.habeas.ready;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.habeas.testing.Bookshop;
import org.habeas.testing.PortalProcess;
import org.habeas.testing.PostgresServer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * 10,000 requests of strangers, a hundred a second from so many networks that no limit holds them, each with its mail, leave the
 * officers' pages of the built portal within 1.5 times of their usual time, while they come and after.
 */
@Tag("bench")
class FloodBench {
    private static final int POSTED = Integer.getInteger("flood.posted", 10_000);
    private static final int A_SECOND = 100;
    private static final int LOOKS = 200;

    @Test
    void officersNoticeNothing() throws Exception {
        Path home = Waiting.fresh("flood");
        try (FickleMailServer mail = new FickleMailServer();
                PostgresServer database = PostgresServer.at(home.resolve("database"), Map.of());
                PortalProcess portal =
                        PortalProcess.start(home.resolve("portal"), environment(database, mail), SpeedBench.OPTIONS)) {
            String path = "/cases/" + underReview(Caller.nobody(portal.address()));
            Sessions.Session officer = Sessions.of(portal.address(), "officer");
            flood(portal, 500, "warm");
            looks(officer, path, LOOKS);
            double usual = Load.median(looks(officer, path, LOOKS));
            CompletableFuture<Load.Times> flood = CompletableFuture.supplyAsync(() -> flood(portal, POSTED, "flood"));
            List<Double> times = new ArrayList<>();
            while (!flood.isDone()) {
                times.add(look(officer, path));
                LockSupport.parkNanos(50_000_000);
            }
            assertEquals(0, flood.join().failed(), "all were taken in");
            double during =
                    Load.median(times.stream().mapToDouble(Double::doubleValue).toArray());
            Waiting.until("the mails are out", Duration.ofMinutes(5), () -> mail.taken.size() > POSTED);
            double after = Load.median(looks(officer, path, LOOKS));
            System.out.printf(
                    "officers' pages: %.1f ms usually, %.1f ms while %d requests came (%.2f times), %.1f ms after (%.2f times)%n",
                    usual, during, POSTED, during / usual, after, after / usual);
            assertTrue(during <= 1.5 * usual && after <= 1.5 * usual);
        }
    }

    private static String underReview(Caller nobody) {
        String reference =
                nobody.files("objection", Bookshop.DAG).json().get("reference").asText();
        nobody.staff("officer")
                .post(
                        "/api/v1/cases/" + reference + "/verification",
                        "{\"method\": \"call-back\", \"note\": \"known voice\"}");
        Waiting.until("the case is there to be seen", Duration.ofMinutes(1), () -> nobody.staff("officer")
                .get("/api/v1/cases/" + reference)
                .body()
                .contains("\"review\""));
        return reference;
    }

    private static Load.Times flood(PortalProcess portal, int count, String name) {
        return new Load()
                .steady(
                        A_SECOND,
                        Duration.ofMillis(1000L * count / A_SECOND),
                        i -> Load.json(
                                portal.address(),
                                "/api/v1/requests",
                                "{\"right\": \"access\", \"identifiers\": {\"email\": \"" + name + i
                                        + "@example.org\"}}"));
    }

    private static double[] looks(Sessions.Session officer, String path, int times)
            throws IOException, InterruptedException {
        double[] taken = new double[times];
        for (int i = 0; i < times; i++) {
            taken[i] = look(officer, path);
            LockSupport.parkNanos(50_000_000);
        }
        return taken;
    }

    /** The queue, then a case: the milliseconds that both took. */
    private static double look(Sessions.Session officer, String path) throws IOException, InterruptedException {
        long start = System.nanoTime();
        assertEquals(200, officer.get("/cases"));
        assertEquals(200, officer.get(path));
        return (System.nanoTime() - start) / 1e6;
    }

    private static Map<String, String> environment(PostgresServer database, FickleMailServer mail) throws SQLException {
        Map<String, String> environment = new HashMap<>(SpeedBench.environment(database));
        environment.put("QUARKUS_MAILER_HOST", "127.0.0.1");
        environment.put("QUARKUS_MAILER_PORT", String.valueOf(mail.port()));
        return environment;
    }
}
