package org.habeas.intake;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.habeas.limit.ClientAddress;
import org.habeas.limit.Limits;
import org.habeas.limit.Puzzles;
import org.habeas.limit.Rate;

/**
 * How many requests come in, from one network and from all. While more than half of all is used up, the portal is rushed:
 * then a request without a solved puzzle counts as ten of its network, so that whoever has no scripts gets through, only less
 * often.
 */
@ApplicationScoped
class Gate {
    private static final int WITHOUT_WORK = 10;
    private static final String ALL = "all";

    private static final Duration FRESH = Duration.ofSeconds(1);

    private final Limits limits;
    private final Puzzles puzzles;
    private final Rate perClient;
    private final Rate total;
    private final Clock clock;
    private volatile Seen seen = new Seen(0, Instant.EPOCH);

    /** How many of all were left when somebody last looked: nobody needs to know it to the one. */
    private record Seen(long left, Instant at) {}

    Gate(
            Limits limits,
            Puzzles puzzles,
            @ConfigProperty(name = "habeas.limit-per-client") Rate perClient,
            @ConfigProperty(name = "habeas.limit-total") Rate total,
            Clock clock) {
        this.limits = limits;
        this.puzzles = puzzles;
        this.perClient = perClient;
        this.total = total;
        this.clock = clock;
    }

    /** Counts a request, or refuses it with {@link org.habeas.problem.TooMany}. */
    void admit(Caller caller) {
        boolean free = !rushed() || caller.work().filter(puzzles::redeem).isPresent();
        String network = ClientAddress.prefix(caller.address());
        limits.take("client", network, perClient, free ? 1 : Math.min(WITHOUT_WORK, perClient.count()));
        seen = new Seen(limits.take("total", ALL, total, 1), clock.instant());
    }

    boolean rushed() {
        Instant now = clock.instant();
        if (Duration.between(seen.at(), now).abs().compareTo(FRESH) > 0) {
            seen = new Seen(limits.left("total", ALL, total), now);
        }
        return seen.left() < total.count() / 2.0;
    }

    /** Something to do for a browser that has scripts, while that is worth anything. */
    Optional<Puzzles.Puzzle> puzzle() {
        return rushed() ? Optional.of(puzzles.next()) : Optional.empty();
    }
}
