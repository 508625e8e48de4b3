package org.habeas.datamap;

import java.util.List;

/**
 * A way for the search: rows of {@code target} are found by the values that {@code source}'s rows hold, all pairs at once
 * (a composite key is one link). {@code targetPoints} says who holds the reference: if true, the target's rows point at
 * the source's, so that they belong to whom the source's rows belong; if false, the source's rows point at the target's,
 * which others may share (contract section 10).
 */
public record Link(CollectionKey source, CollectionKey target, List<Pair> pairs, boolean targetPoints) {
    public Link {
        pairs = List.copyOf(pairs);
    }

    /** One field of the source whose value one field of the target must have. */
    public record Pair(String source, String target) {
        Pair turned() {
            return new Pair(target, source);
        }
    }

    @Override
    public String toString() {
        return source.toString() + pairs.stream().map(Pair::source).toList() + " -> " + target
                + pairs.stream().map(Pair::target).toList();
    }
}
