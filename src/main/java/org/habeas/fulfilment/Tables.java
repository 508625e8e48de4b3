package org.habeas.fulfilment;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.habeas.connector.Catalogue;
import org.habeas.connector.Connector;
import org.habeas.connector.Key;
import org.habeas.datamap.CollectionKey;
import org.habeas.datamap.DataMap;
import org.habeas.datamap.MappedCollection;
import org.habeas.datamap.SystemEntry;

/** The live tables behind the collections of the map, read once for one plan. */
final class Tables {
    private final DataMap map;
    private final Function<String, Connector> connectors;
    private final Map<String, Catalogue> catalogues = new HashMap<>();
    private final Map<CollectionKey, Optional<Catalogue.Table>> tables = new HashMap<>();
    private final Map<String, CollectionKey> collections = new HashMap<>();
    private final Map<FieldOf, Optional<String>> fields = new HashMap<>();

    private record FieldOf(CollectionKey collection, String column) {}

    Tables(DataMap map, Function<String, Connector> connectors) {
        this.map = map;
        this.connectors = connectors;
    }

    boolean byHand(String system) {
        return map.system(system).map(s -> s.kind() == SystemEntry.Kind.MANUAL).orElse(true);
    }

    Connector connector(String system) {
        return connectors.apply(system);
    }

    Catalogue catalogue(String system) {
        return catalogues.computeIfAbsent(system, s -> {
            if (byHand(s)) {
                return Catalogue.UNKNOWN;
            }
            Catalogue catalogue = connectors.apply(s).catalogue();
            map.dataset(s).ifPresent(d -> d.collections().forEach(c -> catalogue
                    .table(c)
                    .ifPresent(t -> collections.putIfAbsent(s + "\n" + t.qualified(), c.key()))));
            return catalogue;
        });
    }

    Optional<Catalogue.Table> table(MappedCollection collection) {
        return tables.computeIfAbsent(
                collection.key(), k -> catalogue(k.dataset()).table(collection));
    }

    /** The collection that maps this table, if one does. */
    Optional<CollectionKey> collection(String system, String qualified) {
        catalogue(system);
        return Optional.ofNullable(collections.get(system + "\n" + qualified));
    }

    /** The row's values in these columns, from its fields or its key; empty where the map leaves one out. */
    Optional<Key> values(MappedCollection collection, Catalogue.Table table, Found found, List<String> columns) {
        List<String> known = table.rowKey().isEmpty()
                ? table.columns().stream().map(Catalogue.Column::name).toList()
                : table.rowKey();
        Object[] values = new Object[columns.size()];
        for (int i = 0; i < values.length; i++) {
            String column = columns.get(i);
            int inKey = known.indexOf(column);
            if (inKey >= 0) {
                values[i] = found.row().key().values().get(inKey);
                continue;
            }
            Optional<String> field = field(collection, table, column);
            if (field.isEmpty()) {
                return Optional.empty();
            }
            values[i] = found.row().value(field.get());
        }
        return Optional.of(Key.of(values));
    }

    /** The field that is this column as a whole. */
    Optional<String> field(MappedCollection collection, Catalogue.Table table, String column) {
        return fields.computeIfAbsent(new FieldOf(collection.key(), column), k -> collection.fields().stream()
                .filter(f -> table.place(f.name())
                        .filter(p -> p.path().isEmpty() && p.column().name().equals(column))
                        .isPresent())
                .map(f -> f.name())
                .findFirst());
    }
}
