package org.habeas.fulfilment;

import java.util.Optional;

/**
 * What becomes of one row, and why; {@code mark} is the rule that keeps it. A kept row may have fields that are blanked at
 * once although it stays ({@code blank}). Reasons are keys of the words.
 */
record Fate(Plan.Action action, Optional<String> reason, Optional<Retentions.Mark> mark, boolean blank) {
    static final Fate DELETE = new Fate(Plan.Action.DELETE, Optional.empty(), Optional.empty(), false);
    static final Fate MASK = new Fate(Plan.Action.MASK, Optional.empty(), Optional.empty(), false);
    static final Fate CHANGE = new Fate(Plan.Action.CHANGE, Optional.empty(), Optional.empty(), false);

    static Fate masked(String reason) {
        return new Fate(Plan.Action.MASK, Optional.of(reason), Optional.empty(), false);
    }

    static Fate kept(String reason) {
        return new Fate(Plan.Action.KEEP, Optional.of(reason), Optional.empty(), false);
    }

    /** Kept for a reason that lies in the row itself, so that what need not stay of it goes at once. */
    static Fate keptBut(String reason, Optional<Retentions.Mark> mark) {
        return new Fate(Plan.Action.KEEP, Optional.of(reason), mark, true);
    }

    boolean deletes() {
        return action == Plan.Action.DELETE;
    }
}
