package org.habeas.connector;

/** What became of a batch. A failure of the system is a {@link SystemFailure} instead. */
public sealed interface Outcome {
    /** Every row is as wanted; {@code already} of them were so before, as after a crash. */
    record Applied(int changed, int already) implements Outcome {}

    /** So many rows are no longer what was seen; nothing of the batch was done. A new plan is needed. */
    record Moved(int rows) implements Outcome {}

    /** A person was asked to do it; somebody has to say when it is done. */
    record Asked() implements Outcome {}
}
