package org.habeas.fulfilment;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.habeas.connector.Catalogue;
import org.habeas.connector.Values;
import org.habeas.datamap.MappedCollection;
import org.habeas.datamap.MappedCollection.OnErasure;
import org.habeas.datamap.MappedField;
import org.habeas.datamap.Mask;

/** Article 17, row by row: whose it is, what the law keeps, what the map says; and what other rows force upon it. */
final class Erasure implements Judgement {
    private final Retentions retentions;
    private final Tables tables;
    private final Masks masks;
    private final Map<RowHash, Fate> forced = new HashMap<>();
    private final Map<String, Map<String, Mask>> blanks = new HashMap<>();
    private final Map<String, Map<String, Mask>> defaults = new HashMap<>();
    private final List<Plan.Problem> problems = new ArrayList<>();

    Erasure(Retentions retentions, Tables tables, Masks masks) {
        this.retentions = retentions;
        this.tables = tables;
        this.masks = masks;
    }

    @Override
    public Optional<Fate> of(MappedCollection collection, Found found) {
        if (!forced.isEmpty()) {
            Fate fate = forced.get(RowHash.of(collection.key(), found));
            if (fate != null) {
                return Optional.of(fate);
            }
        }
        return Optional.of(unforced(collection, found));
    }

    private Fate unforced(MappedCollection collection, Found found) {
        if (found.standing() == Standing.SHARED) {
            return Fate.kept("plan_kept_shared");
        }
        if (found.standing() == Standing.CONTEXT) {
            return Fate.kept("plan_kept_context");
        }
        if (shows(collection)) {
            return Fate.kept("plan_kept_view");
        }
        Optional<Retentions.Mark> mark = retentions.of(collection, found.row());
        if (mark.isPresent()) {
            boolean dated = mark.get().until().isPresent();
            return Fate.keptBut(dated ? mark.get().rule().title() : "plan_kept_no_date", mark);
        }
        OnErasure onErasure = collection.onErasure();
        if (onErasure instanceof OnErasure.Keep keep) {
            return Fate.keptBut(keep.reason(), Optional.empty());
        }
        return onErasure instanceof OnErasure.Mask ? Fate.MASK : Fate.DELETE;
    }

    /** Whether the row was to be deleted before others forced anything, and is not kept for good. */
    boolean open(MappedCollection collection, Found found, RowHash hash) {
        Fate fate = forced.get(hash);
        return (fate == null || fate.action() != Plan.Action.KEEP)
                && unforced(collection, found).deletes();
    }

    /** A view whose tables are all mapped: its rows go with theirs. */
    private boolean shows(MappedCollection collection) {
        Optional<Catalogue.Table> view = tables.table(collection).filter(t -> t.kind() == Catalogue.Table.Kind.VIEW);
        return view.isPresent()
                && !view.get().shows().isEmpty()
                && view.get().shows().stream().allMatch(t -> tables.collection(collection.dataset(), t)
                        .isPresent());
    }

    /** Another row forces this fate upon the row; whether that is news. What keeps longer wins. */
    boolean force(RowHash row, Fate fate) {
        Fate before = forced.get(row);
        Fate after = before == null ? fate : stronger(before, fate);
        forced.put(row, after);
        return !after.equals(before);
    }

    private static Fate stronger(Fate a, Fate b) {
        if (a.action() != b.action()) {
            return a.action() == Plan.Action.KEEP ? a : b;
        }
        if (a.mark().isEmpty() || b.mark().isEmpty()) {
            return a.mark().isEmpty() ? a : b;
        }
        Optional<java.time.LocalDate> x = a.mark().get().until();
        Optional<java.time.LocalDate> y = b.mark().get().until();
        return x.isEmpty() || y.isPresent() && !x.get().isBefore(y.get()) ? a : b;
    }

    // ---- masks

    @Override
    public Map<String, Object> wanted(MappedCollection collection, Found found, Fate fate) {
        Map<String, Object> wanted = new LinkedHashMap<>();
        of(collection, fate).forEach((field, mask) -> {
            Object now = found.row().value(field);
            Object then = masks.apply(mask, place(collection, field), now);
            if (!Values.same(now, then)) {
                wanted.put(field, then);
            }
        });
        return wanted;
    }

    @Override
    public String intended(MappedCollection collection, Found found, Fate fate) {
        return new TreeMap<>(of(collection, fate)).toString();
    }

    private Map<String, Mask> of(MappedCollection collection, Fate fate) {
        return switch (fate.action()) {
            case MASK -> defaults.computeIfAbsent(collection.address(), a -> defaults(collection));
            case KEEP -> fate.blank()
                    ? blanks.computeIfAbsent(collection.address(), a -> blanks(collection))
                    : Map.of();
            default -> Map.of();
        };
    }

    /** The fields that go at once although the row stays. */
    private Map<String, Mask> blanks(MappedCollection collection) {
        Map<String, Mask> blanks = new LinkedHashMap<>();
        for (String name : collection.whileRetained()) {
            collection.field(name).ifPresent(f -> put(blanks, collection, f, f.mask()));
        }
        return blanks;
    }

    /** The fields that are blanked in place of the row: those with a mask of their own, and all that are personal. */
    private Map<String, Mask> defaults(MappedCollection collection) {
        Map<String, Mask> all = new LinkedHashMap<>();
        for (MappedField field : collection.fields()) {
            if (field.mask().isPresent() || field.personal() && !bears(collection, field)) {
                put(all, collection, field, field.mask());
            }
        }
        return all;
    }

    private void put(Map<String, Mask> all, MappedCollection collection, MappedField field, Optional<Mask> own) {
        Optional<Catalogue.Column> column =
                place(collection, field.name()).filter(p -> p.path().isEmpty()).map(Catalogue.Place::column);
        if (own.isEmpty() && column.map(Catalogue.Column::generated).orElse(false)) {
            return;
        }
        if (field.readOnly()) {
            problems.add(new Plan.Problem(
                    collection.dataset(),
                    Optional.of(collection.name()),
                    field.name() + " is read-only and cannot be masked",
                    "Use on_erasure: delete, or take read_only away"));
            return;
        }
        boolean nullable = column.map(Catalogue.Column::nullable).orElse(true);
        all.put(field.name(), own.orElse(nullable ? new Mask.Clear() : new Mask.Random()));
    }

    /** Whether other rows hold on to the field: the row's key, or a pointer that must not be null. */
    private boolean bears(MappedCollection collection, MappedField field) {
        return tables.table(collection)
                .map(t -> {
                    String column =
                            t.place(field.name()).map(p -> p.column().name()).orElse("");
                    boolean points = t.foreignKeys().stream()
                                    .anyMatch(k -> k.columns().contains(column))
                            && !t.column(column).map(Catalogue.Column::nullable).orElse(true);
                    return points
                            || t.rowKey().contains(column) && t.primaryKey().contains(column);
                })
                .orElse(field.primaryKey());
    }

    /** Whether masking such a row cuts this pointer, so that it no longer holds its target. */
    boolean cuts(MappedCollection collection, Set<String> columns) {
        return of(collection, Fate.MASK).entrySet().stream()
                .anyMatch(m -> m.getValue() instanceof Mask.Clear
                        && place(collection, m.getKey())
                                .filter(p -> columns.contains(p.column().name()))
                                .isPresent());
    }

    private Optional<Catalogue.Place> place(MappedCollection collection, String field) {
        return tables.table(collection).flatMap(t -> t.place(field));
    }

    @Override
    public List<Plan.Problem> problems() {
        return problems.stream().distinct().toList();
    }
}
