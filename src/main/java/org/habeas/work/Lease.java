package org.habeas.work;

import java.time.Duration;
import java.util.UUID;

/** The right to work on one item for a while. Call {@link #renew} between batches. */
public final class Lease {
    private final Worklist worklist;
    private final WorkHandler handler;
    final long id;
    final UUID token;
    final int wanted;
    private final String subject;
    private final int attempt;

    Lease(Worklist worklist, WorkHandler handler, long id, UUID token, int wanted, String subject, int attempt) {
        this.worklist = worklist;
        this.handler = handler;
        this.id = id;
        this.token = token;
        this.wanted = wanted;
        this.subject = subject;
        this.attempt = attempt;
    }

    WorkHandler handler() {
        return handler;
    }

    /** How long it holds without being renewed. */
    public Duration duration() {
        return worklist.lease(handler);
    }

    /** What the work is about, as given to {@link Worklist#add}. */
    public String subject() {
        return subject;
    }

    /** 1 for the first try since the last success. */
    public int attempt() {
        return attempt;
    }

    /** Extends the lease; {@link Lost} when another replica holds the item by now: stop without a further write. */
    public void renew() {
        if (!worklist.renew(this, duration())) {
            throw new Lost();
        }
    }

    /** Another replica holds the item. */
    public static final class Lost extends RuntimeException {
        Lost() {
            super("the lease was lost", null, false, false);
        }
    }
}
