package org.habeas.datamap;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.habeas.problem.StartFailure;
import org.jboss.logging.Logger;

/** Loads the data map once, at the start; a map with an error stops the start and tells every mistake, a line each. */
@ApplicationScoped
class DataMapProducer {
    private static final Logger LOG = Logger.getLogger(DataMapProducer.class);

    private final Optional<String> folder;

    DataMapProducer(@ConfigProperty(name = "habeas.data-map") Optional<String> folder) {
        this.folder = folder;
    }

    @Produces
    @Singleton
    DataMap map() {
        Loaded loaded = DataMapLoader.ofProcess()
                .load(Path.of(
                        folder.orElseThrow(() -> stop("HABEAS_DATA_MAP is not set: it names the data map's folder"))));
        if (!loaded.ok()) {
            throw stop(loaded.errors().stream().map(Finding::toString).collect(Collectors.joining("\n")));
        }
        loaded.findings().stream()
                .filter(f -> f.severity() == Finding.Severity.WARNING)
                .forEach(f -> LOG.warn(f));
        return loaded.map();
    }

    @Produces
    @Singleton
    Links links(DataMap map) {
        return Links.of(map);
    }

    void loadAtStart(@Observes @Priority(1) StartupEvent start, DataMap map) {
        LOG.infof(
                "data map: %d systems, %d collections",
                map.systems().size(), map.collections().size());
    }

    private static StartFailure stop(String why) {
        return new StartFailure(why);
    }
}
