package org.habeas.delivery;

import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;

/** Takes packages away when their time is up. */
@ApplicationScoped
class PackageJobs {
    private final Packages packages;

    PackageJobs(Packages packages) {
        this.packages = packages;
    }

    @Scheduled(every = "10m", delayed = "1m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void expire() {
        while (!packages.expireSome()) {
            // as long as there was a full batch
        }
    }
}
