package org.habeas.fulfilment;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.habeas.connector.Batch;
import org.habeas.datamap.CollectionKey;
import org.habeas.datamap.MappedCollection;

/** Equal rows of a table without a primary key become one change of so many copies. */
final class Copies {
    private final Map<RowHash, int[]> counts = new HashMap<>();
    private final CollectionKey key;
    private final boolean keyed;

    Copies(FoundRows rows, Tables tables, MappedCollection collection, Predicate<Found> which) {
        key = collection.key();
        keyed = tables.byHand(key.dataset())
                || tables.table(collection).map(t -> !t.rowKey().isEmpty()).orElse(true);
        if (!keyed) {
            rows.each(key, found -> {
                int[] count =
                        counts.computeIfAbsent(RowHash.of(key, found.row().key().values(), 0), h -> new int[2]);
                count[0]++;
                count[1] += which.test(found) ? 1 : 0;
                return true;
            });
        }
    }

    List<Batch.Change> of(Found found, Batch.Change change) {
        if (keyed) {
            return List.of(change);
        }
        int[] count = counts.remove(RowHash.of(key, found.row().key().values(), 0));
        List<Batch.Change> changes = new ArrayList<>();
        if (count != null) {
            for (int left = count[1], present = count[0]; left > 0; ) {
                int some = Math.min(left, Batch.MOST);
                changes.add(change.copies(some, present));
                left -= some;
                present -= some;
            }
        }
        return changes;
    }
}
