package org.habeas.retention;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.habeas.connector.Catalogue;
import org.habeas.connector.Connector;
import org.habeas.connector.Due;
import org.habeas.connector.Key;
import org.habeas.connector.Lookup;
import org.habeas.connector.Row;
import org.habeas.datamap.CollectionKey;
import org.habeas.datamap.MappedCollection;
import org.habeas.datamap.MappedCollection.OnErasure;

/**
 * Judges due rows by what hangs on them. A row that points at a due row goes with it if it is due itself, or is under no rule
 * and cannot be without it; else, and under a hold, it keeps the due row too.
 */
final class Fates {
    private final Connector system;
    private final Structure structure;
    /** What of each ruled collection this run may purge; a ruled collection that is not here stays. */
    private final Map<CollectionKey, Due> purgeable;

    private final HeldRows held;

    Fates(Connector system, Structure structure, Map<CollectionKey, Due> purgeable, HeldRows held) {
        this.system = system;
        this.structure = structure;
        this.purgeable = purgeable;
        this.held = held;
    }

    private record Id(CollectionKey collection, Key key) {}

    /** Judges rows of one collection, which are past their time. */
    Fated judge(MappedCollection collection, List<Row> rows) {
        Map<Id, Node> all = new LinkedHashMap<>();
        for (Row row : rows) {
            Node root = new Node(collection, row, true);
            root.held = held.holds(collection.key(), row.key());
            all.putIfAbsent(new Id(collection.key(), row.key()), root);
        }
        List<Node> roots = List.copyOf(all.values());
        List<Node> level = roots.stream().filter(n -> !n.stays()).toList();
        while (!level.isEmpty()) {
            level = below(level, all);
        }
        settle(all);
        return told(roots);
    }

    /** The rows that point at these, found by one question a foreign key; those that go are looked at further. */
    private List<Node> below(List<Node> level, Map<Id, Node> all) {
        Map<CollectionKey, List<Node>> byCollection = new LinkedHashMap<>();
        level.forEach(n -> byCollection
                .computeIfAbsent(n.collection.key(), c -> new ArrayList<>())
                .add(n));
        List<Node> next = new ArrayList<>();
        byCollection.values().forEach(nodes -> {
            MappedCollection parent = nodes.get(0).collection;
            structure.children(parent).forEach(child -> next.addAll(pointing(parent, nodes, child, all)));
        });
        return next;
    }

    private List<Node> pointing(MappedCollection parent, List<Node> parents, Structure.Child child, Map<Id, Node> all) {
        Catalogue.ForeignKey key = child.foreignKey();
        Map<Key, List<Node>> byTarget = new HashMap<>();
        parents.forEach(p -> structure.target(key, parent, p.row).ifPresent(t -> byTarget.computeIfAbsent(
                        t, k -> new ArrayList<>())
                .add(p)));
        if (byTarget.isEmpty()) {
            return List.of();
        }
        List<Node> fresh = new ArrayList<>();
        Optional<String> inTheWay = inTheWay(child);
        system.pointing(key, List.copyOf(byTarget.keySet()), row -> {
            List<Node> above = byTarget.getOrDefault(pointer(key, row), List.of());
            if (inTheWay.isPresent()) {
                boolean isHeld = child.collection()
                        .filter(c -> held.holds(c.key(), row.key()))
                        .isPresent();
                above.forEach(p -> p.stay(isHeld, inTheWay.get()));
            } else {
                hang(child.collection().orElseThrow(), row, above, all, fresh);
            }
            return true;
        });
        child.collection().ifPresent(c -> judgeChildren(c, fresh));
        return fresh.stream().filter(n -> !n.stays()).toList();
    }

    private static void hang(
            MappedCollection collection, Row row, List<Node> above, Map<Id, Node> all, List<Node> fresh) {
        Id id = new Id(collection.key(), row.key());
        Node node = all.get(id);
        if (node == null) {
            node = new Node(collection, row, false);
            all.put(id, node);
            fresh.add(node);
        }
        for (Node parent : above) {
            if (parent != node) {
                parent.children.add(node);
            }
        }
    }

    private static Key pointer(Catalogue.ForeignKey key, Row row) {
        List<Object> values = new ArrayList<>();
        key.columns().forEach(c -> values.add(row.value(c)));
        return new Key(values);
    }

    /** Why rows that point so keep what they point at, whatever else becomes of them. */
    private static Optional<String> inTheWay(Structure.Child child) {
        if (child.collection().isEmpty()) {
            return Optional.of("retention_reason_unmapped(" + child.foreignKey().table() + ")");
        }
        MappedCollection collection = child.collection().get();
        boolean goesWith = collection.onErasure() instanceof OnErasure.Delete && child.part();
        return collection.retention().isPresent() || goesWith
                ? Optional.empty()
                : Optional.of("retention_reason_without_rule(" + collection.address() + ")");
    }

    private void judgeChildren(MappedCollection collection, List<Node> nodes) {
        nodes.forEach(n -> n.held = held.holds(collection.key(), n.row.key()));
        List<Node> open = nodes.stream().filter(n -> !n.held).toList();
        if (!open.isEmpty() && collection.retention().isPresent()) {
            judgeByDate(collection, open);
        }
    }

    private void judgeByDate(MappedCollection collection, List<Node> nodes) {
        String reason = "retention_reason_not_due(" + collection.address() + ")";
        nodes.forEach(n -> n.kept = reason);
        Due due = purgeable.get(collection.key());
        if (due == null) {
            return;
        }
        Map<Key, Node> byKey = new HashMap<>();
        nodes.forEach(n -> byKey.put(n.row.key(), n));
        MappedCollection narrow = Ruled.only(collection, Set.of(due.field()));
        Lookup lookup = new Lookup(narrow, structure.keyFields(collection), List.copyOf(byKey.keySet()));
        system.find(lookup, row -> {
            Optional.ofNullable(byKey.get(row.key()))
                    .filter(n -> due.covers(row))
                    .ifPresent(n -> n.kept = null);
            return true;
        });
    }

    /** What keeps a row keeps what it points at: carried upwards until nothing changes any more. */
    private static void settle(Map<Id, Node> all) {
        boolean changed = true;
        while (changed) {
            changed = false;
            for (Node node : all.values()) {
                changed |= node.settle();
            }
        }
    }

    private static Fated told(List<Node> roots) {
        Map<String, Long> kept = new LinkedHashMap<>();
        List<Fated.Going> going = new ArrayList<>();
        Set<Node> taken = new HashSet<>();
        for (Node root : roots) {
            if (!root.stays() && !taken.contains(root)) {
                going.add(new Fated.Going(root.beneath(taken)));
            } else if (root.kept != null && !root.held) {
                kept.merge(root.kept, 1L, Long::sum);
            }
        }
        return new Fated(going, roots.stream().filter(n -> n.held).count(), kept);
    }
}
