package org.habeas.testing;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** Gives every @QuarkusTest the portal's own database, fresh once a run. Holds for all of them without being named. */
@QuarkusTestResource(PostgresResource.class)
public final class PostgresResource implements QuarkusTestResourceLifecycleManager {
    @Override
    public Map<String, String> start() {
        return Map.of("quarkus.datasource.jdbc.url", TestDatabases.fresh());
    }

    @Override
    public void stop() {
        // The server lives as long as the JVM; its own shutdown hook stops it.
    }
}
