package org.habeas.fulfilment;

import static java.util.stream.Collectors.toList;

import java.util.ArrayList;
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
import org.habeas.connector.Key;
import org.habeas.connector.Row;
import org.habeas.connector.Values;
import org.habeas.datamap.CollectionKey;
import org.habeas.datamap.DataMap;
import org.habeas.datamap.MappedCollection;

/**
 * What hangs on the doomed rows by the live foreign keys, also those that the map does not name. A row that stays keeps
 * what it points at; rows outside the plan are a problem; the rest gives the order.
 */
final class Dependents {
    private static final int KEYS = 500;
    /** Beyond so many rows of others, more of them say nothing more. */
    private static final int ENOUGH = 1_000;

    private final DataMap map;
    private final FoundRows rows;
    private final Tables tables;
    private final Erasure erasure;
    private final List<Plan.Problem> problems = new ArrayList<>();
    /** Collections with rows that go unless something that stays holds them. */
    private final Set<CollectionKey> open = new LinkedHashSet<>();

    private final Map<CollectionKey, RowSet> doomed = new LinkedHashMap<>();
    private final Map<CollectionKey, Map<RowHash, Fate>> staying = new HashMap<>();
    private final Map<ForeignKey, Map<RowHash, Integer>> outside = new LinkedHashMap<>();
    private final Map<ForeignKey, CollectionKey> targets = new HashMap<>();
    private final Set<Edge> edges = new LinkedHashSet<>();
    private final Map<ForeignKey, RowSet> pointing = new HashMap<>();
    private final Map<ForeignKey, List<Pair>> pairs = new HashMap<>();

    /** Doomed rows of {@code child} point at doomed rows of {@code parent}. */
    record Edge(CollectionKey child, CollectionKey parent, ForeignKey foreignKey) {}

    /** One doomed row points at another of the same table. */
    record Pair(RowHash child, RowHash parent) {}

    Dependents(DataMap map, FoundRows rows, Tables tables, Erasure erasure) {
        this.map = map;
        this.rows = rows;
        this.tables = tables;
        this.erasure = erasure;
    }

    /** Looks until no more row is kept for the sake of another. */
    void look() {
        do {
            gather();
        } while (pass());
    }

    private void gather() {
        open.clear();
        doomed.clear();
        staying.clear();
        outside.clear();
        edges.clear();
        pointing.clear();
        pairs.clear();
        for (CollectionKey key : rows.collections()) {
            Optional<MappedCollection> collection = map.collection(key.dataset(), key.name());
            if (collection.isEmpty() || tables.byHand(key.dataset())) {
                continue;
            }
            boolean points = tables.table(collection.get())
                    .map(t -> !t.foreignKeys().isEmpty())
                    .orElse(false);
            rows.each(key, found -> {
                Fate fate = erasure.of(collection.get(), found).orElseThrow();
                if (erasure.open(collection.get(), found, RowHash.of(key, found))) {
                    open.add(key);
                }
                if (fate.deletes()) {
                    doomed.computeIfAbsent(key, k -> new RowSet()).add(RowHash.of(key, found));
                } else if (points && found.standing().hers()) {
                    staying.computeIfAbsent(key, k -> new HashMap<>()).put(RowHash.of(key, found), fate);
                }
                return true;
            });
        }
    }

    /** Whether a row was forced to stay. */
    private boolean pass() {
        boolean[] forced = {false};
        Map<String, List<CollectionKey>> bySystem =
                open.stream().collect(Collectors.groupingBy(CollectionKey::dataset, LinkedHashMap::new, toList()));
        bySystem.forEach(
                (system, keys) -> tables.connector(system).together(() -> keys.forEach(key -> forced[0] |= look(key))));
        return forced[0];
    }

    private boolean look(CollectionKey key) {
        boolean forced = false;
        MappedCollection collection = map.collection(key.dataset(), key.name()).orElseThrow();
        Optional<Catalogue.Table> table = tables.table(collection);
        if (table.isPresent()) {
            for (ForeignKey foreignKey : tables.catalogue(key.dataset()).pointingAt(table.get())) {
                forced |= look(collection, table.get(), foreignKey);
            }
        }
        return forced;
    }

    private boolean look(MappedCollection parent, Catalogue.Table table, ForeignKey foreignKey) {
        boolean[] forced = {false};
        Map<String, RowHash> pointed = new LinkedHashMap<>();
        List<Key> keys = new ArrayList<>();
        boolean whole = rows.each(parent.key(), found -> {
            RowHash hash = RowHash.of(parent.key(), found);
            if (!erasure.open(parent, found, hash)) {
                return true;
            }
            Optional<Key> key = tables.values(parent, table, found, foreignKey.targetColumns());
            if (key.isEmpty()) {
                return false;
            }
            if (!key.get().hasNull()) {
                pointed.put(Values.canonical(key.get().values()), hash);
                keys.add(key.get());
            }
            if (keys.size() >= KEYS) {
                forced[0] |= ask(parent, foreignKey, keys, pointed);
            }
            return true;
        });
        if (!whole) {
            problem(
                    parent.key(),
                    "its columns " + foreignKey.targetColumns() + " are pointed at by " + foreignKey.table()
                            + " but not in the map",
                    "Add them to the map");
        } else if (!keys.isEmpty()) {
            forced[0] |= ask(parent, foreignKey, keys, pointed);
        }
        return forced[0];
    }

    private boolean ask(MappedCollection parent, ForeignKey foreignKey, List<Key> keys, Map<String, RowHash> pointed) {
        String system = parent.dataset();
        Optional<CollectionKey> child = tables.collection(system, foreignKey.table());
        boolean keyed = tables.catalogue(system)
                .qualified(foreignKey.table())
                .filter(t -> !t.rowKey().isEmpty())
                .isPresent();
        boolean[] forced = {false};
        Map<RowHash, Integer> copies = new HashMap<>();
        tables.connector(system).pointing(foreignKey, List.copyOf(keys), row -> {
            RowHash target = pointed.get(Values.canonical(pointer(row, foreignKey)));
            if (target != null) {
                forced[0] |= depends(parent, foreignKey, target, child, row, keyed ? null : copies);
            }
            return outside.getOrDefault(foreignKey, Map.of()).size() < ENOUGH;
        });
        keys.clear();
        pointed.clear();
        return forced[0];
    }

    private static List<Object> pointer(Row row, ForeignKey foreignKey) {
        return foreignKey.columns().stream().map(row::value).collect(java.util.stream.Collectors.toList());
    }

    private boolean depends(
            MappedCollection parent,
            ForeignKey foreignKey,
            RowHash target,
            Optional<CollectionKey> child,
            Row row,
            Map<RowHash, Integer> copies) {
        targets.put(foreignKey, parent.key());
        boolean goes =
                doomed.containsKey(parent.key()) && doomed.get(parent.key()).contains(target);
        if (child.isPresent()) {
            int copy = copies == null
                    ? 0
                    : copies.merge(RowHash.of(child.get(), row.key().values(), 0), 1, Integer::sum) - 1;
            RowHash hash = RowHash.of(child.get(), row.key().values(), copy);
            if (doomed.containsKey(child.get()) && doomed.get(child.get()).contains(hash)) {
                if (goes) {
                    together(parent.key(), foreignKey, target, child.get(), hash);
                }
                return false;
            }
            Fate stays = staying.getOrDefault(child.get(), Map.of()).get(hash);
            if (stays != null) {
                return holds(foreignKey, target, child.get(), stays);
            }
        }
        if (goes) {
            outside.computeIfAbsent(foreignKey, k -> new HashMap<>()).merge(target, 1, Integer::sum);
        }
        return false;
    }

    private void together(
            CollectionKey parent, ForeignKey foreignKey, RowHash target, CollectionKey child, RowHash hash) {
        if (child.equals(parent) && hash.equals(target)) {
            return;
        }
        edges.add(new Edge(child, parent, foreignKey));
        pointing.computeIfAbsent(foreignKey, k -> new RowSet()).add(hash);
        if (child.equals(parent)) {
            pairs.computeIfAbsent(foreignKey, k -> new ArrayList<>()).add(new Pair(hash, target));
        }
    }

    /** A row that stays keeps what it points at, under its own rule; a blanked one keeps a blanked one. */
    private boolean holds(ForeignKey foreignKey, RowHash target, CollectionKey child, Fate stays) {
        if (stays.action() == Plan.Action.KEEP) {
            return erasure.force(target, Fate.keptBut("plan_kept_pointed(" + child.name() + ")", stays.mark()));
        }
        MappedCollection masked = map.collection(child.dataset(), child.name()).orElseThrow();
        if (erasure.cuts(masked, new HashSet<>(foreignKey.columns()))) {
            return false;
        }
        return erasure.force(target, Fate.masked("plan_masked_pointed(" + child.name() + ")"));
    }

    private void problem(CollectionKey collection, String what, String remedy) {
        problems.add(new Plan.Problem(collection.dataset(), Optional.of(collection.name()), what, remedy));
    }

    // ---- what came of it

    Set<CollectionKey> doomed() {
        return doomed.keySet();
    }

    boolean doomed(CollectionKey collection, Found found) {
        RowSet set = doomed.get(collection);
        return set != null && set.contains(RowHash.of(collection, found));
    }

    Set<Edge> edges() {
        return edges;
    }

    /** The doomed rows that point at another doomed row by this key. */
    RowSet pointing(ForeignKey foreignKey) {
        return pointing.getOrDefault(foreignKey, new RowSet());
    }

    List<Pair> pairs(ForeignKey foreignKey) {
        return pairs.getOrDefault(foreignKey, List.of());
    }

    /** Rows outside the plan that point at doomed ones; pointers that the database clears by itself are told apart. */
    List<Plan.Problem> problems() {
        List<Plan.Problem> all = new ArrayList<>(problems);
        outside.forEach((foreignKey, found) -> {
            if (foreignKey.onDelete() == OnDelete.SET_NULL || foreignKey.onDelete() == OnDelete.SET_DEFAULT) {
                return;
            }
            CollectionKey target = targets.get(foreignKey);
            int count = found.values().stream().mapToInt(Integer::intValue).sum();
            String who = (count >= ENOUGH ? "at least " : "") + count + " rows of " + foreignKey.table()
                    + " that are not part of this plan point at rows to be deleted";
            boolean cascade = foreignKey.onDelete() == OnDelete.CASCADE;
            all.add(new Plan.Problem(
                    target.dataset(),
                    Optional.of(target.name()),
                    cascade
                            ? who + ", and would be deleted with them (" + foreignKey.name() + ")"
                            : who + " (" + foreignKey.name() + ")",
                    "Map " + foreignKey.table()
                            + " with a reference so that they belong to the person, use on_erasure: mask" + " for "
                            + target.name() + ", or settle them first"));
        });
        return all.stream().distinct().toList();
    }

    /** Rows of others whose pointer the database clears when the row goes: told, because they change. */
    List<Plan.Item> cleared() {
        List<Plan.Item> items = new ArrayList<>();
        outside.forEach((foreignKey, found) -> {
            if (foreignKey.onDelete() == OnDelete.SET_NULL || foreignKey.onDelete() == OnDelete.SET_DEFAULT) {
                items.add(new Plan.Item(
                        targets.get(foreignKey).dataset(),
                        foreignKey.table(),
                        Plan.Action.CHANGE,
                        found.values().stream().mapToInt(Integer::intValue).sum(),
                        Optional.of("plan_cleared"),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
            }
        });
        return items;
    }
}
