package org.habeas.problem;

import java.time.Duration;

/** A limit against abuse was reached; {@code retryAfter} says when the same command may be tried again. */
public final class TooMany extends Problem {
    private final Duration retryAfter;

    public TooMany(String detail, Duration retryAfter) {
        super(detail);
        this.retryAfter = retryAfter;
    }

    public Duration retryAfter() {
        return retryAfter;
    }
}
