package org.habeas.connector;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.habeas.work.Timers;

/** The connectors' timer. */
@ApplicationScoped
class ConnectorJobs {
    private final DriftWatch drift;

    ConnectorJobs(DriftWatch drift) {
        this.drift = drift;
    }

    void start(@Observes StartupEvent event, Timers timers) {
        timers.every("6h", "2m", "connector.drift", drift::look);
    }
}
