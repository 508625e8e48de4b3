package org.habeas.connector.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.habeas.connector.Catalogue;
import org.habeas.connector.Catalogue.Column;
import org.habeas.connector.Catalogue.Place;
import org.habeas.connector.Catalogue.Table;
import org.habeas.connector.Key;
import org.habeas.connector.Row;
import org.habeas.connector.SystemFailure;
import org.habeas.connector.Values;
import org.habeas.datamap.MappedCollection;
import org.habeas.datamap.MappedField;

/** A collection of the map on its live table: which columns are read, by which a row is known, how a row becomes values. */
final class Shape {
    final String system;
    final Dialect dialect;
    final MappedCollection collection;
    final Table table;
    final List<Column> key;
    final boolean keyed;
    private final Map<String, Place> places = new LinkedHashMap<>();
    private final List<Column> read;

    private Shape(String system, Dialect dialect, MappedCollection collection, Table table) {
        this.system = system;
        this.dialect = dialect;
        this.collection = collection;
        this.table = table;
        for (MappedField field : collection.fields()) {
            places.put(
                    field.name(),
                    table.place(field.name())
                            .orElseThrow(() -> missing(
                                    system, table.qualified() + " has no column for the field " + field.name())));
        }
        List<String> names = table.rowKey();
        keyed = !names.isEmpty();
        key = keyed ? names.stream().map(n -> table.column(n).orElseThrow()).toList() : table.columns();
        Set<Column> all = new LinkedHashSet<>(key);
        places.values().forEach(p -> all.add(p.column()));
        read = List.copyOf(all);
    }

    static Shape of(String system, Dialect dialect, Catalogue catalogue, MappedCollection collection) {
        Table table = catalogue
                .table(collection)
                .orElseThrow(() -> missing(system, "There is no table or view " + collection.name()));
        return new Shape(system, dialect, collection, table);
    }

    /** A table that the map need not know: its key, and some columns as values. */
    static Shape bare(String system, Dialect dialect, Table table, List<String> columns) {
        return new Shape(system, dialect, Bare.collection(system, table, columns), table);
    }

    private static SystemFailure missing(String system, String what) {
        return new SystemFailure(system, SystemFailure.Kind.NOT_THERE, what);
    }

    String name() {
        return name(dialect, table);
    }

    String from() {
        return name() + " t";
    }

    static String name(Dialect dialect, Table table) {
        return (table.schema().isEmpty() ? "" : dialect.name(table.schema()) + ".") + dialect.name(table.name());
    }

    String selected() {
        return read.stream().map(c -> Columns.selected(dialect, "t", c)).collect(Collectors.joining(", "));
    }

    Place place(String field) {
        return Optional.ofNullable(places.get(field))
                .or(() -> table.place(field))
                .orElseThrow(() -> missing(system, table.qualified() + " has no column for the field " + field));
    }

    MappedField field(String name) {
        return collection
                .field(name)
                .orElseThrow(() -> missing(system, "The collection " + collection.name() + " has no field " + name));
    }

    Row row(ResultSet rows) throws SQLException {
        Map<Column, Object> seen = columns(rows);
        List<Object> known = new ArrayList<>(key.size());
        key.forEach(c -> known.add(seen.get(c)));
        Map<String, Object> values = new LinkedHashMap<>();
        places.forEach((field, place) -> values.put(field, at(seen.get(place.column()), place.path())));
        return new Row(new Key(known), values);
    }

    Map<Column, Object> columns(ResultSet rows) throws SQLException {
        Map<Column, Object> seen = new LinkedHashMap<>();
        for (int i = 0; i < read.size(); i++) {
            seen.put(read.get(i), Columns.read(rows, i + 1, read.get(i), dialect));
        }
        return seen;
    }

    /** What lies at a path; the list of all of it where there are lists on the way, nothing where the path ends early. */
    static Object at(Object value, List<String> path) {
        if (path.isEmpty() || value == null) {
            return value;
        }
        if (value instanceof List<?> list) {
            List<Object> all = new ArrayList<>();
            for (Object element : list) {
                Object inner = at(element, path);
                if (inner instanceof List<?> many) {
                    all.addAll(many);
                } else if (inner != null) {
                    all.add(inner);
                }
            }
            return all.isEmpty() ? null : all;
        }
        Object parsed = value instanceof String text && text.startsWith("{") ? Values.parse(text) : value;
        return parsed instanceof Map<?, ?> map ? at(map.get(path.get(0)), path.subList(1, path.size())) : null;
    }
}
