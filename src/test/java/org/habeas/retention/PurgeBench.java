package org.habeas.retention;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.habeas.testing.PortalProcess;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Purges 1,000,000 of 10,000,000 rows with the built portal under -Xmx256m, beside the best hand-written batched DELETE of the
 * same rows on the same server, while other sessions update single rows of the table. Then a tenth of all that.
 */
@Tag("bench")
class PurgeBench {
    private static final long ROWS = Long.getLong("bench.rows", 10_000_000);
    private static final int ROUNDS = Integer.getInteger("bench.rounds", 3);
    private static final Pattern AFTER_GC = Pattern.compile("(\\d+)M->(\\d+)M\\((\\d+)M\\)");
    private static final Map<String, String> SERVER =
            Map.of("shared_buffers", "1GB", "max_wal_size", "8GB", "checkpoint_timeout", "30min", "autovacuum", "off");

    /** {@code heap}: of the portal after collections, in MB. */
    private record Measured(double seconds, double p95, long updates, int heap) {
        @Override
        public String toString() {
            return String.format("%7.2f s, %d updates beside it, p95 %.1f ms", seconds, updates, p95);
        }
    }

    private interface Work {
        void done() throws Exception;
    }

    /** A hand-written batched DELETE: so many rows by the index of their date, or so many numbers of the primary key, at a time. */
    private record ByHand(String how, int batch) {
        @Override
        public String toString() {
            return "by hand, batches of " + batch + " " + how;
        }

        void delete(Connection connection) throws SQLException {
            if (how.equals("by date")) {
                String some = "array(select ctid from event where " + Purging.DUE + " limit " + batch + ")";
                try (var delete = connection.prepareStatement("delete from event where ctid = any(" + some + ")")) {
                    while (delete.executeUpdate() > 0) {
                        // each a transaction
                    }
                }
                return;
            }
            try (var delete =
                    connection.prepareStatement("delete from event where id > ? and id <= ? and " + Purging.DUE)) {
                for (long from = 0; from < ROWS; from += batch) {
                    delete.setLong(1, from);
                    delete.setLong(2, from + batch);
                    delete.executeUpdate();
                }
            }
        }
    }

    private static final List<ByHand> TWINS = List.of(
            new ByHand("by date", 10_000),
            new ByHand("by date", 50_000),
            new ByHand("by id", 100_000),
            new ByHand("by id", 500_000));

    @Test
    void purgesExactlyTheDueRowsAsFastAsByHand() throws Exception {
        try (Purging purging = new Purging(Path.of("target", "bench-purge"), SERVER)) {
            long few = ROWS / 10;
            purging.fill("few", few);
            Measured small = byPortal(purging, "few", few);
            purging.fill("many", ROWS);
            Map<ByHand, List<Measured>> byHand = new LinkedHashMap<>();
            List<Measured> byPortal = new ArrayList<>();
            // in turns, so that what else the machine does hits all alike
            for (int round = 1; round <= ROUNDS; round++) {
                for (ByHand twin : TWINS) {
                    byHand.computeIfAbsent(twin, t -> new ArrayList<>()).add(byHand(purging, twin));
                }
                byPortal.add(byPortal(purging, "many", ROWS));
            }
            double best = byHand.values().stream()
                    .mapToDouble(PurgeBench::median)
                    .min()
                    .orElseThrow();
            double large = median(byPortal);
            double perRowSmall = small.seconds() * 1e6 / (few / 10.0);
            double perRowLarge = large * 1e6 / (ROWS / 10.0);
            System.out.printf(
                    "portal %.2f s / best by hand %.2f s = %.2f (medians of %d rounds); per row %.2f µs of %d, %.2f µs of %d"
                            + " rows%n",
                    large, best, large / best, ROUNDS, perRowLarge, ROWS, perRowSmall, few);
            assertTrue(large <= 1.3 * best, large + " against " + best);
            byPortal.forEach(m -> assertTrue(m.p95() < 50, "p95 " + m.p95()));
            byPortal.forEach(
                    m -> assertTrue(m.heap() <= 1.25 * small.heap() + 8, "ten times the rows: " + m.heap() + " MB"));
            assertTrue(perRowLarge <= 1.2 * perRowSmall, "the cost of a row grows with the table");
        }
    }

    private static double median(List<Measured> rounds) {
        return rounds.stream()
                .mapToDouble(Measured::seconds)
                .sorted()
                .skip(rounds.size() / 2)
                .findFirst()
                .orElseThrow();
    }

    private static Measured byHand(Purging purging, ByHand twin) throws Exception {
        purging.copy("many", "work");
        Measured hand = whileOthersUpdate(purging, ROWS, () -> {
            try (Connection connection = purging.connect("work")) {
                twin.delete(connection);
            }
        });
        assertEquals(0, purging.number("work", "select count(*) from event where " + Purging.DUE));
        System.out.printf("%s: %s%n", twin, hand);
        return hand;
    }

    private static Measured byPortal(Purging purging, String table, long rows) throws Exception {
        purging.copy(table, "work");
        String prints = "select sum(('x' || substr(md5(id || ' ' || person_id || happened_on), 1, 8))::bit(32)::bigint)"
                + " from event where not " + Purging.DUE;
        long before = purging.number("work", prints);
        Path log = Path.of("target", "bench-purge", "gc-" + rows + ".log").toAbsolutePath();
        Files.deleteIfExists(log);
        try (PortalProcess portal = purging.portal("work", "-Xmx256m", "-Xlog:gc:file=" + log + ":uptime")) {
            idle(purging);
            warm(purging, portal);
            String[] run = {""};
            Measured measured = whileOthersUpdate(purging, rows, () -> {
                run[0] = Purging.run(portal);
                while (!Purging.state(portal, run[0]).getString("state").equals("done")) {
                    Thread.sleep(100);
                }
            });
            System.out.printf("portal, %d rows: %s%n", rows, measured);
            var state = Purging.state(portal, run[0]);
            assertEquals(rows / 10, state.getLong("collections[0].due"));
            assertEquals(rows / 10, state.getLong("collections[0].purged"));
            assertEquals(0, purging.number("work", "select count(*) from event where " + Purging.DUE));
            assertEquals(rows - rows / 10, purging.number("work", "select count(*) from event"));
            assertEquals(before, purging.number("work", prints), "nothing else went");
            int heap = heap(log, portal.megabytes("VmHWM"));
            return new Measured(measured.seconds(), measured.p95(), measured.updates(), heap);
        }
    }

    /** A portal that has just started runs cold: it purges a small table under the same name first. */
    private static void warm(Purging purging, PortalProcess portal) throws Exception {
        purging.execute("work", "alter table event rename to large");
        for (int round = 0; round < 5; round++) {
            purging.execute(
                    "work",
                    "drop table if exists event; create table event as select * from large where id <= 20000; alter table"
                            + " event add primary key (id)");
            String run = Purging.run(portal);
            while (!Purging.state(portal, run).getString("state").equals("done")) {
                Thread.sleep(100);
            }
            assertEquals(2_000, Purging.state(portal, run).getLong("collections[0].purged"));
        }
        purging.execute("work", "drop table event; alter table large rename to event");
    }

    /** Waits until the portal has done what it does after every start: the outlook is counted. */
    private static void idle(Purging purging) throws Exception {
        long end = System.nanoTime() + 120_000_000_000L;
        while (purging.number("habeas", "select count(*) from work_item") > 0
                || purging.number("habeas", "select count(*) from retention_outlook") == 0) {
            assertTrue(System.nanoTime() < end, "the portal does not come to rest");
            Thread.sleep(250);
        }
    }

    /** What is in use after a collection, in the last third of the process's life: while it purged. */
    private static int heap(Path log, long most) throws Exception {
        List<Integer> after = new ArrayList<>();
        for (String line : Files.readAllLines(log)) {
            Matcher pause = AFTER_GC.matcher(line);
            if (pause.find()) {
                after.add(Integer.parseInt(pause.group(2)));
            }
        }
        int heap = middle(after.subList(2 * after.size() / 3, after.size()));
        System.out.printf(
                "heap after collections: %d MB of 256; %d collections; process at most %d MB%n",
                heap, after.size(), most);
        return heap;
    }

    private static int middle(List<Integer> values) {
        List<Integer> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        return sorted.isEmpty() ? 0 : sorted.get(sorted.size() / 2);
    }

    /** Two sessions update rows that stay, one at a time, two hundred a second. */
    private static Measured whileOthersUpdate(Purging purging, long rows, Work work) throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        List<Double> millis = Collections.synchronizedList(new ArrayList<>());
        List<Thread> sessions = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            Thread session = new Thread(() -> update(purging, rows, over, millis));
            session.start();
            sessions.add(session);
        }
        long begun = System.nanoTime();
        double seconds;
        try {
            work.done();
            seconds = (System.nanoTime() - begun) / 1e9;
        } finally {
            over.set(true);
        }
        for (Thread session : sessions) {
            session.join();
        }
        Collections.sort(millis);
        return new Measured(seconds, millis.isEmpty() ? 0 : millis.get((int) (millis.size() * 0.95)), millis.size(), 0);
    }

    private static void update(Purging purging, long rows, AtomicBoolean over, List<Double> millis) {
        long most = rows / 10;
        try (Connection connection = purging.connect("work");
                var update = connection.prepareStatement("update event set note = note || '.' where id = ?")) {
            while (!over.get()) {
                update.setLong(1, ThreadLocalRandom.current().nextLong(most) * 10 + 5);
                long begun = System.nanoTime();
                update.executeUpdate();
                millis.add((System.nanoTime() - begun) / 1e6);
                Thread.sleep(10);
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
