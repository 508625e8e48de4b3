package org.habeas.retention;

import java.time.ZoneId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import org.habeas.connector.Connector;
import org.habeas.connector.Due;
import org.habeas.datamap.CollectionKey;
import org.habeas.datamap.DataMap;
import org.habeas.datamap.Dataset;
import org.habeas.datamap.MappedCollection;

/** One system as a run finds it: how to reach it, who hangs on whom, and what may go. */
final class Scene {
    final Connector connector;
    final Structure structure;
    /** What may go of each collection under a rule. */
    final Map<CollectionKey, Due> purgeable = new HashMap<>();

    private final Dataset dataset;

    /** {@code counting} counts as if everything under a rule could go; else only what the run purges and still has to do. */
    Scene(Connector connector, DataMap map, String system, RetentionRun run, ZoneId zone, boolean counting) {
        this.connector = connector;
        this.dataset = map.dataset(system).orElseThrow();
        this.structure = new Structure(connector.catalogue(), dataset);
        Ruled.of(map).stream()
                .filter(r -> r.collection().dataset().equals(system))
                .filter(r -> counting || purges(run, r.key()))
                .forEach(r -> purgeable.put(
                        r.key(),
                        r.due(run.today, zone, structure.keyed(r.collection()), structure.targets(r.collection()))));
    }

    private static boolean purges(RetentionRun run, CollectionKey key) {
        return run.collections.stream()
                .anyMatch(c -> c.purges
                        && c.kind == RunCollection.Kind.SWEEP
                        && c.key().equals(key));
    }

    Optional<MappedCollection> collection(String name) {
        return dataset.collections().stream().filter(c -> c.name().equals(name)).findFirst();
    }

    /** The collection with no more fields than the look at its rows needs. */
    MappedCollection narrow(MappedCollection collection) {
        return structure.keyed(collection)
                ? Ruled.only(collection, new HashSet<>(structure.targets(collection)))
                : collection;
    }

    Fates fates(HeldRows held) {
        return new Fates(connector, structure, purgeable, held);
    }
}
