package org.habeas.connector;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;

/** The connectors' timer. */
class ConnectorJobs {
    private final DriftWatch drift;

    ConnectorJobs(DriftWatch drift) {
        this.drift = drift;
    }

    @Scheduled(
            identity = "data-map-drift",
            every = "6h",
            delayed = "2m",
            concurrentExecution = ConcurrentExecution.SKIP)
    void compare() {
        drift.look();
    }
}
