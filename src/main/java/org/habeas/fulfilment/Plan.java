package org.habeas.fulfilment;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a correction or erasure will do, row by row in the digest, summed up in the items. While there are problems, it
 * cannot be decided on.
 */
public record Plan(String digest, List<Item> items, List<Problem> problems) {
    public enum Action {
        DELETE,
        MASK,
        CHANGE,
        KEEP;

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** So many rows of a collection with the same fate; rule, citation and until where a retention rule keeps them. */
    public record Item(
            String system,
            String collection,
            Action action,
            long rows,
            Optional<String> reason,
            Optional<String> rule,
            Optional<String> citation,
            Optional<LocalDate> until) {
        Item plus(long more) {
            return new Item(system, collection, action, rows + more, reason, rule, citation, until);
        }
    }

    /** Why it cannot be done as it stands, and what to do. */
    public record Problem(String system, Optional<String> collection, String what, String remedy) {
        public String text() {
            return system + collection.map(c -> "." + c).orElse("") + ": " + what + ". " + remedy + ".";
        }
    }

    /** One row before and after: only the fields that change, for a mask or change; all of them, to nothing, for a delete. */
    public record Difference(
            String row,
            String system,
            String collection,
            Action action,
            Map<String, Object> from,
            Map<String, Object> to) {
        @Override
        public String toString() {
            return "Difference[" + row + "]";
        }
    }

    /** Whether a decision may be made on it. */
    public boolean sound() {
        return problems.isEmpty();
    }
}
