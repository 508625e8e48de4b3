package org.habeas.fulfilment;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.habeas.connector.Batch;
import org.habeas.connector.Catalogue;
import org.habeas.connector.Row;
import org.habeas.datamap.CollectionKey;
import org.habeas.datamap.DataMap;
import org.habeas.datamap.MappedCollection;
import org.habeas.datamap.SystemEntry;

/** The steps of a plan in their order, made anew each time they are asked for. */
final class Steps {
    private final DataMap map;
    private final FoundRows rows;
    private final Tables tables;
    private final Judgement judgement;
    private final Dependents dependents;
    private final List<Order.Stage> stages;
    private final Map<CollectionKey, List<Order.Loosen>> loosens = new HashMap<>();
    private final List<MappedCollection> collections;

    /** {@code dependents} and {@code stages} are an erasure's: nothing else deletes in the systems. */
    Steps(
            DataMap map,
            FoundRows rows,
            Tables tables,
            Judgement judgement,
            Dependents dependents,
            List<Order.Stage> stages) {
        this.map = map;
        this.rows = rows;
        this.tables = tables;
        this.judgement = judgement;
        this.dependents = dependents;
        this.stages = stages;
        for (Order.Stage stage : stages) {
            if (stage instanceof Order.Loosen loosen) {
                loosens.computeIfAbsent(loosen.collection(), c -> new ArrayList<>())
                        .add(loosen);
            }
        }
        Set<CollectionKey> found = new LinkedHashSet<>(rows.collections());
        collections =
                map.collections().stream().filter(c -> found.contains(c.key())).toList();
    }

    /** All of them: blanks and changes first, then what is deleted, system by system. */
    void each(Consumer<Step> steps) {
        systems().forEach(system -> of(system, steps));
    }

    /** Those of one system. */
    void of(String system, Consumer<Step> steps) {
        List<MappedCollection> its =
                collections.stream().filter(c -> c.dataset().equals(system)).toList();
        its.forEach(c -> sets(c, steps));
        if (tables.byHand(system)) {
            its.forEach(c -> deletes(c, f -> fate(c, f).map(Fate::deletes).orElse(false), steps));
            return;
        }
        for (Order.Stage stage : stages) {
            if (stage.collection().dataset().equals(system)) {
                stage(stage, steps);
            }
        }
    }

    /** Systems whose rows point into another one first. */
    List<String> systems() {
        return map.systems().stream().map(SystemEntry::name).toList();
    }

    /** The collections in which something was found, in the order of the map. */
    List<MappedCollection> collections() {
        return collections;
    }

    private Optional<Fate> fate(MappedCollection collection, Found found) {
        return judgement.of(collection, found);
    }

    private void sets(MappedCollection collection, Consumer<Step> steps) {
        Map<Plan.Action, Batches> open = new HashMap<>();
        Copies copies = new Copies(rows, tables, collection, f -> fate(collection, f)
                .map(x -> !x.deletes())
                .orElse(false));
        rows.each(collection.key(), found -> {
            Optional<Fate> fate = fate(collection, found);
            if (fate.isEmpty() || fate.get().deletes() || !found.standing().hers()) {
                return true;
            }
            Map<String, Object> wanted = judgement.wanted(collection, found, fate.get());
            if (!wanted.isEmpty()) {
                Plan.Action action = fate.get().action() == Plan.Action.CHANGE ? Plan.Action.CHANGE : Plan.Action.MASK;
                Batches batches = open.computeIfAbsent(action, a -> new Batches(collection, a, false, steps));
                copies.of(found, Batch.Change.set(found.row(), wanted)).forEach(batches::add);
            }
            return true;
        });
        open.values().forEach(Batches::close);
    }

    private void stage(Order.Stage stage, Consumer<Step> steps) {
        MappedCollection collection = collection(stage.collection());
        if (stage instanceof Order.Loosen loosen) {
            loosen(collection, loosen.foreignKey(), steps);
        } else if (stage instanceof Order.Together together) {
            List<Batch> all = new ArrayList<>();
            together.collections()
                    .forEach(c -> deletes(collection(c), f -> dependents.doomed(c, f), s -> all.addAll(s.batches())));
            steps.accept(new Step(collection.dataset(), collection.name(), Plan.Action.DELETE, false, all));
        } else if (stage instanceof Order.Levels levels) {
            int deepest = levels.level().values().stream()
                    .mapToInt(Integer::intValue)
                    .max()
                    .orElse(0);
            for (int n = 0; n <= deepest; n++) {
                int level = n;
                deletes(
                        collection,
                        f -> dependents.doomed(collection.key(), f)
                                && levels.level().getOrDefault(RowHash.of(collection.key(), f), 0) == level,
                        steps);
            }
        } else {
            deletes(collection, f -> dependents.doomed(collection.key(), f), steps);
        }
    }

    private void loosen(MappedCollection collection, Catalogue.ForeignKey foreignKey, Consumer<Step> steps) {
        RowSet pointing = dependents.pointing(foreignKey);
        Map<String, Object> cut = cut(collection, foreignKey);
        Batches batches = new Batches(collection, Plan.Action.DELETE, true, steps);
        rows.each(collection.key(), found -> {
            RowHash hash = RowHash.of(collection.key(), found);
            if (pointing.contains(hash) && dependents.doomed(collection.key(), found)) {
                batches.add(
                        Batch.Change.set(loosened(collection, found, foreignKey).row(), cut));
            }
            return true;
        });
        batches.close();
    }

    /** The nullable columns of the pointer, by the names of their fields where the map has them. */
    private Map<String, Object> cut(MappedCollection collection, Catalogue.ForeignKey foreignKey) {
        Catalogue.Table table = tables.table(collection).orElseThrow();
        Map<String, Object> cut = new LinkedHashMap<>();
        for (String column : foreignKey.columns()) {
            boolean nullable = table.column(column)
                    .map(c -> c.nullable() && !table.rowKey().contains(column))
                    .orElse(false);
            if (nullable) {
                cut.put(tables.field(collection, table, column).orElse(column), null);
            }
        }
        return cut;
    }

    /** The row as it will be once the pointers that are loosened before {@code until} are gone; all, if that is null. */
    private Found loosened(MappedCollection collection, Found found, Catalogue.ForeignKey until) {
        if (!loosens.containsKey(collection.key())) {
            return found;
        }
        Map<String, Object> values = null;
        RowHash hash = RowHash.of(collection.key(), found);
        for (Order.Loosen loosen : loosens.getOrDefault(collection.key(), List.of())) {
            if (loosen.foreignKey().equals(until)) {
                break;
            }
            if (dependents.pointing(loosen.foreignKey()).contains(hash)) {
                values = values == null ? new LinkedHashMap<>(found.row().values()) : values;
                for (String field : cut(collection, loosen.foreignKey()).keySet()) {
                    if (values.containsKey(field)) {
                        values.put(field, null);
                    }
                }
            }
        }
        return values == null ? found : new Found(new Row(found.row().key(), values), found.copy(), found.standing());
    }

    private void deletes(MappedCollection collection, Predicate<Found> which, Consumer<Step> steps) {
        Batches batches = new Batches(collection, Plan.Action.DELETE, false, steps);
        Copies copies = new Copies(rows, tables, collection, which);
        rows.each(collection.key(), found -> {
            if (which.test(found)) {
                Row before = loosened(collection, found, null).row();
                copies.of(found, Batch.Change.delete(before)).forEach(batches::add);
            }
            return true;
        });
        batches.close();
    }

    private MappedCollection collection(CollectionKey key) {
        return map.collection(key.dataset(), key.name()).orElseThrow();
    }

    /** Gathers changes into batches of one step each. */
    private static final class Batches {
        private final MappedCollection collection;
        private final Plan.Action action;
        private final boolean preparing;
        private final Consumer<Step> steps;
        private List<Batch.Change> open = new ArrayList<>();
        private int size;

        Batches(MappedCollection collection, Plan.Action action, boolean preparing, Consumer<Step> steps) {
            this.collection = collection;
            this.action = action;
            this.preparing = preparing;
            this.steps = steps;
        }

        void add(Batch.Change change) {
            if (size + change.copies() > Batch.MOST) {
                close();
            }
            open.add(change);
            size += change.copies();
        }

        void close() {
            if (!open.isEmpty()) {
                Batch batch = new Batch("", collection, List.copyOf(open));
                steps.accept(new Step(collection.dataset(), collection.name(), action, preparing, List.of(batch)));
                open = new ArrayList<>();
                size = 0;
            }
        }
    }
}
