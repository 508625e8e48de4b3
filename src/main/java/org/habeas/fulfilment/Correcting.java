package org.habeas.fulfilment;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.habeas.connector.Values;
import org.habeas.datamap.DataMap;
import org.habeas.datamap.MappedCollection;
import org.habeas.datamap.MappedField;
import org.habeas.request.Correction;

/**
 * Article 16, row by row. System, collection and field say which value is meant; the same category with the same old value
 * is corrected everywhere it is held of the same person.
 */
final class Correcting implements Judgement {
    private final List<Wish> wishes;
    private final boolean[] met;

    private record Wish(Correction correction, Set<String> categories, Set<String> old, boolean anyOld) {}

    Correcting(DataMap map, FoundRows rows, List<Correction> corrections) {
        wishes = corrections.stream().map(c -> wish(map, rows, c)).toList();
        met = new boolean[wishes.size()];
    }

    /** Which categories are meant, and which old values: the one that was told, or those that the named fields have. */
    private static Wish wish(DataMap map, FoundRows rows, Correction correction) {
        Set<String> categories = new HashSet<>();
        Set<String> old = new HashSet<>();
        boolean told = correction.from() != null && !correction.from().isBlank();
        if (told) {
            old.add(plain(correction.from()));
        }
        for (MappedCollection collection : map.collections()) {
            for (MappedField field : collection.fields()) {
                if (named(correction, collection, field)) {
                    field.categories().stream()
                            .filter(c -> c.startsWith("user"))
                            .forEach(categories::add);
                    if (!told) {
                        rows.each(
                                collection.key(),
                                f -> f.standing() != Standing.CONTEXT
                                                && add(old, f.row().value(field.name()))
                                        || true);
                    }
                }
            }
        }
        boolean placed = correction.system() != null || correction.collection() != null;
        return new Wish(correction, categories, old, !told && !placed);
    }

    private static boolean add(Set<String> old, Object value) {
        return value != null && old.add(plain(value.toString()));
    }

    private static boolean named(Correction correction, MappedCollection collection, MappedField field) {
        return (correction.system() == null || correction.system().equals(collection.dataset()))
                && (correction.collection() == null || correction.collection().equals(collection.name()))
                && (field.name().equals(correction.field()) || field.name().endsWith("." + correction.field()));
    }

    /** How values are compared with what a person typed: without regard to case and to spaces around and between. */
    private static String plain(String text) {
        return text.strip().replaceAll("\\s+", " ").toLowerCase(Locale.ROOT);
    }

    @Override
    public Optional<Fate> of(MappedCollection collection, Found found) {
        Map<MappedField, String> wanted = fields(collection, found);
        if (wanted.isEmpty()) {
            return Optional.empty();
        }
        if (!found.standing().hers()) {
            return Optional.of(Fate.kept("plan_kept_shared"));
        }
        if (wanted.keySet().stream().noneMatch(MappedField::correctable)) {
            return Optional.of(Fate.kept("plan_kept_not_correctable"));
        }
        if (wanted.keySet().stream().filter(MappedField::correctable).allMatch(MappedField::readOnly)) {
            return Optional.of(Fate.kept("plan_kept_read_only"));
        }
        return Optional.of(Fate.CHANGE);
    }

    @Override
    public Map<String, Object> wanted(MappedCollection collection, Found found, Fate fate) {
        Map<String, Object> wanted = new LinkedHashMap<>();
        if (fate.action() == Plan.Action.CHANGE) {
            fields(collection, found).forEach((field, to) -> {
                if (field.correctable() && !field.readOnly()) {
                    wanted.put(field.name(), to);
                }
            });
        }
        return wanted;
    }

    private Map<MappedField, String> fields(MappedCollection collection, Found found) {
        Map<MappedField, String> fields = new LinkedHashMap<>();
        for (int i = 0; i < wishes.size(); i++) {
            Wish wish = wishes.get(i);
            for (MappedField field : collection.fields()) {
                if (meant(wish, collection, field, found.row().value(field.name()))) {
                    fields.put(field, wish.correction().to());
                    met[i] |= found.standing().hers() && field.correctable() && !field.readOnly();
                }
            }
        }
        return fields;
    }

    private static boolean meant(Wish wish, MappedCollection collection, MappedField field, Object value) {
        boolean named = named(wish.correction(), collection, field);
        boolean same = field.categories().stream().anyMatch(wish.categories()::contains);
        if (!named && !same || value instanceof List || value instanceof Map) {
            return false;
        }
        if (value == null) {
            return named
                    && wish.correction().from() == null
                    && wish.correction().collection() != null
                    && wish.correction().to() != null;
        }
        return !Values.same(value, wish.correction().to())
                && !value.toString().equals(wish.correction().to())
                && (wish.anyOld() || wish.old().contains(plain(value.toString())));
    }

    @Override
    public String intended(MappedCollection collection, Found found, Fate fate) {
        return Values.canonical(new TreeMap<>(wanted(collection, found, fate)));
    }

    @Override
    public List<Plan.Problem> problems() {
        List<Plan.Problem> problems = new ArrayList<>();
        for (int i = 0; i < wishes.size(); i++) {
            if (!met[i]) {
                Correction c = wishes.get(i).correction();
                problems.add(new Plan.Problem(
                        c.system() == null ? "all systems" : c.system(),
                        Optional.ofNullable(c.collection()),
                        "no row of hers holds the value of " + c.field() + " that is to be corrected, or it may not be"
                                + " corrected there",
                        "Look at the findings, ask the person, or refuse with a reason"));
            }
        }
        return problems;
    }
}
