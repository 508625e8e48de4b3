package org.habeas.delivery;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.habeas.work.Timers;

/** Takes packages away when their time is up. */
@ApplicationScoped
class PackageJobs {
    private final Packages packages;

    PackageJobs(Packages packages) {
        this.packages = packages;
    }

    void start(@Observes StartupEvent event, Timers timers) {
        timers.every("10m", "1m", "delivery.expire", this::expire);
    }

    void expire() {
        while (!packages.expireSome()) {
            // as long as there was a full batch
        }
    }
}
