package org.habeas.audit;

/**
 * The place of a perfect subtree: at {@code level} (leaves are level 0) the one that covers the leaves from
 * {@code index << level} on, {@code 1 << level} of them. Its hash never changes once those leaves are there.
 */
public record Node(int level, long index) {
    public Node {
        if (level < 0 || level > 62 || index < 0) {
            throw new IllegalArgumentException("no such node: level " + level + ", index " + index);
        }
    }
}
