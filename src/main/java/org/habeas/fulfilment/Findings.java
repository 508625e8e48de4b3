package org.habeas.fulfilment;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;

/** What the search found, read back: overview, pages, and all rows of a collection as a stream. */
@ApplicationScoped
public class Findings {
    /** A system and how far it has answered; {@code error} is for officers and holds no personal data. */
    public record FoundSystem(
            String system, SystemStatus status, Optional<String> error, List<FoundCollection> collections) {
        public long rows() {
            return collections.stream().mapToLong(FoundCollection::rows).sum();
        }
    }

    /** How many rows of a collection were found, how many of them others share, and what a rule retains. */
    public record FoundCollection(String collection, long rows, long shared, List<Retained> retained) {}

    /** So many rows are kept by this rule until that day, included; no day where the row's date is missing. */
    public record Retained(String rule, Optional<LocalDate> until, long rows) {}

    /**
     * One row: {@code row} is opaque, the same in every search, and names the row in a redaction; {@code values} are the
     * mapped fields, nested ones by dotted path, without those whose only categories lie under {@code system}.
     */
    public record FoundRow(String row, Standing standing, Map<String, Object> values) {
        public boolean shared() {
            return standing == Standing.SHARED;
        }

        @Override
        public String toString() {
            return "FoundRow[" + row + "]";
        }
    }

    /** Some rows and, unless they were the last, where the next page begins. */
    public record Page(List<FoundRow> items, Optional<String> next) {}

    /** Every system of the map in its order, also those that have not answered. */
    public List<FoundSystem> systems(UUID request) {
        throw new UnsupportedOperationException("not yet");
    }

    /** One page; {@code after} is the {@code next} of the page before; NotFound for a collection that was not found. */
    public Page rows(UUID request, String system, String collection, Optional<String> after, int limit) {
        throw new UnsupportedOperationException("not yet");
    }

    /** All rows of a collection, one at a time in bounded memory, until {@code rows} returns false. */
    public void forEach(UUID request, String system, String collection, Predicate<FoundRow> rows) {
        throw new UnsupportedOperationException("not yet");
    }

    /** Deletes everything found for a request, when its time is up. In the caller's transaction. */
    public void forget(UUID request) {
        throw new UnsupportedOperationException("not yet");
    }
}
