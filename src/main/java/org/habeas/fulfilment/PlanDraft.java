package org.habeas.fulfilment;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.habeas.connector.Batch;
import org.habeas.connector.Row;
import org.habeas.connector.SystemFailure;
import org.habeas.connector.Values;
import org.habeas.datamap.CollectionKey;
import org.habeas.datamap.DataMap;
import org.habeas.datamap.MappedCollection;

/** A plan in full: every found row with its fate, the steps in their order, and what stands against it. */
final class PlanDraft {
    private final DataMap map;
    private final FoundRows rows;
    private final Tables tables;
    private final Judgement judgement;
    private final Dependents dependents;
    private final Steps steps;
    private final Set<Plan.Problem> problems = new LinkedHashSet<>();

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
            steps = new Steps(map, rows, tables, judgement, dependents, order.stages());
            problems.addAll(dependents.problems());
            problems.addAll(order.problems());
        } else {
            dependents = null;
            steps = new Steps(map, rows, tables, judgement, null, List.of());
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
        return steps.collections();
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
        new Trial(tables, problems).of(steps);
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

    static Plan.Problem unreachable(SystemFailure failure) {
        return new Plan.Problem(
                failure.system(),
                Optional.empty(),
                "does not answer: " + failure.getMessage(),
                "Try again, or see that the system is back");
    }

    /** All steps in their order. */
    void steps(Consumer<Step> each) {
        steps.each(each);
    }

    private Optional<Fate> fate(MappedCollection collection, Found found) {
        return judgement.of(collection, found);
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
}
