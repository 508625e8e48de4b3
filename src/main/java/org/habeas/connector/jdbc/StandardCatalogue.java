package org.habeas.connector.jdbc;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.habeas.connector.Catalogue;
import org.habeas.connector.Catalogue.Table;
import org.habeas.connector.ValueType;

/** What the JDBC standard lets any driver tell. It knows no checks and no triggers. */
final class StandardCatalogue implements CatalogueReader {
    @Override
    public Catalogue read(Connection connection, Optional<String> schema) throws SQLException {
        DatabaseMetaData meta = connection.getMetaData();
        String ours = schema.orElse(connection.getSchema());
        Draft draft = new Draft();
        try (ResultSet r = meta.getTables(
                connection.getCatalog(), ours, "%", new String[] {"TABLE", "BASE TABLE", "VIEW", "PARTITIONED TABLE"
                })) {
            while (r.next()) {
                boolean view = "VIEW".equals(r.getString("TABLE_TYPE"));
                String in = r.getString("TABLE_SCHEM");
                String name = r.getString("TABLE_NAME");
                draft.add(name, in == null ? "" : in, name, view ? Table.Kind.VIEW : Table.Kind.TABLE).writable = !view;
            }
        }
        try (ResultSet r = meta.getColumns(connection.getCatalog(), ours, "%", "%")) {
            while (r.next()) {
                Draft.Entry entry = draft.get(r.getString("TABLE_NAME"));
                if (entry != null) {
                    entry.columns.add(column(r));
                }
            }
        }
        Catalogue names = draft.finish("");
        for (Table table : names.tables()) {
            keys(connection, meta, draft.get(table.name()));
        }
        return draft.finish(ours == null ? "" : ours);
    }

    private static void keys(Connection connection, DatabaseMetaData meta, Draft.Entry table) throws SQLException {
        if (table.kind == Table.Kind.VIEW) {
            return;
        }
        String in = table.schema.isEmpty() ? null : table.schema;
        Map<Integer, String> key = new TreeMap<>();
        try (ResultSet r = meta.getPrimaryKeys(connection.getCatalog(), in, table.name)) {
            while (r.next()) {
                key.put(r.getInt("KEY_SEQ"), r.getString("COLUMN_NAME"));
            }
        }
        table.primaryKey = List.copyOf(key.values());
        Map<String, List<String>> uniques = new LinkedHashMap<>();
        try (ResultSet r = meta.getIndexInfo(connection.getCatalog(), in, table.name, true, true)) {
            while (r.next()) {
                if (r.getString("COLUMN_NAME") != null) {
                    uniques.computeIfAbsent(r.getString("INDEX_NAME"), n -> new ArrayList<>())
                            .add(r.getString("COLUMN_NAME"));
                }
            }
        }
        uniques.forEach((name, columns) -> {
            if (!columns.equals(table.primaryKey)) {
                table.uniques.add(new Catalogue.Unique(name, List.copyOf(columns), true));
            }
        });
        foreignKeys(connection, meta, table, in);
    }

    private static void foreignKeys(Connection connection, DatabaseMetaData meta, Draft.Entry table, String in)
            throws SQLException {
        Map<String, List<String[]>> keys = new LinkedHashMap<>();
        Map<String, Catalogue.OnDelete> rules = new LinkedHashMap<>();
        Map<String, Boolean> deferrable = new LinkedHashMap<>();
        try (ResultSet r = meta.getImportedKeys(connection.getCatalog(), in, table.name)) {
            while (r.next()) {
                String name = r.getString("FK_NAME") == null ? r.getString("PKTABLE_NAME") : r.getString("FK_NAME");
                String schema = r.getString("PKTABLE_SCHEM");
                String target = (schema == null ? "" : schema + ".") + r.getString("PKTABLE_NAME");
                keys.computeIfAbsent(name, n -> new ArrayList<>())
                        .add(new String[] {r.getString("FKCOLUMN_NAME"), target, r.getString("PKCOLUMN_NAME")});
                rules.put(name, rule(r.getInt("DELETE_RULE")));
                deferrable.put(name, r.getInt("DEFERRABILITY") != DatabaseMetaData.importedKeyNotDeferrable);
            }
        }
        keys.forEach((name, pairs) -> table.foreignKeys.add(new Catalogue.ForeignKey(
                name,
                table.qualified(),
                pairs.stream().map(p -> p[0]).toList(),
                pairs.get(0)[1],
                pairs.stream().map(p -> p[2]).toList(),
                rules.get(name),
                deferrable.get(name))));
    }

    private static Catalogue.OnDelete rule(int rule) {
        return switch (rule) {
            case DatabaseMetaData.importedKeyCascade -> Catalogue.OnDelete.CASCADE;
            case DatabaseMetaData.importedKeySetNull -> Catalogue.OnDelete.SET_NULL;
            case DatabaseMetaData.importedKeySetDefault -> Catalogue.OnDelete.SET_DEFAULT;
            default -> Catalogue.OnDelete.RESTRICT;
        };
    }

    private static Catalogue.Column column(ResultSet r) throws SQLException {
        String type = r.getString("TYPE_NAME").toLowerCase(Locale.ROOT);
        ValueType value = type(r.getInt("DATA_TYPE"), type);
        int size = r.getInt("COLUMN_SIZE");
        boolean sized = value == ValueType.TEXT && size > 0 && size < 1_000_000;
        return new Catalogue.Column(
                r.getString("COLUMN_NAME"),
                type,
                value,
                r.getInt("DATA_TYPE") == Types.ARRAY,
                r.getInt("NULLABLE") != DatabaseMetaData.columnNoNulls,
                sized ? OptionalInt.of(size) : OptionalInt.empty(),
                "YES".equals(r.getString("IS_GENERATEDCOLUMN")),
                r.getString("COLUMN_DEF") != null,
                type.contains("ignorecase"),
                List.of());
    }

    static ValueType type(int jdbc, String name) {
        return switch (jdbc) {
            case Types.TINYINT, Types.SMALLINT, Types.INTEGER, Types.BIGINT -> ValueType.INTEGER;
            case Types.NUMERIC, Types.DECIMAL -> ValueType.DECIMAL;
            case Types.REAL, Types.FLOAT, Types.DOUBLE -> ValueType.FLOAT;
            case Types.BOOLEAN, Types.BIT -> ValueType.BOOLEAN;
            case Types.DATE -> ValueType.DATE;
            case Types.TIME -> ValueType.TIME;
            case Types.TIMESTAMP -> ValueType.TIMESTAMP;
            case Types.TIMESTAMP_WITH_TIMEZONE -> ValueType.INSTANT;
            case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY, Types.BLOB -> name.equals("uuid")
                    ? ValueType.UUID
                    : ValueType.BINARY;
            case Types.CHAR, Types.VARCHAR, Types.LONGVARCHAR, Types.CLOB, Types.NCHAR, Types.NVARCHAR, Types.NCLOB ->
            // SQLite's driver calls its blobs text
            name.equals("blob") ? ValueType.BINARY : ValueType.TEXT;
            default -> name.equals("uuid") ? ValueType.UUID : ValueType.OTHER;
        };
    }
}
