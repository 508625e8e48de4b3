package org.habeas.datamap;

import java.util.List;

/**
 * Rows of {@code owner} point at rows of {@code named}: the owner holds the foreign key. True whatever way the search may
 * go; pairs lead from the owner's field to the named one.
 */
public record Pointer(CollectionKey owner, CollectionKey named, List<Link.Pair> pairs) {
    public Pointer {
        pairs = List.copyOf(pairs);
    }
}
