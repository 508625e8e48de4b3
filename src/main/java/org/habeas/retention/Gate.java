package org.habeas.retention;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;
import org.habeas.connector.SystemFailure;
import org.habeas.work.Timers;
import org.jboss.logging.Logger;

/**
 * Keeps the portal closed on a database that is older than what was erased: no page, no call, no work, until all of it is
 * erased again. A system that is away is asked again until it answers.
 */
@ApplicationScoped
public class Gate {
    private static final Logger LOG = Logger.getLogger(Gate.class);
    private static final long LONGEST_WAIT = 60_000;

    private final Return back;
    private final Timers timers;
    private volatile Optional<String> closed = Optional.empty();

    Gate(Return back, Timers timers) {
        this.back = back;
        this.timers = timers;
    }

    // before anything else of ours begins to work
    void atStart(@Observes @Priority(1) StartupEvent start) {
        look();
    }

    /** Closes where the database was put back, and opens when nobody can come back by it. */
    public void look() {
        if (closed.isPresent() || !back.needed()) {
            return;
        }
        closed = Optional.of("The database is older than erasures that are written down outside it; they are"
                + " carried out again before the portal opens.");
        timers.pause();
        LOG.warn(closed.get());
        Thread thread = new Thread(this::untilDone, "erase again");
        thread.setDaemon(true);
        thread.start();
    }

    private void untilDone() {
        for (long wait = 500; !done(); wait = Math.min(LONGEST_WAIT, 2 * wait)) {
            try {
                Thread.sleep(wait);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
        closed = Optional.empty();
        timers.resume();
        LOG.info("What had been erased is erased again; the portal is open.");
    }

    private boolean done() {
        try {
            back.carryOut();
            return !back.needed();
        } catch (SystemFailure e) {
            closed = Optional.of("The database is older than erasures that are written down outside it; to carry them"
                    + " out again the portal waits for the system " + e.system() + ".");
        } catch (RuntimeException e) {
            // the message may hold personal data of a foreign system: only the class is told
            closed = Optional.of("The database is older than erasures that are written down outside it; carrying them"
                    + " out again failed with " + e.getClass().getSimpleName() + " and is tried again.");
            LOG.debug("erasing again failed", e);
        }
        LOG.warn(closed.get());
        return false;
    }

    public boolean isClosed() {
        return closed.isPresent();
    }

    /** Why it is closed, if it is. */
    Optional<String> closed() {
        return closed;
    }
}
