package org.habeas.retention;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.Connection;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.habeas.testing.PortalProcess;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * SIGKILL at random moments while the built portal purges: exactly the due rows are gone, every batch is in the history once.
 * Some lives let the database purge by itself, others go batch by batch; either takes over what the other left.
 */
@Tag("faults")
class PurgeKilledTest {
    private static final int KILLS = Integer.getInteger("faults.kills", 100);
    private static final long ROWS = Long.getLong("faults.rows", 1_000_000);
    private final Random random = new Random(4);

    @Test
    void killedAtRandomItPurgesExactlyTheDueRowsAndRecordsEachBatchOnce() throws Exception {
        try (Purging purging = new Purging(Path.of("target", "faults-purge"), Map.of("shared_buffers", "512MB"))) {
            purging.fill("work", ROWS);
            purging.execute("work", "update event set happened_on = date '2015-01-01' where id % 10 <> 5");
            long last = ROWS;
            int lives = 0;
            int runs = 1;
            for (int kills = 0; kills < KILLS; lives++) {
                if (lives > 0 && unfinished(purging) == 0) {
                    more(purging, last);
                    last += ROWS;
                    runs++;
                }
                long begun = System.nanoTime();
                String how = lifeEndingInAKill(purging);
                kills += unfinished(purging) > 0 ? 1 : 0;
                // the dead one's lease runs out by itself; nobody waits for that here
                purging.execute("habeas", "update work_item set leased_until = null");
                System.out.printf(
                        "life %d, %s, %.1f s; killed %d times in a run%n",
                        lives + 1, how, (System.nanoTime() - begun) / 1e9, kills);
            }
            System.out.printf("%d lives, %d runs, %d rows, %d of them due%n", lives, runs, last, last / 10 * 9);
            lastLife(purging);
            assertEquals(0, purging.number("work", "select count(*) from event where " + Purging.DUE));
            assertEquals(last / 10, purging.number("work", "select count(*) from event where id % 10 = 5"));
            assertEquals(last / 10, purging.number("work", "select count(*) from event"));
            assertEquals(last / 10 * 9, history(purging));
            assertEquals(
                    last / 10 * 9,
                    purging.number("habeas", "select sum(purged)::bigint from retention_run_collection"),
                    "the runs say the same");
        }
    }

    /** Goes on with the run, or opens one; a life is short, so what only a long one gains by is left out. */
    private String lifeEndingInAKill(Purging purging) throws Exception {
        boolean byTheDatabase = random.nextBoolean();
        Map<String, String> rate = byTheDatabase ? Map.of() : Map.of("HABEAS_RETENTION_RATE", "1000000");
        try (PortalProcess portal =
                purging.portal("work", rate, "-Xmx256m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")) {
            if (unfinished(purging) == 0) {
                Purging.run(portal);
            }
            long more = byTheDatabase
                    ? progress(purging, random.nextInt(2), random.nextInt(400))
                    : progress(purging, random.nextInt(12), random.nextInt(40));
            portal.kill();
            return (byTheDatabase ? "by the database, " : "by batches, ") + more + " recorded";
        }
    }

    /** Waits until so many more batches are recorded or the run is over, and some milliseconds; says how many there were. */
    private static long progress(Purging purging, int batches, int milliseconds) throws Exception {
        long before = recorded(purging);
        long end = System.nanoTime() + 60_000_000_000L;
        while (recorded(purging) < before + batches && unfinished(purging) > 0 && System.nanoTime() < end) {
            Thread.sleep(5);
        }
        Thread.sleep(milliseconds);
        return recorded(purging) - before;
    }

    private static long recorded(Purging purging) throws Exception {
        return purging.number("habeas", "select coalesce(sum(batches), 0)::bigint from retention_run_collection");
    }

    private static void lastLife(Purging purging) throws Exception {
        try (PortalProcess portal = purging.portal("work")) {
            long end = System.nanoTime() + 300_000_000_000L;
            while (unfinished(purging) > 0) {
                assertTrue(System.nanoTime() < end && portal.alive(), "it does not come to an end");
                Thread.sleep(100);
            }
        }
    }

    /** The table is never the same twice. */
    private static void more(Purging purging, long last) throws Exception {
        purging.execute(
                "work",
                "insert into event select n, 1, case when n % 10 = 5 then date '2025-01-01' else date '2015-01-01' end, 'x'"
                        + " from generate_series(" + (last + 1) + ", " + (last + ROWS) + ") n");
    }

    private static long unfinished(Purging purging) throws Exception {
        // the portal makes its tables when it first starts
        return purging.number("habeas", "select count(*) from pg_tables where tablename = 'retention_run'") == 0
                ? 0
                : purging.number("habeas", "select count(*) from retention_run where finished_at is null");
    }

    /** Rows by the history; no batch of a run twice. */
    private static long history(Purging purging) throws Exception {
        Set<String> batches = new HashSet<>();
        long rows = 0;
        try (Connection connection = purging.connect("habeas");
                var entries = connection
                        .createStatement()
                        .executeQuery("select convert_from(entry, 'UTF8')::json -> 'facts' ->> 'run' || ' ' ||"
                                + " (convert_from(entry, 'UTF8')::json -> 'facts' ->> 'batch'), (convert_from(entry,"
                                + " 'UTF8')::json -> 'facts' ->> 'rows')::bigint from audit_entry where event ="
                                + " 'retention.batch_purged'")) {
            while (entries.next()) {
                assertTrue(batches.add(entries.getString(1)), "twice: " + entries.getString(1));
                rows += entries.getLong(2);
            }
        }
        System.out.printf("%d batches in the history, %d rows%n", batches.size(), rows);
        return rows;
    }
}
