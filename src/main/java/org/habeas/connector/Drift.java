package org.habeas.connector;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.habeas.datamap.Dataset;
import org.habeas.datamap.MappedCollection;
import org.habeas.datamap.MappedField;
import org.habeas.datamap.SystemEntry;

/**
 * How far a system and its part of the data map have drifted apart. What the system has and the map has not is data that
 * no answer holds and no erasure reaches; what only the map has makes a search fail.
 */
public record Drift(
        String system,
        List<String> newTables,
        List<Column> newColumns,
        List<String> missingCollections,
        List<Column> missingFields) {

    /** A column of a table, or a field of a collection. */
    public record Column(String collection, String name) {}

    public boolean none() {
        return size() == 0;
    }

    public int size() {
        return newTables.size() + newColumns.size() + missingCollections.size() + missingFields.size();
    }

    /**
     * Compares the map's part with what the system has. Views hold no data of their own and are not missed; of a
     * collection that is skipped on purpose only the table must be there.
     */
    public static Drift between(SystemEntry system, Dataset dataset, Catalogue catalogue) {
        Set<Catalogue.Table> mapped = new HashSet<>();
        List<Column> newColumns = new ArrayList<>();
        List<String> missingCollections = new ArrayList<>();
        List<Column> missingFields = new ArrayList<>();
        for (MappedCollection collection : dataset.collections()) {
            Optional<Catalogue.Table> table = catalogue.table(collection);
            if (table.isEmpty()) {
                missingCollections.add(collection.name());
                continue;
            }
            mapped.add(table.get());
            if (!collection.skip()) {
                columns(collection, table.get(), newColumns, missingFields);
            }
        }
        return new Drift(
                system.name(), newTables(system, catalogue, mapped), newColumns, missingCollections, missingFields);
    }

    private static void columns(
            MappedCollection collection, Catalogue.Table table, List<Column> added, List<Column> missing) {
        Set<Catalogue.Column> known = new HashSet<>();
        for (MappedField field : collection.fields()) {
            Optional<Catalogue.Column> column = table.column(field.name()).or(() -> outermost(field, table));
            column.ifPresentOrElse(known::add, () -> missing.add(new Column(collection.name(), field.name())));
        }
        table.columns().stream()
                .filter(c -> !known.contains(c))
                .forEach(c -> added.add(new Column(collection.name(), c.name())));
    }

    /** A dotted field lies inside of a structured column. */
    private static Optional<Catalogue.Column> outermost(MappedField field, Catalogue.Table table) {
        int dot = field.name().indexOf('.');
        return dot < 0 ? Optional.empty() : table.column(field.name().substring(0, dot));
    }

    /** Tables beside those that are mapped, in the schemas that the map is about. */
    private static List<String> newTables(SystemEntry system, Catalogue catalogue, Set<Catalogue.Table> mapped) {
        Set<String> schemas = new HashSet<>(system.schema().stream().toList());
        mapped.forEach(t -> schemas.add(t.schema()));
        return catalogue.tables().stream()
                .filter(t -> t.kind() != Catalogue.Table.Kind.VIEW && !mapped.contains(t))
                .filter(t -> schemas.isEmpty() || schemas.contains(t.schema()))
                .map(t -> schemas.size() > 1 ? t.qualified() : t.name())
                .sorted()
                .toList();
    }
}
