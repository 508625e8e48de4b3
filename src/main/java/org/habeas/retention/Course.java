package org.habeas.retention;

import io.quarkus.narayana.jta.QuarkusTransaction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What all walks of a system share: what stands under holds, as of a count of their changes, and the pace. */
final class Course implements Walk.Progress {
    private final Holds holds;
    private final Supplier<HeldRows> search;
    private final Timetable timetable;
    private final Runnable alive;
    private final Sweeps.Points points;
    private long changes = -1;
    private @Nullable HeldRows held;
    private long paused = System.nanoTime();

    Course(Holds holds, Supplier<HeldRows> search, Timetable timetable, Runnable alive, Sweeps.Points points) {
        this.holds = holds;
        this.search = search;
        this.timetable = timetable;
        this.alive = alive;
        this.points = points;
    }

    /** Searched anew when holds moved. */
    HeldRows held() {
        long now = QuarkusTransaction.requiringNew().call(holds::count);
        if (held == null || now != changes) {
            held = search.get();
            changes = now;
        }
        return held;
    }

    @Override
    public long holdChanges() {
        return changes;
    }

    @Override
    public void before(int rows) {
        alive.run();
        long wait = timetable.atLeast(rows).toNanos() - (System.nanoTime() - paused);
        if (wait > 0) {
            try {
                Thread.sleep(wait / 1_000_000, (int) (wait % 1_000_000));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("the portal stops", e);
            }
        }
        paused = System.nanoTime();
    }

    @Override
    public void point(String name) {
        points.reached(name);
    }
}
