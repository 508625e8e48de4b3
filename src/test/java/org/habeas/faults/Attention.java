package org.habeas.faults;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.habeas.testing.TestDatabases;

/**
 * Looks at the work of executing, forty times a second: who holds it, and how long it lay while a portal was up and nobody
 * alive did anything about it.
 */
final class Attention implements AutoCloseable {
    private final Connection connection;
    private final Thread thread = new Thread(this::look, "attention");
    private volatile boolean up;
    private volatile boolean closed;
    private volatile String holder;
    private volatile String dead;
    private volatile long longest;

    Attention(String database) {
        try {
            connection = TestDatabases.connect(database);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        thread.setDaemon(true);
        thread.start();
    }

    private void look() {
        long since = 0;
        while (!closed) {
            // what was true before the look is what counts
            boolean alive = up;
            boolean lies = look(alive);
            long now = System.nanoTime();
            since = !lies ? 0 : since == 0 ? now : since;
            longest = Math.max(longest, since == 0 ? 0 : now - since);
            Portals.pause();
        }
    }

    private synchronized boolean look(boolean alive) {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("select lease::text from work_item where kind = 'execute'")) {
            if (!rows.next()) {
                holder = null;
                return false;
            }
            holder = rows.getString(1);
            return alive && (holder == null || holder.equals(dead));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A portal answers from now on. */
    void up() {
        up = true;
    }

    /** What it needs is not there. */
    void away() {
        up = false;
    }

    /** Nobody is there any more. */
    void killed() {
        up = false;
        look(false);
        dead = holder;
    }

    /** Whether somebody alive has it in hand. */
    boolean held() {
        String now = holder;
        return now != null && !now.equals(dead);
    }

    Duration longest() {
        return Duration.ofNanos(longest);
    }

    void assertNothingLayLong() {
        assertTrue(longest().compareTo(Portals.LEASE.multipliedBy(2)) <= 0, () -> "work lay for " + longest());
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join();
            connection.close();
        } catch (InterruptedException | SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
