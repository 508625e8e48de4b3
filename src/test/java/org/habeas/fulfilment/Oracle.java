package org.habeas.fulfilment;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.habeas.datamap.FieldReference.Direction;
import org.habeas.datamap.MappedCollection.OnErasure;
import org.habeas.fulfilment.RandomWorld.Ref;
import org.habeas.fulfilment.RandomWorld.Rule;
import org.habeas.fulfilment.RandomWorld.Table;

/**
 * What contract section 10 says of a random world, worked out by looking at every pair of rows. Written apart from the
 * engine and without any of its classes: rows are the maps of the world, known by their identity.
 */
final class Oracle {
    enum What {
        DELETE,
        MASK,
        KEEP
    }

    private final RandomWorld world;
    private final Map<Map<String, Object>, Table> tableOf = new IdentityHashMap<>();
    final Set<Map<String, Object>> own = identity();
    final Set<Map<String, Object>> reached = identity();
    final Set<Map<String, Object>> hers = identity();
    final Set<Map<String, Object>> shared = identity();
    final Map<Map<String, Object>, What> fate = new IdentityHashMap<>();
    boolean problem;

    Oracle(RandomWorld world, String email) {
        this.world = world;
        world.tables.forEach(t -> t.rows.forEach(r -> tableOf.put(r, t)));
        own(email);
        reached();
        hers();
        fates();
        force();
    }

    private static <T> Set<T> identity() {
        return Collections.newSetFromMap(new IdentityHashMap<>());
    }

    /** Whether row a holds, in the columns of this reference, the key of row b. */
    private boolean points(Ref ref, Map<String, Object> a, Map<String, Object> b) {
        if (tableOf.get(a) != ref.from() || tableOf.get(b) != ref.to()) {
            return false;
        }
        for (int i = 0; i < ref.columns().size(); i++) {
            Object x = a.get(ref.columns().get(i));
            Object y = b.get(ref.named().get(i));
            if (x == null || y == null || !x.toString().equals(y.toString())) {
                return false;
            }
        }
        return true;
    }

    private List<Ref> refs() {
        return world.tables.stream().flatMap(t -> t.refs.stream()).toList();
    }

    private void own(String email) {
        tableOf.keySet().stream()
                .filter(r -> r.get("email") != null && r.get("email").toString().equalsIgnoreCase(email))
                .forEach(own::add);
        while (tableOf.keySet().stream().anyMatch(r -> !own.contains(r) && pointsAtOwn(r) && own.add(r))) {
            // until nothing more is hers
        }
    }

    private boolean pointsAtOwn(Map<String, Object> row) {
        return refs().stream().filter(ref -> ref.direction() != Direction.TO).anyMatch(ref -> own.stream()
                .anyMatch(o -> points(ref, row, o)));
    }

    private void reached() {
        while (tableOf.keySet().stream()
                .anyMatch(r -> !own.contains(r) && !reached.contains(r) && pointedAt(r) && reached.add(r))) {
            // until nothing more is reached
        }
    }

    private boolean pointedAt(Map<String, Object> row) {
        return refs().stream()
                .filter(ref -> ref.direction() != Direction.FROM)
                .anyMatch(ref -> own.stream().anyMatch(o -> points(ref, o, row))
                        || reached.stream().anyMatch(o -> points(ref, o, row)));
    }

    private void hers() {
        hers.addAll(own);
        reached.stream().filter(r -> tableOf.get(r).personal).forEach(hers::add);
        while (hers.removeIf(r -> !own.contains(r) && byOthers(r))) {
            // until what is left is pointed at by what is left alone
        }
        reached.stream().filter(r -> !hers.contains(r) && byOthers(r)).forEach(shared::add);
    }

    private boolean byOthers(Map<String, Object> row) {
        return refs().stream()
                .anyMatch(ref -> ref.from().rows.stream().anyMatch(o -> !hers.contains(o) && points(ref, o, row)));
    }

    private void fates() {
        own.forEach(r -> fate.put(r, fate(r)));
        reached.forEach(r -> fate.put(r, hers.contains(r) ? fate(r) : What.KEEP));
    }

    private What fate(Map<String, Object> row) {
        Table table = tableOf.get(row);
        if (table.dated && (row.get("day") == null || row.get("day").equals("2026-01-01"))) {
            return What.KEEP;
        }
        return table.onErasure instanceof OnErasure.Keep
                ? What.KEEP
                : table.onErasure instanceof OnErasure.Mask ? What.MASK : What.DELETE;
    }

    /** Foreign keys of the database: what stays holds what it points at; rows that are not hers stand against it. */
    private void force() {
        boolean changed = true;
        while (changed) {
            changed = false;
            for (Ref ref : refs()) {
                if (ref.rule() == Rule.NONE) {
                    continue;
                }
                for (Map<String, Object> parent : ref.to().rows) {
                    for (Map<String, Object> child : ref.from().rows) {
                        changed |= points(ref, child, parent) && force(child, parent);
                    }
                }
            }
        }
        for (Ref ref : refs()) {
            for (Map<String, Object> parent : ref.to().rows) {
                for (Map<String, Object> child : ref.from().rows) {
                    problem |= fate.get(parent) == What.DELETE
                            && !hers.contains(child)
                            && (ref.rule() == Rule.RESTRICT || ref.rule() == Rule.CASCADE)
                            && points(ref, child, parent);
                }
            }
        }
    }

    /** A kept row keeps, a blanked one blanks what was to be deleted; what is kept for one is not blanked for another. */
    private boolean force(Map<String, Object> child, Map<String, Object> parent) {
        boolean doomed = hers.contains(parent) && fate(parent) == What.DELETE;
        if (!doomed || !hers.contains(child) || fate.get(child).compareTo(fate.get(parent)) <= 0) {
            return false;
        }
        fate.put(parent, fate.get(child));
        return true;
    }

    /** Found rows as the engine would name them: table, standing, values. */
    Map<String, List<String>> found() {
        Map<String, List<String>> found = new TreeMap<>();
        own.forEach(r -> name(found, r, "OWN"));
        reached.forEach(r -> name(found, r, hers.contains(r) ? "REACHED" : shared.contains(r) ? "SHARED" : "CONTEXT"));
        found.replaceAll((t, rows) -> rows.stream().sorted().toList());
        return found;
    }

    private void name(Map<String, List<String>> found, Map<String, Object> row, String standing) {
        found.computeIfAbsent(tableOf.get(row).toString(), t -> new ArrayList<>())
                .add(standing + " " + text(row));
    }

    String text(Map<String, Object> row) {
        Map<String, Object> text = new LinkedHashMap<>();
        tableOf.get(row)
                .columns()
                .forEach(c -> text.put(c, row.get(c) == null ? null : row.get(c).toString()));
        return text.toString();
    }

    /** Everything as it must be afterwards. */
    Map<String, List<String>> after() {
        Map<String, List<String>> after = new TreeMap<>();
        for (Table table : world.tables) {
            List<String> rows = new ArrayList<>();
            for (Map<String, Object> row : table.rows) {
                What what = fate.get(row);
                if (what != What.DELETE) {
                    Map<String, Object> left = new LinkedHashMap<>(row);
                    tableOf.put(left, table);
                    if (what == What.MASK && table.personal) {
                        left.put("name", null);
                    }
                    cut(table, row, left);
                    rows.add(text(left));
                    tableOf.remove(left);
                }
            }
            after.put(table.toString(), rows.stream().sorted().toList());
        }
        return after;
    }

    /** Pointers that the database itself clears when their target goes. */
    private void cut(Table table, Map<String, Object> row, Map<String, Object> left) {
        for (Ref ref : table.refs) {
            boolean gone = ref.rule() == Rule.SET_NULL
                    && ref.to().rows.stream().anyMatch(p -> fate.get(p) == What.DELETE && points(ref, row, p));
            if (gone) {
                ref.columns().forEach(c -> left.put(c, null));
            }
        }
    }
}
