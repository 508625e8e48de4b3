package org.habeas.connector;

import java.util.List;
import java.util.Map;
import org.habeas.datamap.MappedCollection;

/**
 * Up to 500 rows to be changed in one transaction. {@code step} is the same when the batch is sent again, and unique
 * otherwise: an idempotency key.
 */
public record Batch(String step, MappedCollection collection, List<Change> changes) {
    public static final int MOST = 500;

    /**
     * What becomes of one row: from {@code before}, deleted or given new values. Of a row without a primary key there may
     * be several; then {@code copies} of the {@code present} ones are meant.
     */
    public record Change(Row before, What what, int copies, int present) {
        public static Change delete(Row before) {
            return new Change(before, new Delete(), 1, 1);
        }

        public static Change set(Row before, Map<String, Object> values) {
            return new Change(before, new Set(values), 1, 1);
        }

        public Change copies(int of, int all) {
            return new Change(before, what, of, all);
        }
    }

    /** Deleted, or some fields set. */
    public sealed interface What {}

    public record Delete() implements What {}

    public record Set(Map<String, Object> values) implements What {
        @Override
        public String toString() {
            return "Set" + values.keySet();
        }
    }

    public int rows() {
        return changes.stream().mapToInt(Change::copies).sum();
    }
}
