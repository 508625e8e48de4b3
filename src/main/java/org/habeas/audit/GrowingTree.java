package org.habeas.audit;

import java.util.ArrayList;
import java.util.List;

/**
 * A tree that leaves are appended to, knowing only its right edge (at most 63 hashes), so that a million leaves need no
 * memory. Every perfect subtree that a leaf completes is told to the listener once: those are what proofs need later.
 */
public final class GrowingTree {
    /** Hears of each perfect subtree as it is completed, the leaf itself included. */
    @FunctionalInterface
    public interface Listener {
        void completed(Node place, Hash hash);
    }

    private final TreeHasher hasher = new TreeHasher();
    private final List<Hash> edge;
    private final Listener listener;
    private long size;

    /** A tree without leaves. */
    public GrowingTree(Listener listener) {
        this(0, List.of(), listener);
    }

    /** Goes on from a stored tree: {@code edge} are its perfect subtrees from left to right, one for each bit of its size. */
    GrowingTree(long size, List<Hash> edge, Listener listener) {
        if (size < 0 || edge.size() != Long.bitCount(size)) {
            throw new IllegalArgumentException("a tree of " + size + " leaves has " + Long.bitCount(size)
                    + " perfect subtrees, not " + edge.size());
        }
        this.size = size;
        this.edge = new ArrayList<>(edge);
        this.listener = listener;
    }

    /** A tree that only wants its root. */
    public static GrowingTree silent() {
        return new GrowingTree((place, hash) -> {});
    }

    public long size() {
        return size;
    }

    /** Appends the leaf hash; RFC 9162 section 2.1.2 joins as many subtrees as the index has trailing one bits. */
    public void append(Hash leaf) {
        Hash hash = leaf;
        long index = size;
        listener.completed(new Node(0, index), hash);
        for (int level = 1; (index & 1) == 1; level++) {
            hash = hasher.node(edge.remove(edge.size() - 1), hash);
            index >>= 1;
            listener.completed(new Node(level, index), hash);
        }
        edge.add(hash);
        size++;
    }

    /** The root over all leaves so far: the subtrees of the edge, joined from the right. */
    public Hash root() {
        return joined(edge, hasher);
    }

    /** The hash over adjacent perfect subtrees that shrink to the right; of none it is the empty tree's. */
    static Hash joined(List<Hash> subtrees, TreeHasher hasher) {
        if (subtrees.isEmpty()) {
            return hasher.empty();
        }
        Hash hash = subtrees.get(subtrees.size() - 1);
        for (int i = subtrees.size() - 2; i >= 0; i--) {
            hash = hasher.node(subtrees.get(i), hash);
        }
        return hash;
    }
}
