package org.habeas.datamap.discovery;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which tables hold rows that belong to people: those where a person is named, and those whose rows point at such rows.
 * From it follows which way a foreign key is to be searched, so that nobody else's rows are reached: rows that point at
 * hers are found from hers; rows that hers point at (an address, a product) are found too, but nothing further from them.
 */
final class Ownership {
    private final Set<String> named;
    private final Map<String, Set<String>> children = new HashMap<>();
    private final Set<String> own;

    /** {@code named} are the tables in which a person is named by an identifier or a reference out of the database. */
    Ownership(List<LiveTable> tables, Set<String> named) {
        this.named = named;
        for (LiveTable table : tables) {
            table.foreignKeys().forEach(k -> children.computeIfAbsent(k.target(), t -> new HashSet<>())
                    .add(table.name()));
        }
        own = reach(null);
    }

    boolean owns(String table) {
        return own.contains(table);
    }

    /** {@code from}: the rows of the child are found from the parent's; else the parent's from the child's. */
    boolean searchedFromParent(String child, String parent) {
        return reach(child).contains(parent);
    }

    /** The tables that belong to people, also if that one were not there. */
    private Set<String> reach(String without) {
        Set<String> seen = new HashSet<>();
        Deque<String> open = new ArrayDeque<>(named);
        while (!open.isEmpty()) {
            String next = open.pop();
            if (!next.equals(without) && seen.add(next)) {
                open.addAll(children.getOrDefault(next, Set.of()));
            }
        }
        return seen;
    }
}
