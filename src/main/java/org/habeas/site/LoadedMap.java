package org.habeas.site;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Startup;
import org.habeas.datamap.DataMap;

/** {@code /q/health/started}: the schema is up to date and the data map loaded, or the process would not be there. */
@Startup
@ApplicationScoped
class LoadedMap implements HealthCheck {
    private final DataMap map;

    LoadedMap(DataMap map) {
        this.map = map;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("Data map")
                .withData("systems", map.systems().size())
                .up()
                .build();
    }
}
