package org.habeas.retention;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.habeas.connector.Connector;
import org.habeas.connector.Key;
import org.habeas.connector.Lookup;
import org.habeas.connector.Row;
import org.habeas.datamap.CollectionKey;
import org.habeas.datamap.Link;
import org.habeas.datamap.Links;
import org.habeas.datamap.MappedCollection;
import org.habeas.datamap.Pointer;

/**
 * The rows that legal holds keep, in all systems: whole collections, and of held persons those that carry an identifier,
 * those that point at them, and what these point at as far as it says something about a person. Kept as 64-bit prints of
 * their keys, so that a person with a million rows needs some megabytes; should two rows share a print, one is held too many.
 */
final class HeldRows {
    private static final int CHUNK = 500;

    private final Links links;
    private final Function<String, Connector> systems;
    private final Set<CollectionKey> whole;
    /** Rows that are hers, and rows that hers point at. */
    private final Map<CollectionKey, Set<Long>> own = new HashMap<>();

    private final Map<CollectionKey, Set<Long>> reached = new HashMap<>();
    private final Deque<Wave> open = new ArrayDeque<>();

    /** Values with which to look for the next rows; {@code own} says whether these will be hers. */
    private record Wave(MappedCollection target, List<String> fields, List<Key> keys, boolean own) {}

    private HeldRows(Links links, Function<String, Connector> systems, Set<CollectionKey> whole) {
        this.links = links;
        this.systems = systems;
        this.whole = whole;
    }

    /** Searches every system. A system that does not answer fails it: without it nobody knows what is held. */
    static HeldRows search(
            Links links,
            Function<String, Connector> systems,
            Collection<Holds.HeldIdentifier> identifiers,
            Set<CollectionKey> whole,
            Runnable between) {
        HeldRows held = new HeldRows(links, systems, whole);
        Map<String, List<Object>> byKind = identifiers.stream()
                .collect(Collectors.groupingBy(
                        Holds.HeldIdentifier::kind, Collectors.mapping(i -> (Object) i.value(), Collectors.toList())));
        byKind.forEach((kind, values) -> links.entryPoints(kind).forEach(e -> links.collection(e.collection())
                .ifPresent(c -> held.open(
                        c,
                        List.of(e.field().name()),
                        values.stream().map(v -> Key.of(v)).toList(),
                        true))));
        while (!held.open.isEmpty()) {
            between.run();
            held.follow(held.open.pop());
        }
        return held;
    }

    boolean holds(CollectionKey collection, Key key) {
        if (whole(collection)) {
            return true;
        }
        Long print = print(key);
        return own.getOrDefault(collection, Set.of()).contains(print)
                || reached.getOrDefault(collection, Set.of()).contains(print);
    }

    /** Whether every row of the collection is held, whoever's it is. */
    boolean whole(CollectionKey collection) {
        return whole.contains(collection);
    }

    /** Whether any row of the collection is held. */
    boolean any(CollectionKey collection) {
        return whole(collection) || own.containsKey(collection) || reached.containsKey(collection);
    }

    private void open(MappedCollection target, List<String> fields, List<Key> keys, boolean hers) {
        for (int from = 0; from < keys.size(); from += CHUNK) {
            open.push(new Wave(target, fields, keys.subList(from, Math.min(keys.size(), from + CHUNK)), hers));
        }
    }

    private void follow(Wave wave) {
        Connector system = systems.apply(wave.target().dataset());
        if (system.byHand()) {
            return;
        }
        List<Row> fresh = new ArrayList<>();
        system.find(new Lookup(wave.target(), wave.fields(), wave.keys()), row -> {
            if (isNew(wave, row)) {
                fresh.add(row);
            }
            if (fresh.size() == CHUNK) {
                waysOn(wave, fresh);
                fresh.clear();
            }
            return true;
        });
        waysOn(wave, fresh);
    }

    private boolean isNew(Wave wave, Row row) {
        CollectionKey key = wave.target().key();
        Long print = print(row.key());
        if (wave.own()) {
            return own.computeIfAbsent(key, k -> new HashSet<>()).add(print);
        }
        return !own.getOrDefault(key, Set.of()).contains(print)
                && reached.computeIfAbsent(key, k -> new HashSet<>()).add(print);
    }

    private void waysOn(Wave wave, List<Row> rows) {
        CollectionKey key = wave.target().key();
        if (wave.own()) {
            links.pointingAt(key).forEach(p -> open(p, p.owner(), rows, Link.Pair::target, Link.Pair::source, true));
        }
        links.pointersOf(key).forEach(p -> open(p, p.named(), rows, Link.Pair::source, Link.Pair::target, false));
    }

    private void open(
            Pointer pointer,
            CollectionKey target,
            List<Row> rows,
            Function<Link.Pair, String> here,
            Function<Link.Pair, String> there,
            boolean hers) {
        links.collection(target).filter(c -> hers || c.personal()).ifPresent(collection -> {
            UnaryOperator<Key> whole = k -> k.hasNull() ? null : k;
            Set<Key> keys = rows.stream()
                    .map(r -> whole.apply(values(pointer, here, r)))
                    .filter(k -> k != null)
                    .collect(Collectors.toSet());
            open(collection, pointer.pairs().stream().map(there).toList(), List.copyOf(keys), hers);
        });
    }

    private static Key values(Pointer pointer, Function<Link.Pair, String> here, Row row) {
        List<Object> values = new ArrayList<>();
        pointer.pairs().forEach(p -> values.add(row.value(here.apply(p))));
        return new Key(values);
    }

    private static Long print(Key key) {
        long print = 0xcbf29ce484222325L;
        for (Object value : key.values()) {
            String text = value + "\u001f";
            for (int i = 0; i < text.length(); i++) {
                print = (print ^ text.charAt(i)) * 0x100000001b3L;
            }
            // the multiplication alone spreads upwards only
            print ^= print >>> 32;
        }
        return print;
    }
}
