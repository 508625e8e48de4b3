package org.habeas.fulfilment;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.habeas.connector.Catalogue;
import org.habeas.connector.Connector;
import org.habeas.connector.Key;
import org.habeas.connector.Lookup;
import org.habeas.connector.Normal;
import org.habeas.connector.Row;
import org.habeas.connector.SystemFailure;
import org.habeas.datamap.CollectionKey;
import org.habeas.datamap.Link;
import org.habeas.datamap.Links;
import org.habeas.datamap.MappedCollection;
import org.habeas.datamap.Pointer;

/**
 * Tells whose the reached rows are: hers where they hold personal data and every row that points at them is hers; else
 * shared, where a row outside hers points at them, or context. Rows that only she holds together, such as a household and
 * its address, are hers together: it begins with all of them and takes out what others point at, until nothing changes.
 */
final class Sharing {
    private static final int KEYS = 500;

    private final Links links;
    private final Function<String, Connector> connectors;
    private final FoundRows rows;
    private final Map<String, SystemFailure> failures;
    private final Set<String> silent;
    private final Map<CollectionKey, Optional<Catalogue.Table>> tables = new HashMap<>();
    /** How many rows point at a reached row by one pointer: all of them as far as they were counted, and hers. */
    private final Map<RowHash, long[]> counts = new HashMap<>();

    private final Set<RowHash> others = new HashSet<>();
    private final Set<CollectionKey> reached = new java.util.LinkedHashSet<>();

    Sharing(
            Links links,
            Function<String, Connector> connectors,
            FoundRows rows,
            Map<String, SystemFailure> failures,
            Set<String> silent) {
        this.links = links;
        this.connectors = connectors;
        this.rows = rows;
        this.failures = failures;
        this.silent = silent;
    }

    void judge() {
        rows.collections().stream()
                .filter(c -> !rows.each(c, f -> f.standing() != Standing.REACHED))
                .forEach(reached::add);
        if (reached.isEmpty()) {
            return;
        }
        reached.forEach(this::listed);
        hers();
        reached.forEach(this::total);
        while (pass()) {
            counts.values().forEach(c -> c[1] = 0);
            hers();
        }
        reached.forEach(c -> rows.rewrite(c, f -> f.standing() == Standing.REACHED ? f.as(standing(c, f)) : f));
    }

    private Standing standing(CollectionKey collection, Found found) {
        if (others.contains(RowHash.of(collection, found))) {
            return Standing.SHARED;
        }
        return links.collection(collection).orElseThrow().personal() ? Standing.REACHED : Standing.CONTEXT;
    }

    /** Whether the row still counts as hers. */
    private boolean hers(CollectionKey collection, Found found) {
        return found.standing() == Standing.OWN
                || links.collection(collection).orElseThrow().personal()
                        && !others.contains(RowHash.of(collection, found));
    }

    /** Takes out the rows that others point at; whether there were any new ones. */
    private boolean pass() {
        boolean[] changed = {false};
        for (CollectionKey collection : reached) {
            rows.each(collection, found -> {
                if (found.standing() == Standing.REACHED && byOthers(collection, found)) {
                    changed[0] |= others.add(RowHash.of(collection, found));
                }
                return true;
            });
        }
        return changed[0];
    }

    private boolean byOthers(CollectionKey collection, Found found) {
        for (Pointer pointer : links.pointingAt(collection)) {
            for (RowHash target : targets(pointer, found.row())) {
                long[] count = counts.get(target);
                if (count != null && count[0] > count[1]) {
                    return true;
                }
            }
        }
        return false;
    }

    // ---- counting

    private void listed(CollectionKey collection) {
        for (Pointer pointer : links.pointingAt(collection)) {
            rows.each(collection, found -> {
                if (found.standing() == Standing.REACHED) {
                    targets(pointer, found.row()).forEach(t -> counts.put(t, new long[2]));
                }
                return true;
            });
        }
    }

    /** Counts her rows by what they point at. */
    private void hers() {
        for (CollectionKey owner : rows.collections()) {
            for (Pointer pointer : links.pointersOf(owner)) {
                if (!reached.contains(pointer.named())) {
                    continue;
                }
                rows.each(owner, found -> {
                    if (hers(owner, found)) {
                        pointed(pointer, found.row()).forEach(t -> {
                            long[] count = counts.get(t);
                            if (count != null) {
                                count[1]++;
                            }
                        });
                    }
                    return true;
                });
            }
        }
    }

    private void total(CollectionKey collection) {
        for (Pointer pointer : links.pointingAt(collection)) {
            String system = pointer.owner().dataset();
            boolean unknown = silent.contains(system) || failures.containsKey(system);
            Map<RowHash, Key> open = new LinkedHashMap<>();
            rows.each(collection, found -> {
                if (found.standing() == Standing.REACHED) {
                    for (Key key : keys(pointer, found.row())) {
                        targets(pointer, key).stream().limit(1).forEach(t -> open.put(t, key));
                    }
                    if (open.size() >= KEYS) {
                        count(pointer, open, unknown);
                    }
                }
                return true;
            });
            count(pointer, open, unknown);
        }
    }

    private void count(Pointer pointer, Map<RowHash, Key> open, boolean unknown) {
        if (open.isEmpty()) {
            return;
        }
        long most =
                open.keySet().stream().mapToLong(t -> counts.get(t)[1]).max().orElse(0) + 1;
        List<RowHash> targets = List.copyOf(open.keySet());
        List<Long> found = unknown ? null : ask(pointer, List.copyOf(open.values()), most);
        for (int i = 0; i < targets.size(); i++) {
            // who cannot be asked may have other people's rows that point here
            counts.get(targets.get(i))[0] = found == null ? Long.MAX_VALUE : found.get(i);
        }
        open.clear();
    }

    private List<Long> ask(Pointer pointer, List<Key> keys, long most) {
        String system = pointer.owner().dataset();
        MappedCollection owner = links.collection(pointer.owner()).orElseThrow();
        List<String> fields = pointer.pairs().stream().map(Link.Pair::source).toList();
        try {
            return connectors.apply(system).count(new Lookup(owner, fields, keys), most);
        } catch (SystemFailure e) {
            if (e.kind() != SystemFailure.Kind.NOT_THERE) {
                failures.put(system, e);
            }
            return null;
        }
    }

    // ---- what points at what, in the forms in which the owner's columns compare

    private List<Key> keys(Pointer pointer, Row named) {
        return Search.tuples(pointer.pairs().stream()
                .map(p -> named.value(p.target()))
                .collect(java.util.stream.Collectors.toList()));
    }

    /** The named row as seen from its owners. */
    private List<RowHash> targets(Pointer pointer, Row named) {
        return keys(pointer, named).stream()
                .flatMap(k -> targets(pointer, k).stream())
                .toList();
    }

    private List<RowHash> targets(Pointer pointer, Key key) {
        return hashes(pointer, key.values());
    }

    /** What an owner's row points at. */
    private List<RowHash> pointed(Pointer pointer, Row owner) {
        return hashes(
                pointer,
                pointer.pairs().stream()
                        .map(p -> owner.value(p.source()))
                        .collect(java.util.stream.Collectors.toList()));
    }

    private List<RowHash> hashes(Pointer pointer, List<Object> values) {
        MappedCollection owner = links.collection(pointer.owner()).orElseThrow();
        List<List<String>> tuples = List.of(List.of());
        for (int i = 0; i < values.size(); i++) {
            String field = pointer.pairs().get(i).source();
            List<String> forms =
                    Normal.forms(owner.field(field).orElseThrow(), place(pointer.owner(), owner, field), values.get(i));
            List<List<String>> longer = new ArrayList<>();
            for (List<String> tuple : tuples) {
                for (String form : new java.util.LinkedHashSet<>(forms)) {
                    List<String> more = new ArrayList<>(tuple);
                    more.add(form);
                    longer.add(more);
                }
            }
            tuples = longer;
        }
        return tuples.stream()
                .map(t -> RowHash.of(pointer.owner() + "\n" + pointer.pairs() + "\n" + t))
                .toList();
    }

    private Optional<Catalogue.Place> place(CollectionKey key, MappedCollection collection, String field) {
        return tables.computeIfAbsent(key, k -> table(k, collection)).flatMap(t -> t.place(field));
    }

    private Optional<Catalogue.Table> table(CollectionKey key, MappedCollection collection) {
        if (silent.contains(key.dataset()) || failures.containsKey(key.dataset())) {
            return Optional.empty();
        }
        try {
            return connectors.apply(key.dataset()).recentCatalogue().table(collection);
        } catch (SystemFailure e) {
            failures.put(key.dataset(), e);
            return Optional.empty();
        }
    }
}
