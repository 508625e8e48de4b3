package org.habeas.retention;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.habeas.connector.Due;
import org.habeas.connector.Lookup;
import org.habeas.datamap.MappedCollection;

/** What of an announced batch is still in its system: so many rows, and whether one of them is due. */
record Survivors(long rows, boolean due) {

    static Survivors of(List<Batches.Announced> announced, Scene scene) {
        Map<String, List<Batches.Announced>> byCollection =
                announced.stream().collect(Collectors.groupingBy(Batches.Announced::collection));
        long[] rows = {0};
        boolean[] due = {false};
        byCollection.forEach((name, those) -> scene.collection(name).ifPresent(collection -> {
            Optional<Due> rule = Optional.ofNullable(scene.purgeable.get(collection.key()));
            MappedCollection narrow = rule.map(Due::collection).orElseGet(() -> scene.narrow(collection));
            List<String> fields = scene.structure.keyFields(collection);
            if (fields.isEmpty()) {
                return;
            }
            scene.connector.find(
                    new Lookup(narrow, fields, those.stream().map(Batches::key).toList()), row -> {
                        rows[0]++;
                        due[0] |= rule.map(r -> r.covers(row)).orElse(true);
                        return true;
                    });
        }));
        return new Survivors(rows[0], due[0]);
    }
}
