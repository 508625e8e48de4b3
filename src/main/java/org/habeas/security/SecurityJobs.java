package org.habeas.security;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.habeas.work.Timers;

/** Writes counted events down, and forgets them when their time is up. */
@ApplicationScoped
class SecurityJobs {
    private final Watch watch;
    private final SecurityEvents events;

    SecurityJobs(Watch watch, SecurityEvents events) {
        this.watch = watch;
        this.events = events;
    }

    void start(@Observes StartupEvent event, Timers timers) {
        timers.every("{habeas.security-every}", "security.keep", watch::keep);
        timers.every("6h", "4m", "security.forget", events::forget);
    }

    void end(@Observes ShutdownEvent event) {
        watch.keep();
    }
}
