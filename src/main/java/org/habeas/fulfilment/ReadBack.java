package org.habeas.fulfilment;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.habeas.connector.Batch;
import org.habeas.connector.Values;
import org.habeas.datamap.CollectionKey;
import org.habeas.datamap.DataMap;
import org.habeas.datamap.MappedCollection;

/**
 * Compares what is found of her after an execution with what was to be done: rows that should be gone, fields that still
 * have their old value, and rows that came meanwhile and should go too.
 */
final class ReadBack {
    private final DataMap map;
    private final FoundRows rows;
    private final Map<RowHash, Map<String, Object>> found = new HashMap<>();
    private long left;

    ReadBack(DataMap map, FoundRows rows) {
        this.map = map;
        this.rows = rows;
    }

    /** How many rows are left. */
    long count(PlanDraft draft, Consumer<Consumer<StepLedger.Entry>> steps) {
        left = draft.doomed();
        for (CollectionKey key : rows.collections()) {
            MappedCollection collection =
                    map.collection(key.dataset(), key.name()).orElse(null);
            if (collection != null) {
                rows.each(key, f -> {
                    found.put(RowHash.of(key, f), f.row().values());
                    return true;
                });
            }
        }
        steps.accept(this::compare);
        return left;
    }

    private void compare(StepLedger.Entry step) {
        for (Batch batch : step.batches()) {
            for (Batch.Change change : batch.changes()) {
                if (change.what() instanceof Batch.Set set && step.action() != Plan.Action.DELETE) {
                    compare(batch.collection().key(), change, set);
                }
            }
        }
    }

    /** A row that is no longer found is out of reach; one that is must not show what it showed. */
    private void compare(CollectionKey key, Batch.Change change, Batch.Set set) {
        List<Object> known = change.before().key().values();
        Map<String, Object> now = found.get(RowHash.of(key, known, 0));
        if (now == null) {
            return;
        }
        boolean shows = set.values().keySet().stream()
                .anyMatch(f -> Values.same(now.get(f), change.before().value(f)));
        left += shows ? 1 : 0;
    }
}
