package org.habeas.connector;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.habeas.datamap.MappedCollection;

/** What a system really has: tables, columns, keys, and what it enforces. Names are the system's own, in its own case. */
public final class Catalogue {
    public static final Catalogue UNKNOWN = new Catalogue(List.of());

    private final String schema;
    private final List<Table> tables;
    private final Map<String, List<Table>> here = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final Map<String, List<Table>> byQualified = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final Map<String, List<Table>> byName = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final Map<String, List<ForeignKey>> pointing = new HashMap<>();

    /** {@code schema} is where a name without one is looked for first. */
    public Catalogue(String schema, List<Table> tables) {
        this.schema = schema;
        this.tables = List.copyOf(tables);
        for (Table table : tables) {
            if (table.schema().equals(schema)) {
                add(here, table.name(), table);
            }
            add(byQualified, table.qualified(), table);
            add(byName, table.name(), table);
            table.foreignKeys().forEach(k -> add(pointing, k.target(), k));
        }
    }

    /** Of a system without schemas. */
    public Catalogue(List<Table> tables) {
        this("", tables);
    }

    public List<Table> tables() {
        return tables;
    }

    /** A table or view; {@code writable} unless it is a view that cannot be written through; {@code shows}: its tables. */
    public record Table(
            String schema,
            String name,
            Kind kind,
            List<Column> columns,
            List<String> primaryKey,
            List<Unique> uniques,
            List<ForeignKey> foreignKeys,
            List<Check> checks,
            List<Trigger> triggers,
            boolean writable,
            Set<String> shows) {
        public enum Kind {
            TABLE,
            VIEW,
            PARTITIONED,
            FOREIGN
        }

        /** The column of this name: exactly, or else the only one that differs in case. */
        public Optional<Column> column(String named) {
            return pick(
                    columns.stream()
                            .filter(c -> c.name().equalsIgnoreCase(named))
                            .toList(),
                    named,
                    Column::name);
        }

        /** Where the field lies: a column of its name, or else the column that its path begins with. */
        public Optional<Place> place(String field) {
            Optional<Column> whole = column(field);
            if (whole.isPresent()) {
                return whole.map(c -> new Place(c, List.of()));
            }
            for (int dot = field.lastIndexOf('.'); dot > 0; dot = field.lastIndexOf('.', dot - 1)) {
                Optional<Column> head = column(field.substring(0, dot));
                if (head.isPresent()) {
                    return Optional.of(new Place(
                            head.get(), List.of(field.substring(dot + 1).split("\\."))));
                }
            }
            return Optional.empty();
        }

        /** What its rows are known by: the primary key, else a unique key without nulls, else nothing. */
        public List<String> rowKey() {
            if (!primaryKey.isEmpty()) {
                return primaryKey;
            }
            return uniques.stream()
                    .filter(Unique::whole)
                    .map(Unique::columns)
                    .filter(u -> u.stream()
                            .allMatch(c -> column(c).map(k -> !k.nullable()).orElse(false)))
                    .findFirst()
                    .orElse(List.of());
        }

        public String qualified() {
            return schema.isEmpty() ? name : schema + "." + name;
        }
    }

    /**
     * A column; {@code type} is the system's word for its type, {@code element} the type class of the value or of an array's
     * elements; {@code generated} ones cannot be set; one that {@code ignoresCase} compares "A" and "a" as equal; {@code
     * labels} are an enum's.
     */
    public record Column(
            String name,
            String type,
            ValueType value,
            boolean array,
            boolean nullable,
            OptionalInt length,
            boolean generated,
            boolean hasDefault,
            boolean ignoresCase,
            List<String> labels) {
        /** One that tells upper from lower case. */
        public Column(
                String name,
                String type,
                ValueType value,
                boolean array,
                boolean nullable,
                OptionalInt length,
                boolean generated,
                boolean hasDefault,
                List<String> labels) {
            this(name, type, value, array, nullable, length, generated, hasDefault, false, labels);
        }
    }

    /** Where a field of the map lies: a column, and a path inside it for a nested field. */
    public record Place(Column column, List<String> path) {}

    /** A unique key; not {@code whole} when it holds for some rows or over expressions only. */
    public record Unique(String name, List<String> columns, boolean whole) {}

    /** Rows of {@code table} point at rows of {@code target}; both as {@link Table#qualified}. */
    public record ForeignKey(
            String name,
            String table,
            List<String> columns,
            String target,
            List<String> targetColumns,
            OnDelete onDelete,
            boolean deferrable) {}

    public enum OnDelete {
        RESTRICT,
        CASCADE,
        SET_NULL,
        SET_DEFAULT
    }

    /** A condition that every row fulfils, as an SQL expression over the columns. */
    public record Check(String name, String expression) {}

    /** Something the system does by itself when rows change. */
    public record Trigger(String name, boolean onDelete, boolean onUpdate) {}

    /** The table of a collection: {@code name} in the system's schema, or {@code schema.name}; the case may differ. */
    public Optional<Table> table(MappedCollection collection) {
        return table(collection.name());
    }

    public Optional<Table> table(String named) {
        return pick(here.get(named), named, Table::name)
                .or(() -> pick(byQualified.get(named), named, Table::qualified))
                .or(() -> pick(byName.get(named), named, Table::name));
    }

    /** The table of exactly this {@link Table#qualified} name. */
    public Optional<Table> qualified(String named) {
        return byQualified.getOrDefault(named, List.of()).stream()
                .filter(t -> t.qualified().equals(named))
                .findFirst();
    }

    /** The foreign keys of any table that point at this one. */
    public List<ForeignKey> pointingAt(Table target) {
        return pointing.getOrDefault(target.qualified(), List.of());
    }

    private static <T> void add(Map<String, List<T>> index, String name, T one) {
        index.computeIfAbsent(name, n -> new ArrayList<>()).add(one);
    }

    /** The one of exactly this name, or else the only one whose name differs in case alone. */
    private static <T> Optional<T> pick(List<T> alike, String named, Function<T, String> name) {
        if (alike == null) {
            return Optional.empty();
        }
        List<T> exact = alike.stream().filter(c -> name.apply(c).equals(named)).toList();
        List<T> best = exact.isEmpty() ? alike : exact;
        return best.size() == 1 ? Optional.of(best.get(0)) : Optional.empty();
    }
}
