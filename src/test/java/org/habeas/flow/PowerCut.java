package org.habeas.flow;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.atomic.AtomicInteger;
import org.habeas.policy.NoticeDue;

/** Cuts the telling of people off once, in the middle of a batch, after so many of them. */
@ApplicationScoped
public class PowerCut {
    private final AtomicInteger left = new AtomicInteger(-1);
    private final AtomicInteger cuts = new AtomicInteger();

    void after(int people) {
        left.set(people);
    }

    int cuts() {
        return cuts.get();
    }

    void due(@Observes @Priority(Integer.MAX_VALUE) NoticeDue notice) {
        if (left.getAndDecrement() == 0) {
            cuts.incrementAndGet();
            throw new IllegalStateException("the power went");
        }
    }
}
