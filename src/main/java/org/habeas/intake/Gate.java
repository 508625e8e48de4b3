package org.habeas.intake;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.habeas.limit.Allowance;
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

    private final Limits limits;
    private final Puzzles puzzles;
    private final Rate perClient;
    private final long most;
    private final Allowance total;

    Gate(
            Limits limits,
            Puzzles puzzles,
            @ConfigProperty(name = "habeas.limit-per-client") Rate perClient,
            @ConfigProperty(name = "habeas.limit-total") Rate total) {
        this.limits = limits;
        this.puzzles = puzzles;
        this.perClient = perClient;
        this.most = total.count();
        this.total = limits.allowance("total", total);
    }

    /** Counts a request, or refuses it with {@link org.habeas.problem.TooMany}. */
    void admit(Caller caller) {
        boolean free = !rushed() || caller.work().filter(puzzles::redeem).isPresent();
        String network = ClientAddress.prefix(caller.address());
        limits.take("client", network, perClient, free ? 1 : Math.min(WITHOUT_WORK, perClient.count()));
        total.take();
    }

    boolean rushed() {
        return total.left() < most / 2.0;
    }

    /** Something to do for a browser that has scripts, while that is worth anything. */
    Optional<Puzzles.Puzzle> puzzle() {
        return rushed() ? Optional.of(puzzles.next()) : Optional.empty();
    }
}
