package org.habeas.connector;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.habeas.actor.Actor;
import org.habeas.audit.Act;
import org.habeas.audit.Ledger;
import org.habeas.datamap.DataMap;
import org.habeas.datamap.Dataset;
import org.habeas.datamap.Position;
import org.habeas.datamap.SystemEntry;

/** Compares the systems with the map, keeps what it saw last, and counts it in {@code habeas_data_map_drift}. */
@ApplicationScoped
class DriftWatch {
    /** What was seen of one system; {@code error} in place of the drift where it could not be read. */
    record Seen(SystemEntry system, Instant at, Optional<Drift> drift, Optional<String> error) {}

    private final DataMap map;
    private final Connectors connectors;
    private final Ledger ledger;
    private final Clock clock;
    private final Map<String, Seen> last = new ConcurrentHashMap<>();

    DriftWatch(DataMap map, Connectors connectors, Ledger ledger, Clock clock, MeterRegistry registry) {
        this.map = map;
        this.connectors = connectors;
        this.ledger = ledger;
        this.clock = clock;
        for (SystemEntry system : comparable()) {
            Gauge.builder("habeas.data.map.drift", () -> differences(system.name()))
                    .description("Tables and columns that the system or the data map has alone")
                    .tag("system", system.name())
                    .register(registry);
        }
    }

    /** Looks for this administrator, which is written down first. */
    List<Seen> look(Actor by) {
        QuarkusTransaction.requiringNew().run(() -> ledger.append(Act.of("systems.compared", by)));
        return look();
    }

    /** Looks at every system that has a catalogue of its own, one after the other. */
    List<Seen> look() {
        List<Seen> seen = new ArrayList<>();
        for (SystemEntry system : comparable()) {
            Seen now = look(system);
            last.put(system.name(), now);
            seen.add(now);
        }
        return seen;
    }

    /** What was seen last, in the order of the map; nothing of a system that was never looked at. */
    List<Seen> last() {
        return comparable().stream()
                .flatMap(s -> Optional.ofNullable(last.get(s.name())).stream())
                .toList();
    }

    private Seen look(SystemEntry system) {
        Dataset dataset =
                map.dataset(system.name()).orElse(new Dataset(system.name(), system.title(), List.of(), Position.NONE));
        try {
            Drift drift =
                    Drift.between(system, dataset, connectors.of(system.name()).catalogue());
            return new Seen(system, clock.instant(), Optional.of(drift), Optional.empty());
        } catch (SystemFailure e) {
            return new Seen(system, clock.instant(), Optional.empty(), Optional.ofNullable(e.getMessage()));
        }
    }

    /** An API says what the map says, and a person has no catalogue. */
    private List<SystemEntry> comparable() {
        return map.systems().stream()
                .filter(s -> s.kind() == SystemEntry.Kind.JDBC)
                .toList();
    }

    private double differences(String system) {
        return Optional.ofNullable(last.get(system))
                .flatMap(Seen::drift)
                .map(d -> (double) d.size())
                .orElse(Double.NaN);
    }
}
