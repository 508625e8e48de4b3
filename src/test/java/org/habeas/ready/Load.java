package org.habeas.ready;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongFunction;

/** Requests by plan: so many a second whether or not the ones before were answered, or as many as a few callers manage. */
final class Load {
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** Milliseconds from when each request was due to its answer, sorted; failed ones apart. */
    record Times(double[] millis, long failed) {
        double percentile(int percent) {
            return millis[Math.min(millis.length - 1, (int) Math.ceil(millis.length * percent / 100.0) - 1)];
        }
    }

    /** Sends at this rate for this long; a late answer makes the next ones no later. */
    Times steady(int perSecond, Duration time, LongFunction<HttpRequest> requests) {
        int count = (int) (perSecond * time.toMillis() / 1000);
        ConcurrentLinkedQueue<Double> times = new ConcurrentLinkedQueue<>();
        AtomicLong failed = new AtomicLong();
        List<CompletableFuture<?>> all = new ArrayList<>();
        long start = System.nanoTime();
        for (int i = 0; i < count; i++) {
            long due = start + i * 1_000_000_000L / perSecond;
            for (long now = System.nanoTime(); now < due; now = System.nanoTime()) {
                LockSupport.parkNanos(due - now);
            }
            all.add(client.sendAsync(requests.apply(i), HttpResponse.BodyHandlers.discarding())
                    .thenAccept(answer -> {
                        times.add((System.nanoTime() - due) / 1e6);
                        failed.addAndGet(answer.statusCode() >= 400 ? 1 : 0);
                    }));
        }
        CompletableFuture.allOf(all.toArray(CompletableFuture[]::new))
                .orTimeout(2, TimeUnit.MINUTES)
                .join();
        double[] sorted = times.stream().mapToDouble(t -> t).sorted().toArray();
        return new Times(sorted, failed.get());
    }

    /** How many a second these callers get done, each sending its next request when the one before was answered. */
    double rate(int callers, Duration time, LongFunction<HttpRequest> requests) throws InterruptedException {
        AtomicLong next = new AtomicLong();
        AtomicLong done = new AtomicLong();
        long end = System.nanoTime() + time.toNanos();
        ExecutorService threads = Executors.newFixedThreadPool(callers);
        for (int c = 0; c < callers; c++) {
            threads.submit(() -> {
                while (System.nanoTime() < end) {
                    int status = client.send(
                                    requests.apply(next.getAndIncrement()), HttpResponse.BodyHandlers.discarding())
                            .statusCode();
                    if (status >= 400) {
                        throw new AssertionError("status " + status);
                    }
                    done.incrementAndGet();
                }
                return null;
            });
        }
        threads.shutdown();
        threads.awaitTermination(time.toSeconds() + 60, TimeUnit.SECONDS);
        return done.get() / (time.toMillis() / 1000.0);
    }

    static HttpRequest json(URI portal, String path, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(portal.resolve(path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return request.build();
    }

    /** Half of the values lie below. */
    static double median(double... values) {
        double[] sorted = Arrays.stream(values).sorted().toArray();
        return sorted[sorted.length / 2];
    }
}
