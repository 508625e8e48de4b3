package org.habeas.fulfilment;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
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
import org.habeas.connector.Objection;
import org.habeas.connector.Row;
import org.habeas.connector.SystemFailure;
import org.habeas.connector.Values;
import org.habeas.datamap.CollectionKey;
import org.habeas.datamap.DataMap;
import org.habeas.datamap.MappedCollection;
import org.habeas.datamap.SystemEntry;

/** A plan in full: every found row with its fate, the steps in their order, and what stands against it. */
final class PlanDraft {
    /** Up to so many rows of a system are rehearsed where triggers may have a say. */
    private static final int REHEARSED = 2_000;

    private final DataMap map;
    private final FoundRows rows;
    private final Tables tables;
    private final Judgement judgement;
    private final Dependents dependents;
    private final List<Order.Stage> stages;
    private final Set<Plan.Problem> problems = new LinkedHashSet<>();

    /** One step: batches that belong into one transaction, mostly one. Rows done by hand are for their owner. */
    record Step(String system, String collection, Plan.Action action, boolean preparing, List<Batch> batches) {
        int rows() {
            return batches.stream().mapToInt(Batch::rows).sum();
        }
    }

    /** Rows that stay for the same reason, a few at a time. */
    record Keeping(CollectionKey collection, Fate fate, List<Row> rows) {}

    PlanDraft(DataMap map, FoundRows rows, Tables tables, Judgement judgement) {
        this.map = map;
        this.rows = rows;
        this.tables = tables;
        this.judgement = judgement;
        if (judgement instanceof Erasure erasure) {
            dependents = new Dependents(map, rows, tables, erasure);
            dependents.look();
            Order order = new Order(map, tables, dependents);
            stages = order.stages();
            problems.addAll(dependents.problems());
            problems.addAll(order.problems());
        } else {
            dependents = null;
            stages = List.of();
        }
    }

    /** How many rows are to be deleted. */
    long doomed() {
        long[] count = {0};
        for (MappedCollection collection : collections()) {
            if (!tables.byHand(collection.dataset())) {
                rows.each(collection.key(), found -> {
                    count[0] += fate(collection, found).map(Fate::deletes).orElse(false) ? 1 : 0;
                    return true;
                });
            }
        }
        return count[0];
    }

    private List<MappedCollection> collections() {
        // in the order of the map, whatever order they were found in
        Set<CollectionKey> found = new LinkedHashSet<>(rows.collections());
        return map.collections().stream().filter(c -> found.contains(c.key())).toList();
    }

    // ---- what is shown

    /** Items, problems, digest. Asks the systems what they think of the changes. */
    Plan plan() {
        Map<List<Object>, Plan.Item> items = new LinkedHashMap<>();
        List<RowHash> digests = new ArrayList<>();
        for (MappedCollection collection : collections()) {
            rows.each(collection.key(), found -> {
                judgement.of(collection, found).ifPresent(fate -> {
                    count(items, collection, fate.action(), fate, false);
                    if (fate.blank()
                            && !judgement.wanted(collection, found, fate).isEmpty()) {
                        count(items, collection, Plan.Action.MASK, fate, true);
                    }
                    digests.add(digest(collection, found, fate));
                });
                return true;
            });
        }
        List<Plan.Item> all = new ArrayList<>(items.values());
        if (dependents != null) {
            all.addAll(dependents.cleared());
        }
        judge();
        problems.addAll(judgement.problems());
        return new Plan(digest(digests), all, List.copyOf(problems));
    }

    private static void count(
            Map<List<Object>, Plan.Item> items,
            MappedCollection collection,
            Plan.Action action,
            Fate fate,
            boolean blanked) {
        Optional<String> reason = blanked ? Optional.of("plan_blanked") : fate.reason();
        Optional<Retentions.Mark> mark = blanked ? Optional.empty() : fate.mark();
        List<Object> same = List.of(collection.address(), action, reason, mark);
        Plan.Item one = new Plan.Item(
                collection.dataset(),
                collection.name(),
                action,
                1,
                reason,
                mark.map(m -> m.rule().id()),
                mark.map(m -> m.rule().citation()),
                mark.flatMap(Retentions.Mark::until));
        items.merge(same, one, (a, b) -> a.plus(b.rows()));
    }

    /** Rows of others are in the digest by what they are, hers by all that was seen of them. */
    private RowHash digest(MappedCollection collection, Found found, Fate fate) {
        String seen = found.standing().hers() ? Values.canonical(found.row().values()) : "";
        String mark = fate.mark().map(m -> m.rule().id() + " " + m.until()).orElse("");
        return RowHash.of(String.join(
                "\n",
                RowHash.of(collection.key(), found).hex(),
                fate.action().code(),
                mark,
                judgement.intended(collection, found, fate),
                seen));
    }

    private static String digest(List<RowHash> rows) {
        MessageDigest sha = RowHash.sha256();
        rows.sort(Comparator.naturalOrder());
        rows.forEach(r -> sha.update(r.bytes()));
        return HexFormat.of().formatHex(sha.digest());
    }

    // ---- what the systems say

    private void judge() {
        Map<String, List<Batch>> rehearsal = new LinkedHashMap<>();
        Map<String, Integer> sizes = new HashMap<>();
        try {
            steps(step -> {
                if (tables.byHand(step.system())) {
                    return;
                }
                for (Batch batch : step.batches()) {
                    for (Objection objection : tables.connector(step.system()).objections(batch)) {
                        problem(step.system(), step.collection(), objection);
                    }
                    sizes.merge(step.system(), batch.rows(), Integer::sum);
                    if (sizes.get(step.system()) <= REHEARSED) {
                        rehearsal
                                .computeIfAbsent(step.system(), s -> new ArrayList<>())
                                .add(batch);
                    }
                }
            });
            if (problems.isEmpty()) {
                rehearse(rehearsal, sizes);
            }
        } catch (SystemFailure e) {
            problems.add(unreachable(e));
        }
    }

    private void rehearse(Map<String, List<Batch>> rehearsal, Map<String, Integer> sizes) {
        rehearsal.forEach((system, batches) -> {
            boolean triggers = batches.stream().anyMatch(b -> tables.table(b.collection())
                    .map(t -> !t.triggers().isEmpty())
                    .orElse(false));
            if (triggers && sizes.get(system) <= REHEARSED) {
                tables.connector(system)
                        .rehearse(batches)
                        .forEach(o -> problems.add(new Plan.Problem(system, Optional.empty(), o.what(), o.remedy())));
            }
        });
    }

    private void problem(String system, String collection, Objection objection) {
        problems.add(new Plan.Problem(system, Optional.of(collection), objection.what(), objection.remedy()));
    }

    static Plan.Problem unreachable(SystemFailure failure) {
        return new Plan.Problem(
                failure.system(),
                Optional.empty(),
                "does not answer: " + failure.getMessage(),
                "Try again, or see that the system is back");
    }

    // ---- what is done

    /** All steps in their order: blanks and changes first, then what is deleted, system by system. */
    void steps(Consumer<Step> steps) {
        for (String system : systems()) {
            for (MappedCollection collection : collections()) {
                if (collection.dataset().equals(system)) {
                    sets(collection, steps);
                }
            }
            if (tables.byHand(system)) {
                collections().stream()
                        .filter(c -> c.dataset().equals(system))
                        .forEach(c ->
                                deletes(c, f -> fate(c, f).map(Fate::deletes).orElse(false), steps));
                continue;
            }
            for (Order.Stage stage : stages) {
                if (stage.collection().dataset().equals(system)) {
                    stage(stage, steps);
                }
            }
        }
    }

    private Optional<Fate> fate(MappedCollection collection, Found found) {
        return judgement.of(collection, found);
    }

    /** Systems whose rows point into another one first. */
    private List<String> systems() {
        return map.systems().stream().map(SystemEntry::name).toList();
    }

    private void sets(MappedCollection collection, Consumer<Step> steps) {
        Map<Plan.Action, Batches> open = new HashMap<>();
        Copies copies = new Copies(
                collection, f -> fate(collection, f).map(x -> !x.deletes()).orElse(false));
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
        Map<String, Object> values = null;
        RowHash hash = RowHash.of(collection.key(), found);
        for (Order.Stage stage : stages) {
            if (!(stage instanceof Order.Loosen loosen) || !loosen.collection().equals(collection.key())) {
                continue;
            }
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
        Copies copies = new Copies(collection, which);
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

    /** What stays, and why. */
    void keepings(Consumer<Keeping> keepings) {
        for (MappedCollection collection : collections()) {
            Map<Fate, List<Row>> open = new LinkedHashMap<>();
            rows.each(collection.key(), found -> {
                fate(collection, found)
                        .filter(f -> f.action() == Plan.Action.KEEP)
                        .ifPresent(f -> {
                            List<Row> some = open.computeIfAbsent(f, x -> new ArrayList<>());
                            some.add(found.row());
                            if (some.size() == Batch.MOST) {
                                keepings.accept(new Keeping(collection.key(), f, List.copyOf(some)));
                                some.clear();
                            }
                        });
                return true;
            });
            open.forEach((f, some) -> {
                if (!some.isEmpty()) {
                    keepings.accept(new Keeping(collection.key(), f, List.copyOf(some)));
                }
            });
        }
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

    /** Equal rows of a table without a primary key become one change of so many copies. */
    private final class Copies {
        private final Map<RowHash, int[]> counts = new HashMap<>();
        private final CollectionKey key;
        private final boolean keyed;

        Copies(MappedCollection collection, Predicate<Found> which) {
            key = collection.key();
            keyed = tables.byHand(key.dataset())
                    || tables.table(collection).map(t -> !t.rowKey().isEmpty()).orElse(true);
            if (!keyed) {
                rows.each(key, found -> {
                    int[] count = counts.computeIfAbsent(
                            RowHash.of(key, found.row().key().values(), 0), h -> new int[2]);
                    count[0]++;
                    count[1] += which.test(found) ? 1 : 0;
                    return true;
                });
            }
        }

        List<Batch.Change> of(Found found, Batch.Change change) {
            if (keyed) {
                return List.of(change);
            }
            int[] count = counts.remove(RowHash.of(key, found.row().key().values(), 0));
            List<Batch.Change> changes = new ArrayList<>();
            if (count != null) {
                for (int left = count[1], present = count[0]; left > 0; ) {
                    int some = Math.min(left, Batch.MOST);
                    changes.add(change.copies(some, present));
                    left -= some;
                    present -= some;
                }
            }
            return changes;
        }
    }
}
