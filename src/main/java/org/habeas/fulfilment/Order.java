package org.habeas.fulfilment;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.habeas.connector.Catalogue;
import org.habeas.connector.Catalogue.ForeignKey;
import org.habeas.connector.Catalogue.OnDelete;
import org.habeas.datamap.CollectionKey;
import org.habeas.datamap.DataMap;

/**
 * In which order doomed rows go: what points before what it points at. A circle is opened where a pointer may be null, is
 * done in one transaction where the database checks at its end, and is a problem where neither is possible.
 */
final class Order {
    private final DataMap map;
    private final Tables tables;
    private final Dependents dependents;
    private final List<Stage> stages = new ArrayList<>();
    private final List<Plan.Problem> problems = new ArrayList<>();

    /** What is done next. */
    sealed interface Stage {
        CollectionKey collection();
    }

    /** Pointers of rows that go later are set to null first. */
    record Loosen(CollectionKey collection, ForeignKey foreignKey) implements Stage {}

    record Delete(CollectionKey collection) implements Stage {}

    /** All rows of these collections in one transaction. */
    record Together(List<CollectionKey> collections) implements Stage {
        @Override
        public CollectionKey collection() {
            return collections.get(0);
        }
    }

    /** The rows of one table level by level: those that nothing points at first. */
    record Levels(CollectionKey collection, Map<RowHash, Integer> level) implements Stage {}

    Order(DataMap map, Tables tables, Dependents dependents) {
        this.map = map;
        this.tables = tables;
        this.dependents = dependents;
        Map<CollectionKey, List<Dependents.Edge>> edges =
                dependents.edges().stream().collect(Collectors.groupingBy(Dependents.Edge::child));
        components().forEach(component -> add(component, edges));
    }

    List<Stage> stages() {
        // loosening first, so that whatever is deleted later is as the plan says
        List<Stage> ordered =
                new ArrayList<>(stages.stream().filter(s -> s instanceof Loosen).toList());
        stages.stream().filter(s -> !(s instanceof Loosen)).forEach(ordered::add);
        return ordered;
    }

    List<Plan.Problem> problems() {
        return problems;
    }

    // ---- one circle, or one collection that is in none

    private void add(List<CollectionKey> component, Map<CollectionKey, List<Dependents.Edge>> edges) {
        List<Dependents.Edge> inside = component.stream()
                .flatMap(c -> edges.getOrDefault(c, List.of()).stream())
                .filter(e -> component.contains(e.parent()))
                .toList();
        if (inside.isEmpty()) {
            component.forEach(c -> stages.add(new Delete(c)));
            return;
        }
        List<Dependents.Edge> hard = inside.stream()
                .filter(e -> e.foreignKey().onDelete() != OnDelete.CASCADE)
                .toList();
        List<Dependents.Edge> fixed = hard.stream().filter(e -> !loosable(e)).toList();
        if (acyclic(component, fixed)) {
            hard.stream().filter(this::loosable).forEach(e -> stages.add(new Loosen(e.child(), e.foreignKey())));
            sorted(component, fixed).forEach(c -> stages.add(new Delete(c)));
        } else if (hard.stream().allMatch(e -> e.foreignKey().deferrable())) {
            stages.add(new Together(component));
        } else if (component.size() == 1 && levels(component.get(0), fixed)) {
            return;
        } else {
            for (CollectionKey collection : component) {
                problems.add(new Plan.Problem(
                        collection.dataset(),
                        Optional.of(collection.name()),
                        "its rows point at each other in a circle by keys that may not be null and are checked at once ("
                                + fixed.stream()
                                        .map(e -> e.foreignKey().name())
                                        .distinct()
                                        .toList() + ")",
                        "Make one of the keys deferrable or nullable, or use on_erasure: mask"));
            }
        }
    }

    /** Whether the pointer can be set to null, without being part of what the row is known by. */
    private boolean loosable(Dependents.Edge edge) {
        Optional<Catalogue.Table> table =
                map.collection(edge.child().dataset(), edge.child().name()).flatMap(tables::table);
        return table.isPresent()
                && !table.get().rowKey().isEmpty()
                && edge.foreignKey().columns().stream()
                        .anyMatch(c -> !table.get().rowKey().contains(c)
                                && table.get()
                                        .column(c)
                                        .map(k -> k.nullable() && !k.generated())
                                        .orElse(false));
    }

    /** Works out who points at whom row by row; false where rows themselves form a circle. */
    private boolean levels(CollectionKey collection, List<Dependents.Edge> fixed) {
        Map<RowHash, List<RowHash>> parents = new HashMap<>();
        Map<RowHash, Integer> pointers = new HashMap<>();
        for (Dependents.Edge edge : fixed) {
            for (Dependents.Pair pair : dependents.pairs(edge.foreignKey())) {
                parents.computeIfAbsent(pair.child(), c -> new ArrayList<>()).add(pair.parent());
                pointers.merge(pair.parent(), 1, Integer::sum);
            }
        }
        Map<RowHash, Integer> level = new HashMap<>();
        Deque<RowHash> open = new ArrayDeque<>();
        parents.keySet().stream().filter(c -> !pointers.containsKey(c)).forEach(open::add);
        while (!open.isEmpty()) {
            RowHash child = open.poll();
            for (RowHash parent : parents.getOrDefault(child, List.of())) {
                level.merge(parent, level.getOrDefault(child, 0) + 1, Math::max);
                if (pointers.merge(parent, -1, Integer::sum) == 0) {
                    open.add(parent);
                }
            }
        }
        if (pointers.values().stream().anyMatch(n -> n > 0)) {
            return false;
        }
        stages.add(new Levels(collection, level));
        return true;
    }

    // ---- graphs

    /** The circles, each after those that point into it (Tarjan); systems in the order in which they point. */
    private List<List<CollectionKey>> components() {
        Set<CollectionKey> nodes = new LinkedHashSet<>(dependents.doomed());
        Map<CollectionKey, Set<CollectionKey>> children = new HashMap<>();
        dependents.edges().forEach(e -> children.computeIfAbsent(e.parent(), p -> new LinkedHashSet<>())
                .add(e.child()));
        return new Tarjan(nodes, children).components;
    }

    private static boolean acyclic(Collection<CollectionKey> nodes, List<Dependents.Edge> edges) {
        return edges.stream().noneMatch(e -> e.child().equals(e.parent()))
                && sorted(nodes, edges).size() == nodes.size();
    }

    /** Children before parents; shorter than the nodes where there is a circle. */
    private static List<CollectionKey> sorted(Collection<CollectionKey> nodes, List<Dependents.Edge> edges) {
        Map<CollectionKey, Set<CollectionKey>> children = new LinkedHashMap<>();
        nodes.forEach(n -> children.put(n, new HashSet<>()));
        edges.forEach(e -> children.get(e.parent()).add(e.child()));
        List<CollectionKey> sorted = new ArrayList<>();
        boolean more = true;
        while (more) {
            more = false;
            for (CollectionKey node : nodes) {
                if (!sorted.contains(node) && sorted.containsAll(children.get(node))) {
                    sorted.add(node);
                    more = true;
                }
            }
        }
        return sorted;
    }

    /** Strongly connected components; one comes out after all that it leads to, here: its children. */
    private static final class Tarjan {
        final List<List<CollectionKey>> components = new ArrayList<>();
        private final Map<CollectionKey, Set<CollectionKey>> next;
        private final Map<CollectionKey, Integer> index = new HashMap<>();
        private final Map<CollectionKey, Integer> low = new HashMap<>();
        private final Deque<CollectionKey> stack = new ArrayDeque<>();
        private final Set<CollectionKey> stacked = new HashSet<>();

        Tarjan(Set<CollectionKey> nodes, Map<CollectionKey, Set<CollectionKey>> next) {
            this.next = next;
            nodes.stream().filter(n -> !index.containsKey(n)).forEach(this::visit);
        }

        private void visit(CollectionKey node) {
            index.put(node, index.size());
            low.put(node, index.get(node));
            stack.push(node);
            stacked.add(node);
            for (CollectionKey other : next.getOrDefault(node, Set.of())) {
                if (!index.containsKey(other)) {
                    visit(other);
                    low.merge(node, low.get(other), Math::min);
                } else if (stacked.contains(other)) {
                    low.merge(node, index.get(other), Math::min);
                }
            }
            if (low.get(node).equals(index.get(node))) {
                List<CollectionKey> component = new ArrayList<>();
                CollectionKey member;
                do {
                    member = stack.pop();
                    stacked.remove(member);
                    component.add(member);
                } while (!member.equals(node));
                components.add(component);
            }
        }
    }
}
