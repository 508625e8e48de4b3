package org.habeas.datamap;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How the collections of a map hang together: where a search can begin, which collections are found from which, and which
 * rows point at which. Built once; collections with skip_processing are not part of it.
 */
public final class Links {
    private final Map<CollectionKey, MappedCollection> collections = new LinkedHashMap<>();
    private final Map<CollectionKey, List<Link>> from = new LinkedHashMap<>();
    private final Map<CollectionKey, List<Link>> into = new LinkedHashMap<>();
    private final Map<CollectionKey, List<Pointer>> pointersOf = new LinkedHashMap<>();
    private final Map<CollectionKey, List<Pointer>> pointingAt = new LinkedHashMap<>();
    private final Map<String, List<EntryPoint>> entryPoints = new LinkedHashMap<>();
    private final Set<CollectionKey> reachable;
    private final List<Finding> findings;

    private Links(Collection<MappedCollection> all) {
        all.stream().filter(c -> !c.skip()).forEach(c -> collections.put(c.key(), c));
        Relations relations = new Relations(collections);
        Set<Link> links = new LinkedHashSet<>();
        Set<Pointer> pointers = new LinkedHashSet<>();
        relations.all().forEach(r -> {
            links.addAll(r.links());
            pointers.add(r.pointer());
        });
        links.forEach(l -> add(from, l.source(), l));
        links.forEach(l -> add(into, l.target(), l));
        pointers.forEach(p -> add(pointersOf, p.owner(), p));
        pointers.forEach(p -> add(pointingAt, p.named(), p));
        collections.values().forEach(c -> c.fields().forEach(f -> f.identity()
                .ifPresent(kind -> add(entryPoints, kind, new EntryPoint(c.key(), f, kind)))));
        reachable = reach();
        findings = relations.findings();
    }

    public static Links of(DataMap map) {
        return new Links(map.collections());
    }

    public Optional<MappedCollection> collection(CollectionKey key) {
        return Optional.ofNullable(collections.get(key));
    }

    /** The ways out of rows of that collection. */
    public List<Link> from(CollectionKey source) {
        return from.getOrDefault(source, List.of());
    }

    /** The ways that lead to rows of that collection. */
    public List<Link> into(CollectionKey target) {
        return into.getOrDefault(target, List.of());
    }

    /** What the rows of that collection point at. */
    public List<Pointer> pointersOf(CollectionKey owner) {
        return pointersOf.getOrDefault(owner, List.of());
    }

    /** Who points at the rows of that collection: while somebody else's row does, they are shared. */
    public List<Pointer> pointingAt(CollectionKey named) {
        return pointingAt.getOrDefault(named, List.of());
    }

    /** The fields that carry an identifier of that kind. */
    public List<EntryPoint> entryPoints(String kind) {
        return entryPoints.getOrDefault(kind, List.of());
    }

    /** The kinds of identifier with which a search can begin. */
    public Set<String> identities() {
        return Set.copyOf(entryPoints.keySet());
    }

    /** Whether a search from some kind of identifier can arrive there. */
    public boolean reachable(CollectionKey key) {
        return reachable.contains(key);
    }

    /** What cannot be told from the map, for the check. */
    List<Finding> findings() {
        return findings;
    }

    private Set<CollectionKey> reach() {
        Set<CollectionKey> seen = new HashSet<>();
        Deque<CollectionKey> open = new ArrayDeque<>();
        entryPoints.values().forEach(points -> points.forEach(p -> open.add(p.collection())));
        while (!open.isEmpty()) {
            CollectionKey next = open.pop();
            if (seen.add(next)) {
                from(next).forEach(l -> open.add(l.target()));
            }
        }
        return seen;
    }

    private static <K, V> void add(Map<K, List<V>> index, K key, V value) {
        index.computeIfAbsent(key, k -> new ArrayList<>()).add(value);
    }
}
