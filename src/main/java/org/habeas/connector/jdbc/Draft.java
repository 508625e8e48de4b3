package org.habeas.connector.jdbc;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.habeas.connector.Catalogue;
import org.habeas.connector.Catalogue.Table;

/** A catalogue while it is being read: tables by id, each collecting what belongs to it. */
final class Draft {
    private final Map<Object, Entry> tables = new LinkedHashMap<>();

    static final class Entry {
        final String schema;
        final String name;
        final Table.Kind kind;
        boolean writable = true;
        List<String> primaryKey = List.of();
        final List<Catalogue.Column> columns = new ArrayList<>();
        final List<Catalogue.Unique> uniques = new ArrayList<>();
        final List<Catalogue.ForeignKey> foreignKeys = new ArrayList<>();
        final List<Catalogue.Check> checks = new ArrayList<>();
        final List<Catalogue.Trigger> triggers = new ArrayList<>();
        final Set<String> shows = new LinkedHashSet<>();

        Entry(String schema, String name, Table.Kind kind) {
            this.schema = schema;
            this.name = name;
            this.kind = kind;
        }

        String qualified() {
            return schema.isEmpty() ? name : schema + "." + name;
        }
    }

    Entry add(Object id, String schema, String name, Table.Kind kind) {
        Entry entry = new Entry(schema, name, kind);
        tables.put(id, entry);
        return entry;
    }

    /** The table of this id, or null where it lies outside of what we read. */
    Entry get(Object id) {
        return tables.get(id);
    }

    Catalogue finish(String schema) {
        return new Catalogue(
                schema,
                tables.values().stream()
                        .map(e -> new Table(
                                e.schema,
                                e.name,
                                e.kind,
                                List.copyOf(e.columns),
                                e.primaryKey,
                                List.copyOf(e.uniques),
                                List.copyOf(e.foreignKeys),
                                List.copyOf(e.checks),
                                List.copyOf(e.triggers),
                                e.writable,
                                Set.copyOf(e.shows)))
                        .toList());
    }
}
