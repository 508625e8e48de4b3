package org.habeas.retention;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A step of an erasure as it is remembered outside the database, so that a backup brings nobody back: which rows, what
 * became of them, and the hashes of her identifiers. No value of a row is in it, except keys that say nothing by themselves.
 */
record Tombstone(UUID request, Set<String> identifiers, String system, List<Part> parts) {
    /** As a line of {@link org.habeas.vault.Outside}. */
    static final String ERASED = "erased";

    static final String KEPT = "kept";

    /** Rows of one collection. */
    record Part(String collection, List<Grave> rows) {}

    /**
     * A row. {@code key}: what it is known by, where that is a number or a code of the system's own; else {@code print} of
     * it. {@code whole} is the print of the whole row as it was, {@code ties} of what tied it to her; {@code set} are the
     * values that it was given, if it was not deleted.
     */
    record Grave(
            @Nullable List<Object> key,
            @Nullable String print,
            String whole,
            String ties,
            @Nullable Map<String, Object> set) {
        @Override
        public String toString() {
            return "Grave[]";
        }
    }

    /** What the erasure had to keep: it has still to go in its time. */
    record Kept(UUID request, Set<String> identifiers, List<Row> rows) {
        record Row(String system, String collection, List<Object> key, String rule, String until) {
            @Override
            public String toString() {
                return "Row[" + system + "." + collection + "]";
            }

            Obligations.Kept kept() {
                return new Obligations.Kept(
                        system, collection, new org.habeas.connector.Key(key), rule, LocalDate.parse(until));
            }
        }
    }
}
