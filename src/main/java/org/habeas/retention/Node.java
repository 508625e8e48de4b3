package org.habeas.retention;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.habeas.connector.Row;
import org.habeas.datamap.MappedCollection;
import org.jspecify.annotations.Nullable;

/** A row in question, and the rows that point at it. Roots are past their time by themselves. */
final class Node {
    final MappedCollection collection;
    final Row row;
    final boolean root;
    final List<Node> children = new ArrayList<>();
    boolean held;

    @Nullable
    String kept;

    /** More than that of every row that points at it; unknown until asked for. */
    private int height = -1;

    Node(MappedCollection collection, Row row, boolean root) {
        this.collection = collection;
        this.row = row;
        this.root = root;
    }

    boolean stays() {
        return held || kept != null;
    }

    void stay(boolean becauseHeld, String reason) {
        held |= becauseHeld;
        kept = becauseHeld || kept != null ? kept : reason;
    }

    /** Takes over what keeps its children; says whether that is news. */
    boolean settle() {
        boolean wasHeld = held;
        boolean stayed = stays();
        for (Node child : children) {
            if (child.held) {
                held = true;
            } else if (child.kept != null && kept == null) {
                kept = child.kept;
            }
        }
        return held != wasHeld || stays() != stayed;
    }

    /** All that goes with it and was not taken before, and itself in the end: what hangs deepest comes first. */
    List<Fated.Known> beneath(Set<Node> taken) {
        measure();
        List<Node> found = new ArrayList<>();
        Deque<Node> open = new ArrayDeque<>(List.of(this));
        while (!open.isEmpty()) {
            Node node = open.pop();
            if (taken.add(node)) {
                found.add(node);
                node.children.forEach(open::push);
            }
        }
        return found.stream()
                .map(n -> new Fated.Known(n.collection, n.row.key(), n.height, n.root))
                .sorted(Fated.Known.DEEPEST_FIRST)
                .toList();
    }

    /** Heights from below, without recursion: a chain of rows may be long. In a circle any order is as good. */
    private void measure() {
        Deque<Node> open = new ArrayDeque<>(List.of(this));
        while (!open.isEmpty()) {
            Node node = open.peek();
            if (node.height == -1) {
                node.height = 0;
                node.children.stream().filter(c -> c.height == -1).forEach(open::push);
            } else {
                open.pop();
                for (Node child : node.children) {
                    node.height = Math.max(node.height, child.height + 1);
                }
            }
        }
    }
}
