package org.habeas.work;

import java.time.Duration;

/** Does one kind of work. It may be called again for the same subject after a crash: check before repeating. */
public interface WorkHandler {
    /** The kind it does, for example {@code mail.send}. */
    String kind();

    /** How long a replica may be silent before another one takes the item over; zero for what the portal is set to. */
    default Duration lease() {
        return Duration.ZERO;
    }

    /**
     * Works on an item, opening transactions of its own. An exception means: again later, with a growing wait; its
     * class name alone is kept.
     */
    Result work(Lease lease) throws Exception;

    /** What became of the item. */
    sealed interface Result {
        /** Nothing is left to do. */
        record Done() implements Result {}

        /** To be looked at again after this wait; not counted as a failure. */
        record Later(Duration delay) implements Result {}

        Result DONE = new Done();

        static Result later(Duration delay) {
            return new Later(delay);
        }
    }
}
