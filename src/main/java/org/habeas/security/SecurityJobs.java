package org.habeas.security;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Writes counted events down, and forgets them when their time is up. */
@ApplicationScoped
class SecurityJobs {
    private final Watch watch;
    private final SecurityEvents events;

    SecurityJobs(Watch watch, SecurityEvents events) {
        this.watch = watch;
        this.events = events;
    }

    @Scheduled(
            identity = "security-events",
            every = "{habeas.security-every}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void keep() {
        watch.keep();
    }

    @Scheduled(
            identity = "security-events-forgotten",
            every = "6h",
            delayed = "4m",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void forget() {
        events.forget();
    }

    void end(@Observes ShutdownEvent event) {
        watch.keep();
    }
}
