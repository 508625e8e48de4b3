package org.habeas.connector.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.habeas.connector.Catalogue;
import org.habeas.connector.Catalogue.Table;
import org.habeas.connector.ValueType;

/** The information_schema of MySQL and MariaDB, read for one database. */
final class MysqlCatalogue implements CatalogueReader {
    @Override
    public Catalogue read(Connection connection, Optional<String> schema) throws SQLException {
        String ours = schema.orElse(connection.getCatalog());
        Draft draft = new Draft();
        each(
                connection,
                "select table_name, table_type from information_schema.tables where table_schema = ?",
                ours,
                r -> {
                    boolean view = r.getString(2).contains("VIEW");
                    draft.add(r.getString(1), ours, r.getString(1), view ? Table.Kind.VIEW : Table.Kind.TABLE)
                            .writable = !view;
                });
        each(
                connection,
                "select table_name, column_name, data_type, column_type, is_nullable, character_maximum_length, extra,"
                        + " column_default, collation_name from information_schema.columns where table_schema = ? order by"
                        + " table_name, ordinal_position",
                ours,
                r -> with(draft, r, e -> e.columns.add(column(r))));
        each(
                connection,
                "select table_name, is_updatable from information_schema.views where table_schema = ?",
                ours,
                r -> with(draft, r, e -> e.writable = "YES".equals(r.getString(2))));
        keys(connection, ours, draft);
        foreignKeys(connection, ours, draft);
        each(
                connection,
                "select event_object_table, trigger_name, event_manipulation from information_schema.triggers where"
                        + " trigger_schema = ?",
                ours,
                r -> with(
                        draft,
                        r,
                        e -> e.triggers.add(new Catalogue.Trigger(
                                r.getString(2), "DELETE".equals(r.getString(3)), "UPDATE".equals(r.getString(3))))));
        checks(connection, ours, draft);
        return draft.finish(ours);
    }

    private static void keys(Connection connection, String ours, Draft draft) throws SQLException {
        Map<List<String>, List<String>> keys = new LinkedHashMap<>();
        each(
                connection,
                "select table_name, index_name, column_name from information_schema.statistics where table_schema = ? and"
                        + " non_unique = 0 order by table_name, index_name, seq_in_index",
                ours,
                r -> keys.computeIfAbsent(List.of(r.getString(1), r.getString(2)), k -> new ArrayList<>())
                        .add(r.getString(3)));
        keys.forEach((key, columns) -> {
            Draft.Entry entry = draft.get(key.get(0));
            if (entry != null && key.get(1).equals("PRIMARY")) {
                entry.primaryKey = List.copyOf(columns);
            } else if (entry != null) {
                boolean whole = !columns.contains(null);
                entry.uniques.add(new Catalogue.Unique(key.get(1), whole ? List.copyOf(columns) : List.of(), whole));
            }
        });
    }

    private static void foreignKeys(Connection connection, String ours, Draft draft) throws SQLException {
        Map<List<String>, List<String[]>> pairs = new LinkedHashMap<>();
        each(
                connection,
                "select k.table_name, k.constraint_name, k.column_name, k.referenced_table_schema, k.referenced_table_name,"
                        + " k.referenced_column_name, r.delete_rule from information_schema.key_column_usage k join"
                        + " information_schema.referential_constraints r on r.constraint_schema = k.constraint_schema and"
                        + " r.constraint_name = k.constraint_name and r.table_name = k.table_name where k.table_schema = ?"
                        + " and k.referenced_table_name is not null order by k.table_name, k.constraint_name,"
                        + " k.ordinal_position",
                ours,
                r -> pairs.computeIfAbsent(List.of(r.getString(1), r.getString(2)), k -> new ArrayList<>())
                        .add(new String[] {
                            r.getString(3), r.getString(4) + "." + r.getString(5), r.getString(6), r.getString(7)
                        }));
        pairs.forEach((key, columns) -> {
            Draft.Entry child = draft.get(key.get(0));
            if (child != null) {
                child.foreignKeys.add(new Catalogue.ForeignKey(
                        key.get(1),
                        child.qualified(),
                        columns.stream().map(c -> c[0]).toList(),
                        columns.get(0)[1],
                        columns.stream().map(c -> c[2]).toList(),
                        rule(columns.get(0)[3]),
                        false));
            }
        });
    }

    /** MariaDB names the table of a check, MySQL only by its constraint. */
    private static void checks(Connection connection, String ours, Draft draft) throws SQLException {
        boolean maria = connection.getMetaData().getDatabaseProductName().contains("Maria");
        String sql = maria
                ? "select table_name, constraint_name, check_clause from information_schema.check_constraints where"
                        + " constraint_schema = ?"
                : "select t.table_name, c.constraint_name, c.check_clause from information_schema.check_constraints c join"
                        + " information_schema.table_constraints t on t.constraint_schema = c.constraint_schema and"
                        + " t.constraint_name = c.constraint_name where c.constraint_schema = ?";
        try {
            each(
                    connection,
                    sql,
                    ours,
                    r -> with(draft, r, e -> e.checks.add(new Catalogue.Check(r.getString(2), r.getString(3)))));
        } catch (SQLException e) {
            // MySQL before 8.0.16 knows no checks
        }
    }

    private static Catalogue.OnDelete rule(String rule) {
        return switch (rule) {
            case "CASCADE" -> Catalogue.OnDelete.CASCADE;
            case "SET NULL" -> Catalogue.OnDelete.SET_NULL;
            case "SET DEFAULT" -> Catalogue.OnDelete.SET_DEFAULT;
            default -> Catalogue.OnDelete.RESTRICT;
        };
    }

    private static Catalogue.Column column(ResultSet r) throws SQLException {
        String type = r.getString("data_type");
        String full = r.getString("column_type");
        long length = r.getLong("character_maximum_length");
        String extra = r.getString("extra").toUpperCase(java.util.Locale.ROOT);
        String collation = r.getString("collation_name");
        return new Catalogue.Column(
                r.getString("column_name"),
                type,
                type(type, full),
                false,
                "YES".equals(r.getString("is_nullable")),
                length > 0 && length < 1_000_000 ? OptionalInt.of((int) length) : OptionalInt.empty(),
                extra.contains("VIRTUAL") || extra.contains("STORED") || extra.contains("PERSISTENT"),
                r.getString("column_default") != null || extra.contains("AUTO_INCREMENT"),
                collation != null && collation.endsWith("_ci"),
                type.equals("enum") ? labels(full) : List.of());
    }

    private static List<String> labels(String full) {
        String inner = full.substring(full.indexOf('(') + 1, full.lastIndexOf(')'));
        return Arrays.stream(inner.split(","))
                .map(l -> l.strip().replaceAll("^'|'$", "").replace("''", "'"))
                .toList();
    }

    private static ValueType type(String type, String full) {
        return switch (type) {
            case "tinyint", "smallint", "mediumint", "int", "year" -> ValueType.INTEGER;
            case "bigint" -> full.contains("unsigned") ? ValueType.DECIMAL : ValueType.INTEGER;
            case "decimal" -> ValueType.DECIMAL;
            case "float", "double" -> ValueType.FLOAT;
            case "char", "varchar", "tinytext", "text", "mediumtext", "longtext" -> ValueType.TEXT;
            case "bit" -> full.equals("bit(1)") ? ValueType.BOOLEAN : ValueType.BINARY;
            case "date" -> ValueType.DATE;
            case "time" -> ValueType.TIME;
            case "datetime" -> ValueType.TIMESTAMP;
            case "timestamp" -> ValueType.INSTANT;
            case "binary", "varbinary", "tinyblob", "blob", "mediumblob", "longblob" -> ValueType.BINARY;
            case "json" -> ValueType.JSON;
            case "enum" -> ValueType.ENUM;
            case "uuid" -> ValueType.UUID;
            default -> ValueType.OTHER;
        };
    }

    private interface RowWork {
        void on(ResultSet row) throws SQLException;
    }

    private interface EntryWork {
        void on(Draft.Entry entry) throws SQLException;
    }

    private static void with(Draft draft, ResultSet r, EntryWork work) throws SQLException {
        Draft.Entry entry = draft.get(r.getString(1));
        if (entry != null) {
            work.on(entry);
        }
    }

    private static void each(Connection connection, String sql, String schema, RowWork work) throws SQLException {
        try (var select = connection.prepareStatement(sql)) {
            select.setString(1, schema);
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    work.on(rows);
                }
            }
        }
    }
}
