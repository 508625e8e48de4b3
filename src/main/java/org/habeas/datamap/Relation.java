package org.habeas.datamap;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What one or more fides references say together: fields of {@code carrier} (where the map says it) have the same values
 * as fields of {@code named}. Several pairs are one composite key.
 */
record Relation(
        MappedCollection carrier, MappedCollection named, List<Link.Pair> pairs, FieldReference.Direction direction) {

    /** The ways in which the search may follow it (contract section 10). */
    List<Link> links() {
        List<Link> links = new ArrayList<>();
        if (direction != FieldReference.Direction.TO) {
            links.add(new Link(named.key(), carrier.key(), ordered(turned(), carrier), carrierPoints()));
        }
        if (direction != FieldReference.Direction.FROM) {
            links.add(new Link(carrier.key(), named.key(), ordered(pairs, named), !carrierPoints()));
        }
        return links;
    }

    Pointer pointer() {
        return carrierPoints()
                ? new Pointer(carrier.key(), named.key(), ordered(pairs, named))
                : new Pointer(named.key(), carrier.key(), ordered(turned(), carrier));
    }

    /**
     * The field that carries a reference owns the foreign key, whatever way is searched; only a primary key that refers to
     * something that is none is the one pointed at.
     */
    private boolean carrierPoints() {
        return isKey(named, names(pairs, true)) || !isKey(carrier, names(pairs, false));
    }

    static boolean isKey(MappedCollection collection, Set<String> fields) {
        Set<String> key = new HashSet<>();
        collection.primaryKey().forEach(f -> key.add(f.name()));
        return !key.isEmpty() && key.equals(fields);
    }

    private static Set<String> names(List<Link.Pair> pairs, boolean ofTarget) {
        Set<String> names = new HashSet<>();
        pairs.forEach(p -> names.add(ofTarget ? p.target() : p.source()));
        return names;
    }

    private List<Link.Pair> turned() {
        return pairs.stream().map(Link.Pair::turned).toList();
    }

    /** In the order of the target's fields, so that the same relation said twice is equal. */
    private static List<Link.Pair> ordered(List<Link.Pair> pairs, MappedCollection target) {
        if (pairs.size() == 1) {
            return pairs;
        }
        List<String> order = target.fields().stream().map(MappedField::name).toList();
        return pairs.stream()
                .sorted(Comparator.comparingInt((Link.Pair p) -> order.indexOf(p.target()))
                        .thenComparing(Link.Pair::source))
                .toList();
    }
}
