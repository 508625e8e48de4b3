package org.habeas.work;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Keeps a lease alive while something takes long: a question to a foreign system, a plan over a million rows. */
public final class Heart implements AutoCloseable {
    private final ScheduledExecutorService beat;
    private volatile Lease.Lost lost;

    private Heart(Lease lease) {
        long every = Math.max(1, lease.duration().toMillis() / 4);
        beat = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "lease");
            thread.setDaemon(true);
            return thread;
        });
        beat.scheduleAtFixedRate(() -> renew(lease), 0, every, TimeUnit.MILLISECONDS);
    }

    /** Renews the lease at once and four times in its length, until it is closed. */
    public static Heart beating(Lease lease) {
        return new Heart(lease);
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
    public void check() {
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
