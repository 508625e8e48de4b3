package org.habeas.retention;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.habeas.connector.Due;
import org.habeas.connector.Key;
import org.habeas.connector.Purge;
import org.habeas.datamap.CollectionKey;
import org.habeas.datamap.MappedCollection;

/** What was judged: rows that go, with what hangs on them; how many are held; how many are kept, by reason. */
record Fated(List<Going> going, long held, Map<String, Long> kept) {

    /**
     * A row that goes. {@code height} is more than that of every row that points at it; {@code root}: due by itself and not
     * only part of what is.
     */
    record Known(MappedCollection collection, Key key, int height, boolean root) {
        static final Comparator<Known> DEEPEST_FIRST = Comparator.comparingInt(Known::height)
                .thenComparing(k -> k.collection().name())
                .thenComparing(Known::root);

        /** Whether both can go by one statement. */
        boolean beside(Known other) {
            return height == other.height
                    && root == other.root
                    && collection.key().equals(other.collection.key());
        }
    }

    /** A due row, last, and before it the rows that go with it, deepest first. */
    record Going(List<Known> rows) {}

    /** What one statement of a slice purges; {@code roots} are due by themselves, others go with them. */
    record Step(Purge purge, boolean roots) {}

    /** Rows to be purged in one transaction, in this order, and how they belong together. */
    record Slice(List<Known> rows, List<Going> going) {

        static Slice of(List<Going> going) {
            List<Known> rows = new ArrayList<>();
            going.forEach(g -> rows.addAll(g.rows()));
            rows.sort(Known.DEEPEST_FIRST);
            return new Slice(rows, List.copyOf(going));
        }

        long roots() {
            return rows.stream().filter(Known::root).count();
        }

        /** One step for neighbours of a collection. Rows under a rule go only while they are due. */
        List<Step> steps(Map<CollectionKey, Due> purgeable) {
            List<Step> steps = new ArrayList<>();
            List<Key> keys = new ArrayList<>();
            for (int i = 0; i < rows.size(); i++) {
                MappedCollection collection = rows.get(i).collection();
                keys.add(rows.get(i).key());
                if (i + 1 == rows.size() || !rows.get(i + 1).beside(rows.get(i))) {
                    Optional<Due> due = Optional.ofNullable(purgeable.get(collection.key()));
                    Purge purge = new Purge(due.map(Due::collection).orElse(collection), List.copyOf(keys), due);
                    steps.add(new Step(purge, rows.get(i).root()));
                    keys.clear();
                }
            }
            return steps;
        }

        /** The same in two transactions, to find the row that is refused; nothing where one due row is left. */
        List<Slice> halves() {
            int middle = going.size() / 2;
            return middle == 0
                    ? List.of()
                    : List.of(of(going.subList(0, middle)), of(going.subList(middle, going.size())));
        }
    }

    /**
     * Cut into transactions of at most {@code most} rows. A row goes together with what hangs on it, unless that alone is
     * more than so many rows: then it goes before it.
     */
    List<Slice> slices(int most) {
        List<Slice> slices = new ArrayList<>();
        List<Going> some = new ArrayList<>();
        int rows = 0;
        for (Going next : going) {
            int more = next.rows().size();
            if (!some.isEmpty() && rows + more > most) {
                slices.add(Slice.of(some));
                some.clear();
                rows = 0;
            }
            if (more > most) {
                slices.addAll(piecemeal(next.rows(), most));
            } else {
                some.add(next);
                rows += more;
            }
        }
        if (!some.isEmpty()) {
            slices.add(Slice.of(some));
        }
        return slices;
    }

    private static List<Slice> piecemeal(List<Known> rows, int most) {
        List<Slice> slices = new ArrayList<>();
        for (int from = 0; from < rows.size(); from += most) {
            List<Known> some = rows.subList(from, Math.min(rows.size(), from + most));
            slices.add(new Slice(some, List.of(new Going(some))));
        }
        return slices;
    }
}
