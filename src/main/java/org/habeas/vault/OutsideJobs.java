package org.habeas.vault;

import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;

/** The alarm clock for what must outlive the database. */
@ApplicationScoped
class OutsideJobs {
    private final Outside outside;

    OutsideJobs(Outside outside) {
        this.outside = outside;
    }

    @Scheduled(every = "{habeas.work-every}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void write() {
        outside.write();
    }

    @Scheduled(every = "24h", delayed = "1h", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void forget() {
        outside.forget();
    }
}
