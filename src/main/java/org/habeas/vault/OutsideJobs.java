package org.habeas.vault;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.habeas.work.Timers;

/** The alarm clock for what must outlive the database, and for a new master key. */
@ApplicationScoped
class OutsideJobs {
    private final Outside outside;
    private final Rewrapping rewrapping;

    OutsideJobs(Outside outside, Rewrapping rewrapping) {
        this.outside = outside;
        this.rewrapping = rewrapping;
    }

    void start(@Observes StartupEvent event, Timers timers) {
        timers.every("{habeas.work-every}", "vault.write", outside::write);
        timers.every("24h", "1h", "vault.forget", outside::forget);
        timers.every("1m", "vault.rewrap", rewrapping::look);
    }
}
