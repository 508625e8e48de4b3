package org.habeas.retention;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.habeas.connector.Catalogue;
import org.habeas.connector.Key;
import org.habeas.connector.Row;
import org.habeas.datamap.Dataset;
import org.habeas.datamap.MappedCollection;

/** What foreign keys of the live system say about the collections of its dataset: who hangs on whom, and who goes first. */
final class Structure {
    private final Catalogue catalogue;
    private final Map<String, MappedCollection> byTable = new HashMap<>();
    private final Map<String, Integer> ranks = new HashMap<>();

    Structure(Catalogue catalogue, Dataset dataset) {
        this.catalogue = catalogue;
        dataset.collections().forEach(c -> catalogue.table(c).ifPresent(t -> byTable.putIfAbsent(t.qualified(), c)));
    }

    /** Rows of a table that point at rows of a parent; {@code collection} is empty where the map does not know the table. */
    record Child(Catalogue.ForeignKey foreignKey, Optional<MappedCollection> collection, boolean needsParent) {
        /** Whether such a row lies in its parent's hands: it cannot be there without it. */
        boolean part() {
            return needsParent || foreignKey.onDelete() == Catalogue.OnDelete.CASCADE;
        }
    }

    /** Who points at rows of this collection and is in their way. A pointer that the database clears itself is not. */
    List<Child> children(MappedCollection parent) {
        return catalogue.table(parent).stream()
                .flatMap(t -> catalogue.pointingAt(t).stream())
                .filter(k -> k.onDelete() == Catalogue.OnDelete.RESTRICT || k.onDelete() == Catalogue.OnDelete.CASCADE)
                .map(k -> new Child(k, Optional.ofNullable(byTable.get(k.table())), needsParent(k)))
                .toList();
    }

    private boolean needsParent(Catalogue.ForeignKey key) {
        return catalogue.table(key.table()).stream().anyMatch(t -> key.columns().stream()
                .allMatch(c -> t.column(c).map(k -> !k.nullable()).orElse(false)));
    }

    /** The values of the parent that a foreign key points at, or nothing where they were not read. */
    Optional<Key> target(Catalogue.ForeignKey key, MappedCollection parent, Row row) {
        List<String> known = rowKey(parent);
        List<Object> values = new ArrayList<>();
        for (String column : key.targetColumns()) {
            int place = known.indexOf(column);
            Object value = place >= 0 && place < row.key().values().size()
                    ? row.key().values().get(place)
                    : row.values().get(field(parent, column));
            if (value == null) {
                return Optional.empty();
            }
            values.add(value);
        }
        return Optional.of(new Key(values));
    }

    /** The mapped fields beyond the key that foreign keys point at. */
    List<String> targets(MappedCollection parent) {
        List<String> known = rowKey(parent);
        return children(parent).stream()
                .flatMap(c -> c.foreignKey().targetColumns().stream())
                .filter(c -> !known.contains(c))
                .map(c -> field(parent, c))
                .distinct()
                .toList();
    }

    /** The fields by which a row is found again, in the order of its key's values. */
    List<String> keyFields(MappedCollection collection) {
        List<String> columns = rowKey(collection);
        return columns.stream().map(c -> field(collection, c)).toList();
    }

    /** Whether rows are known by a key at all; without one they are compared whole. */
    boolean keyed(MappedCollection collection) {
        return !rowKey(collection).isEmpty();
    }

    private List<String> rowKey(MappedCollection collection) {
        return catalogue.table(collection).map(Catalogue.Table::rowKey).orElseGet(() -> collection.primaryKey().stream()
                .map(f -> f.name())
                .toList());
    }

    private static String field(MappedCollection collection, String column) {
        return collection.fields().stream()
                .map(f -> f.name())
                .filter(f -> f.equalsIgnoreCase(column))
                .findFirst()
                .orElse(column);
    }

    /** Children before parents. Where tables point at each other in a circle, any order is as good. */
    Comparator<MappedCollection> childrenFirst() {
        return Comparator.comparingInt(this::rank);
    }

    /** Higher than that of every collection that points at it. */
    int rank(MappedCollection collection) {
        return catalogue.table(collection).map(t -> rank(t, new HashSet<>())).orElse(0);
    }

    private int rank(Catalogue.Table table, Set<String> above) {
        Integer known = ranks.get(table.qualified());
        if (known != null) {
            return known;
        }
        if (!above.add(table.qualified())) {
            return 0;
        }
        int rank = catalogue.pointingAt(table).stream()
                .filter(k -> !k.table().equals(table.qualified()))
                .flatMap(k -> catalogue.table(k.table()).stream())
                .mapToInt(t -> 1 + rank(t, above))
                .max()
                .orElse(0);
        above.remove(table.qualified());
        ranks.put(table.qualified(), rank);
        return rank;
    }
}
