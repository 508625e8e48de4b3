package org.habeas.audit;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The tree over the first {@code size} leaves, read from stored nodes: root and proofs in O(log n) look-ups (RFC 9162). */
public final class MerkleTree {
    private final long size;
    private final Nodes nodes;

    public MerkleTree(long size, Nodes nodes) {
        if (size < 0) {
            throw new IllegalArgumentException("a tree has no " + size + " leaves");
        }
        this.size = size;
        this.nodes = nodes;
    }

    public long size() {
        return size;
    }

    /** The root (RFC 9162 section 2.1.1). */
    public Hash root() {
        return hashes(List.of(new Range(0, size))).get(0);
    }

    /** The perfect subtrees along the right edge, from left to right: what an append needs. */
    List<Hash> edge() {
        List<Node> places = new Range(0, size).perfectSubtrees();
        Map<Node, Hash> found = found(places);
        return places.stream().map(found::get).toList();
    }

    /** The proof that the leaf at {@code index} is in this tree (RFC 9162 section 2.1.3.1). */
    public InclusionProof inclusion(long index) {
        if (index < 0 || index >= size) {
            throw new IllegalArgumentException("a tree of " + size + " leaves has no leaf " + index);
        }
        List<Range> path = new ArrayList<>();
        long from = 0;
        long to = size;
        while (to - from > 1) {
            long middle = from + split(to - from);
            if (index < middle) {
                path.add(0, new Range(middle, to));
                to = middle;
            } else {
                path.add(0, new Range(from, middle));
                from = middle;
            }
        }
        return new InclusionProof(index, size, hashes(path));
    }

    /** The proof that the first {@code earlier} leaves are what they were (RFC 9162 section 2.1.4.1). */
    public ConsistencyProof consistency(long earlier) {
        if (earlier < 0 || earlier > size) {
            throw new IllegalArgumentException("a tree of " + size + " leaves was never one of " + earlier);
        }
        if (earlier == 0 || earlier == size) {
            return new ConsistencyProof(earlier, size, List.of());
        }
        List<Range> path = new ArrayList<>();
        long from = 0;
        long to = size;
        while (earlier < to) {
            long middle = from + split(to - from);
            if (earlier <= middle) {
                path.add(0, new Range(middle, to));
                to = middle;
            } else {
                path.add(0, new Range(from, middle));
                from = middle;
            }
        }
        // The old tree itself is known to the reader, unless it is only a part of what remains.
        if (from != 0) {
            path.add(0, new Range(from, to));
        }
        return new ConsistencyProof(earlier, size, hashes(path));
    }

    private List<Hash> hashes(List<Range> ranges) {
        Set<Node> places = new LinkedHashSet<>();
        ranges.forEach(range -> places.addAll(range.perfectSubtrees()));
        Map<Node, Hash> found = found(places);
        TreeHasher hasher = new TreeHasher();
        return ranges.stream()
                .map(range -> GrowingTree.joined(
                        range.perfectSubtrees().stream().map(found::get).toList(), hasher))
                .toList();
    }

    private Map<Node, Hash> found(Collection<Node> places) {
        Map<Node, Hash> found = places.isEmpty() ? Map.of() : nodes.at(Set.copyOf(places));
        for (Node place : places) {
            if (!found.containsKey(place)) {
                throw new IllegalStateException(
                        "the stored tree lacks node " + place.index() + " of level " + place.level());
            }
        }
        return found;
    }

    /** The largest power of two below {@code n}: where RFC 6962 splits a tree of {@code n} leaves. */
    private static long split(long n) {
        return Long.highestOneBit(n - 1);
    }

    /** Leaves from {@code from} up to but not {@code to}: a subtree of the tree, perfect or at its right edge. */
    private record Range(long from, long to) {
        List<Node> perfectSubtrees() {
            List<Node> places = new ArrayList<>();
            long start = from;
            while (start < to) {
                int level = 63 - Long.numberOfLeadingZeros(to - start);
                places.add(new Node(level, start >> level));
                start += 1L << level;
            }
            return places;
        }
    }
}
