package org.habeas.fulfilment;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * How far the execution of a correction or erasure has come, and in the end what it did: for the case page and the letter.
 * {@code remaining} is what the read-back still found of hers that was to go; empty before it ran.
 */
public record Execution(UUID request, List<Stage> stages, List<Kept> kept, Optional<Long> remaining) {
    /** The steps of one collection; {@code failure} names the reason of the last try that failed. */
    public record Stage(
            String system, String collection, Plan.Action action, long rows, long done, Optional<String> failure) {}

    /** Rows that stay, with the law's reason and last day where there is one. */
    public record Kept(
            String system,
            String collection,
            long rows,
            String reason,
            Optional<String> rule,
            Optional<String> citation,
            Optional<LocalDate> until) {}

    public boolean finished() {
        return remaining.isPresent();
    }
}
