package org.habeas.retention;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.habeas.work.Lease;

/** Keeps a lease alive while a long question to a foreign system is under way. */
final class Heart implements AutoCloseable {
    private final ScheduledExecutorService beat;
    private volatile Lease.Lost lost;

    private Heart(Lease lease, long everyMillis) {
        beat = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "retention-lease");
            thread.setDaemon(true);
            return thread;
        });
        beat.scheduleAtFixedRate(() -> renew(lease), 0, everyMillis, TimeUnit.MILLISECONDS);
    }

    static Heart beating(Lease lease, long everyMillis) {
        return new Heart(lease, everyMillis);
    }

    private void renew(Lease lease) {
        try {
            lease.renew();
        } catch (Lease.Lost e) {
            lost = e;
        } catch (RuntimeException e) {
            // the portal's own database is away for a moment: the next batch cannot be written either
        }
    }

    /** Throws when another replica has taken over. */
    void check() {
        if (lost != null) {
            throw lost;
        }
    }

    @Override
    public void close() {
        beat.shutdown();
        try {
            // a beat under way must not renew what is handed back
            if (!beat.awaitTermination(10, TimeUnit.SECONDS)) {
                beat.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
