package org.habeas.connector;

import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.habeas.datamap.DataMap;
import org.habeas.datamap.Dataset;
import org.habeas.datamap.Position;
import org.habeas.datamap.SystemEntry;

/** A connector for every system of the data map, opened when first asked for. */
@ApplicationScoped
public class Connectors {
    private final Instance<DataMap> map;
    private final List<Connector.Factory> factories;
    private final Map<String, Connector> open = new ConcurrentHashMap<>();

    Connectors(Instance<DataMap> map, @All List<Connector.Factory> factories) {
        this.map = map;
        this.factories = factories;
    }

    /** The system's connector; a system that the map does not name is a mistake of ours. */
    public Connector of(String system) {
        return open.computeIfAbsent(system, this::open);
    }

    private Connector open(String system) {
        SystemEntry entry = map.get()
                .system(system)
                .orElseThrow(() -> new IllegalArgumentException("the data map has no system " + system));
        Dataset dataset =
                map.get().dataset(system).orElse(new Dataset(system, entry.title(), List.of(), Position.NONE));
        return factories.stream()
                .filter(f -> f.kind() == entry.kind())
                .findFirst()
                .orElseThrow(() -> new SystemFailure(
                        system, SystemFailure.Kind.NOT_THERE, "There is no connector for a system of this kind"))
                .open(entry, dataset);
    }

    void close(@Observes ShutdownEvent event) {
        open.values().forEach(Connector::close);
        open.clear();
    }
}
