package org.habeas.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.habeas.testing.Bookshop;
import org.habeas.testing.Browser;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * 10,000 requests of strangers, a hundred a second from so many networks that no limit holds them, leave the officers' pages
 * within 1.5 times of their usual time, while they come and after.
 */
@Tag("bench")
@QuarkusTest
@TestProfile(FlowProfile.class)
class FloodBench {
    private static final int POSTED = Integer.getInteger("flood.posted", 10_000);
    private static final long BETWEEN = 10_000_000;

    @TestHTTPResource("/")
    URI portal;

    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void officersNoticeNothing() throws Exception {
        Ada ada = Ada.asks("objection", Bookshop.ADA).provesHerAddress().sees("review");
        Browser officer = new Browser(portal.toString(), "en").open("/login");
        officer.fill("username", "officer").fill("password", "test").press();
        for (int i = 0; i < 300; i++) {
            look(officer, ada);
        }
        double usual = median(officer, ada, 200);
        AtomicInteger left = new AtomicInteger(POSTED);
        CompletableFuture<Void> flood = CompletableFuture.allOf(
                CompletableFuture.runAsync(() -> post(left)), CompletableFuture.runAsync(() -> post(left)));
        List<Long> times = new ArrayList<>();
        while (!flood.isDone()) {
            times.add(look(officer, ada));
            LockSupport.parkNanos(50_000_000);
        }
        flood.join();
        double during = median(times);
        double after = median(officer, ada, 200);
        System.out.printf(
                "officers' pages: %.1f ms usually, %.1f ms while %d requests came (%.2f times), %.1f ms after (%.2f times)%n",
                usual, during, POSTED, during / usual, after, after / usual);
        assertTrue(during <= 1.5 * usual && after <= 1.5 * usual);
    }

    private void post(AtomicInteger left) {
        long next = System.nanoTime();
        for (int number = left.getAndDecrement(); number > 0; number = left.getAndDecrement()) {
            String body = "{\"right\": \"access\", \"identifiers\": {\"email\": \"flood" + number + "@example.org\"}}";
            HttpRequest request = HttpRequest.newBuilder(portal.resolve("/api/v1/requests"))
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(body))
                    .build();
            try {
                assertEquals(
                        202,
                        client.send(request, HttpResponse.BodyHandlers.ofString())
                                .statusCode());
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
            next += 2 * BETWEEN;
            LockSupport.parkNanos(next - System.nanoTime());
        }
    }

    /** The queue, then a case: what both took. */
    private static long look(Browser officer, Ada ada) {
        long start = System.nanoTime();
        officer.open("/cases");
        assertEquals(200, officer.status());
        officer.open("/cases/" + ada.reference);
        assertEquals(200, officer.status());
        return System.nanoTime() - start;
    }

    private static double median(Browser officer, Ada ada, int times) {
        List<Long> taken = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            taken.add(look(officer, ada));
            LockSupport.parkNanos(20_000_000);
        }
        return median(taken);
    }

    private static double median(List<Long> times) {
        return times.stream().sorted().skip(times.size() / 2).findFirst().orElseThrow() / 1e6;
    }
}
