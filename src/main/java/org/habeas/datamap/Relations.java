package org.habeas.datamap;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Puts the single references of a collection together: those into the same other collection are one composite key where
 * the map groups them, or where together they are the other's, or the own, primary key. All others stand alone.
 */
final class Relations {
    private final Map<CollectionKey, MappedCollection> collections;
    private final List<Relation> found = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();

    Relations(Map<CollectionKey, MappedCollection> collections) {
        this.collections = collections;
        collections.values().stream().filter(c -> !c.skip()).forEach(this::of);
    }

    List<Relation> all() {
        return found;
    }

    List<Finding> findings() {
        return findings;
    }

    /** One reference: this field of the carrier, that field of the other. */
    private record Single(MappedField carrier, String named, FieldReference reference) {
        Link.Pair pair() {
            return new Link.Pair(carrier.name(), named);
        }
    }

    private record Way(CollectionKey named, FieldReference.Direction direction) {}

    private void of(MappedCollection carrier) {
        Map<Way, List<Single>> ways = new LinkedHashMap<>();
        for (MappedField field : carrier.fields()) {
            for (FieldReference reference : field.references()) {
                CollectionKey named = new CollectionKey(
                        reference.other().dataset(), reference.other().collection());
                ways.computeIfAbsent(new Way(named, reference.direction()), w -> new ArrayList<>())
                        .add(new Single(field, reference.other().field(), reference));
            }
        }
        ways.forEach((way, singles) -> {
            MappedCollection named = collections.get(way.named());
            if (named != null && !named.skip()) {
                group(carrier, named, way.direction(), singles);
            }
        });
    }

    private void group(
            MappedCollection carrier,
            MappedCollection named,
            FieldReference.Direction direction,
            List<Single> singles) {
        List<Single> left = declared(carrier, named, direction, singles);
        left = keyed(carrier, named, direction, left);
        for (Single single : left) {
            found.add(new Relation(carrier, named, List.of(single.pair()), direction));
            boolean part = named.primaryKey().size() > 1
                    && named.primaryKey().stream().anyMatch(f -> f.name().equals(single.named()));
            if (part) {
                findings.add(new Finding(
                        single.carrier().at(),
                        Finding.Severity.WARNING,
                        carrier.address() + "." + single.carrier().name() + " references a part of the primary key of "
                                + named.address() + " alone; rows of other people may share that part"));
            }
        }
    }

    private List<Single> declared(
            MappedCollection carrier,
            MappedCollection named,
            FieldReference.Direction direction,
            List<Single> singles) {
        Map<String, List<Single>> groups = new LinkedHashMap<>();
        for (Single single : singles) {
            single.reference().groups().forEach(g -> groups.computeIfAbsent(g, k -> new ArrayList<>())
                    .add(single));
        }
        groups.forEach((name, group) -> {
            if (group.size() > 1) {
                add(carrier, named, direction, group);
            } else {
                findings.add(new Finding(
                        group.get(0).carrier().at(),
                        Finding.Severity.ERROR,
                        "the group " + name + " has only one field that references " + named.address()));
            }
        });
        return singles.stream().filter(s -> s.reference().groups().isEmpty()).toList();
    }

    /** Takes out the references that make up a composite primary key; those that are left stand alone. */
    private List<Single> keyed(
            MappedCollection carrier,
            MappedCollection named,
            FieldReference.Direction direction,
            List<Single> singles) {
        Set<String> namedKey = key(named);
        Set<String> ownKey = key(carrier);
        Map<String, List<Single>> byNamed = by(singles, namedKey, true);
        Map<String, List<Single>> byOwn = by(singles, ownKey, false);
        if (namedKey.size() > 1 && byNamed.keySet().equals(namedKey)) {
            return zip(carrier, named, direction, byNamed.values(), singles);
        }
        if (ownKey.size() > 1 && byOwn.keySet().equals(ownKey)) {
            return zip(carrier, named, direction, byOwn.values(), singles);
        }
        return singles;
    }

    /**
     * Several keys into the same collection: the first references of every key field belong together, then the second
     * ones. A field that is there only once (a tenant) belongs to all of them.
     */
    private List<Single> zip(
            MappedCollection carrier,
            MappedCollection named,
            FieldReference.Direction direction,
            Collection<List<Single>> byField,
            List<Single> singles) {
        int keys = byField.stream().mapToInt(List::size).max().orElse(0);
        if (byField.stream().anyMatch(l -> l.size() != 1 && l.size() != keys)) {
            Single first = byField.iterator().next().get(0);
            findings.add(new Finding(
                    first.carrier().at(),
                    Finding.Severity.ERROR,
                    "cannot tell which fields of " + carrier.address() + " together are a key of " + named.address()
                            + "; name the groups with habeas: {group: NAME} on each of the fields"));
            return List.of();
        }
        for (int i = 0; i < keys; i++) {
            int n = i;
            add(
                    carrier,
                    named,
                    direction,
                    byField.stream().map(l -> l.get(Math.min(n, l.size() - 1))).toList());
        }
        Set<Single> used = byField.stream().flatMap(List::stream).collect(Collectors.toSet());
        return singles.stream().filter(s -> !used.contains(s)).toList();
    }

    private void add(
            MappedCollection carrier, MappedCollection named, FieldReference.Direction direction, List<Single> group) {
        Set<Link.Pair> pairs = new LinkedHashSet<>();
        group.forEach(s -> pairs.add(s.pair()));
        found.add(new Relation(carrier, named, List.copyOf(pairs), direction));
    }

    private static Map<String, List<Single>> by(List<Single> singles, Set<String> key, boolean named) {
        Map<String, List<Single>> by = new LinkedHashMap<>();
        for (Single single : singles) {
            String field = named ? single.named() : single.carrier().name();
            if (key.contains(field)) {
                by.computeIfAbsent(field, f -> new ArrayList<>()).add(single);
            }
        }
        return by;
    }

    private static Set<String> key(MappedCollection collection) {
        Set<String> key = new HashSet<>();
        collection.primaryKey().forEach(f -> key.add(f.name()));
        return key;
    }
}
