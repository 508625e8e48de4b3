package org.habeas.limit;

import io.github.bucket4j.Bucket;
import io.quarkus.narayana.jta.QuarkusTransaction;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.habeas.problem.TooMany;

/**
 * An allowance from which everybody takes. A replica keeps count by itself, and tells the others after a second or a hundredth
 * of it, so that callers do not wait for one another. One at a time all the same: where several ask at once for what nobody
 * has begun, Bucket4j fails all but one.
 */
public final class Allowance {
    private static final int APART = 100;
    private static final Duration LONGEST_APART = Duration.ofSeconds(1);

    private final Limits limits;
    private final String id;
    private final Rate rate;
    private final Clock clock;
    private Bucket bucket;
    private Instant seen = Instant.MAX;

    Allowance(Limits limits, String id, Rate rate, Clock clock) {
        this.limits = limits;
        this.id = id;
        this.rate = rate;
        this.clock = clock;
    }

    /** Takes one, or throws {@link TooMany}. */
    public synchronized void take() {
        Limits.mustBeConsumed(Limits.taken(current(), 1));
    }

    /** How many are left, as far as this replica knows. */
    public synchronized long left() {
        return QuarkusTransaction.suspendingExisting().call(() -> current().getAvailableTokens());
    }

    /** Begun again when the clock was set back, as it is begun at first. */
    private Bucket current() {
        Instant now = clock.instant();
        if (now.isBefore(seen)) {
            limits.forgetIfAhead(id, rate);
            bucket = limits.bucketApart(id, rate, Math.max(1, rate.count() / APART), LONGEST_APART);
        }
        seen = now;
        return bucket;
    }
}
