package org.habeas.retention;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;
import org.habeas.connector.Batch;
import org.habeas.connector.Catalogue;
import org.habeas.connector.Connector;
import org.habeas.connector.Due;
import org.habeas.connector.Key;
import org.habeas.connector.Lookup;
import org.habeas.connector.Outcome;
import org.habeas.connector.Purge;
import org.habeas.connector.Row;
import org.habeas.connector.SystemFailure;
import org.habeas.connector.ValueType;

/** A system in memory that holds its foreign keys as a database does: tables whose first column, id, is the key. */
final class MemorySystem implements Connector {
    final Map<String, Map<Object, Map<String, Object>>> tables = new LinkedHashMap<>();
    private final List<Catalogue.ForeignKey> foreignKeys = new ArrayList<>();
    private final Map<String, Set<String>> notNull = new LinkedHashMap<>();
    private final String name;

    MemorySystem(String name) {
        this.name = name;
    }

    void table(String table) {
        tables.put(table, new LinkedHashMap<>());
    }

    void points(String table, String column, String target, boolean nullable, Catalogue.OnDelete onDelete) {
        foreignKeys.add(new Catalogue.ForeignKey(
                table + "_" + column, table, List.of(column), target, List.of("id"), onDelete, false));
        if (!nullable) {
            notNull.computeIfAbsent(table, t -> new HashSet<>()).add(column);
        }
    }

    void insert(String table, Map<String, Object> row) {
        tables.get(table).put(row.get("id"), new LinkedHashMap<>(row));
    }

    @Override
    public void check() {}

    @Override
    public Catalogue catalogue() {
        return new Catalogue(tables.keySet().stream().map(this::told).toList());
    }

    private Catalogue.Table told(String table) {
        Set<String> columns = new HashSet<>(Set.of("id"));
        foreignKeys.stream().filter(k -> k.table().equals(table)).forEach(k -> columns.addAll(k.columns()));
        List<Catalogue.Column> told = columns.stream()
                .map(c -> new Catalogue.Column(
                        c,
                        "bigint",
                        ValueType.INTEGER,
                        false,
                        !c.equals("id")
                                && !notNull.getOrDefault(table, Set.of()).contains(c),
                        OptionalInt.empty(),
                        false,
                        false,
                        List.of()))
                .toList();
        return new Catalogue.Table(
                "",
                table,
                Catalogue.Table.Kind.TABLE,
                told,
                List.of("id"),
                List.of(),
                foreignKeys.stream().filter(k -> k.table().equals(table)).toList(),
                List.of(),
                List.of(),
                true,
                Set.of());
    }

    private static Row row(Map<String, Object> values) {
        return new Row(Key.of(values.get("id")), values);
    }

    @Override
    public void find(Lookup lookup, Predicate<Row> rows) {
        Set<Key> keys = new HashSet<>(lookup.keys());
        for (var row : List.copyOf(tables.get(lookup.collection().name()).values())) {
            Key key = new Key(lookup.fields().stream().map(row::get).toList());
            if (!key.hasNull() && keys.contains(key) && !rows.test(row(row))) {
                return;
            }
        }
    }

    @Override
    public List<Long> count(Lookup lookup, long most) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void pointing(Catalogue.ForeignKey foreignKey, List<Key> keys, Predicate<Row> rows) {
        for (var row : tables.get(foreignKey.table()).values()) {
            Object value = row.get(foreignKey.columns().get(0));
            if (value != null && keys.contains(Key.of(value)) && !rows.test(row(row))) {
                return;
            }
        }
    }

    @Override
    public Outcome apply(Batch batch) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void due(Due due, Predicate<Row> rows) {
        for (var row : List.copyOf(tables.get(due.collection().name()).values())) {
            if (due.covers(row(row)) && !rows.test(row(row))) {
                return;
            }
        }
    }

    @Override
    public long count(Due due) {
        return tables.get(due.collection().name()).values().stream()
                .filter(r -> due.covers(row(r)))
                .count();
    }

    /** As one transaction; refused where a row that stays would point at one that goes. */
    @Override
    public List<Integer> purge(List<Purge> steps) {
        Map<String, Map<Object, Map<String, Object>>> before = new LinkedHashMap<>();
        tables.forEach((t, rows) -> before.put(t, new LinkedHashMap<>(rows)));
        List<Integer> gone = new ArrayList<>();
        try {
            steps.forEach(step -> gone.add(purge(step)));
        } catch (SystemFailure e) {
            tables.putAll(before);
            throw e;
        }
        return gone;
    }

    private int purge(Purge step) {
        Map<Object, Map<String, Object>> table = tables.get(step.collection().name());
        Set<Object> ids = new HashSet<>();
        for (Key key : step.keys()) {
            Map<String, Object> row = table.get(key.values().get(0));
            if (row != null && step.due().map(d -> d.covers(row(row))).orElse(true)) {
                ids.add(key.values().get(0));
            }
        }
        table.keySet().removeAll(ids);
        for (Catalogue.ForeignKey key : foreignKeys) {
            if (key.target().equals(step.collection().name())) {
                orphans(key, ids);
            }
        }
        return ids.size();
    }

    private void orphans(Catalogue.ForeignKey key, Set<Object> gone) {
        String column = key.columns().get(0);
        for (var row : List.copyOf(tables.get(key.table()).values())) {
            if (gone.contains(row.get(column))) {
                if (key.onDelete() != Catalogue.OnDelete.SET_NULL) {
                    // a cascade would be a deletion that nobody judged
                    throw new SystemFailure(
                            name,
                            SystemFailure.Kind.REFUSED,
                            key.name() + ": row " + row.get("id") + " points at " + row.get(column));
                }
                row.put(column, null);
            }
        }
    }

    @Override
    public void close() {}
}
