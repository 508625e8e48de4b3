package org.habeas.datamap.discovery;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Reads the tables of one schema with what every JDBC driver tells of it. */
final class LiveSchema {
    /** What drivers call the things that hold rows. */
    private static final Set<String> TABLES = Set.of("TABLE", "BASE TABLE", "PARTITIONED TABLE", "FOREIGN TABLE");

    private static final Set<String> VIEWS = Set.of("VIEW", "MATERIALIZED VIEW");
    /** A longer length is no limit but the absence of one. */
    private static final int LONGEST = 100_000;

    private final Connection connection;
    private final DatabaseMetaData metadata;
    private final String catalog;
    private final String schema;

    /** Where databases have no schemas (MySQL), the schema is the database. */
    LiveSchema(Connection connection, Optional<String> schema) throws SQLException {
        this.connection = connection;
        this.metadata = connection.getMetaData();
        boolean schemas = metadata.supportsSchemasInTableDefinitions();
        this.catalog = schemas ? connection.getCatalog() : schema.orElse(connection.getCatalog());
        this.schema = schemas ? schema.orElse(connection.getSchema()) : null;
    }

    String name() {
        return schema == null ? catalog : schema;
    }

    List<LiveTable> tables() throws SQLException {
        Map<String, Boolean> names = names();
        Map<String, List<LiveTable.Column>> columns = columns();
        List<LiveTable> tables = new ArrayList<>();
        for (Map.Entry<String, Boolean> table : names.entrySet()) {
            tables.add(new LiveTable(
                    table.getKey(),
                    table.getValue(),
                    columns.getOrDefault(table.getKey(), List.of()),
                    primaryKey(table.getKey()),
                    foreignKeys(table.getKey())));
        }
        return tables;
    }

    /** The names in order, and whether each is a view. */
    private Map<String, Boolean> names() throws SQLException {
        Map<String, Boolean> names = new TreeMap<>();
        try (ResultSet found = metadata.getTables(catalog, pattern(schema), "%", null)) {
            while (found.next()) {
                String type = Objects.toString(found.getString("TABLE_TYPE"), "");
                boolean view = VIEWS.contains(type);
                if (ours(found) && (view || TABLES.contains(type))) {
                    names.put(found.getString("TABLE_NAME"), view);
                }
            }
        }
        partitions().forEach(names::remove);
        return names;
    }

    private boolean ours(ResultSet row) throws SQLException {
        return schema == null || schema.equals(row.getString("TABLE_SCHEM"));
    }

    /** The parts of a partitioned table: their rows are the whole's. */
    private Set<String> partitions() throws SQLException {
        Set<String> parts = new HashSet<>();
        if (metadata.getDatabaseProductName().equals("PostgreSQL")) {
            try (Statement statement = connection.createStatement();
                    ResultSet found =
                            statement.executeQuery("select c.relname, n.nspname from pg_catalog.pg_class c join"
                                    + " pg_catalog.pg_namespace n on n.oid = c.relnamespace where c.relispartition")) {
                while (found.next()) {
                    if (found.getString(2).equals(schema)) {
                        parts.add(found.getString(1));
                    }
                }
            }
        }
        return parts;
    }

    private Map<String, List<LiveTable.Column>> columns() throws SQLException {
        Map<String, List<LiveTable.Column>> columns = new LinkedHashMap<>();
        try (ResultSet found = metadata.getColumns(catalog, pattern(schema), "%", "%")) {
            while (found.next()) {
                if (ours(found)) {
                    columns.computeIfAbsent(found.getString("TABLE_NAME"), t -> new ArrayList<>())
                            .add(column(found));
                }
            }
        }
        return columns;
    }

    private static LiveTable.Column column(ResultSet row) throws SQLException {
        String type = dataType(row.getInt("DATA_TYPE"));
        int size = row.getInt("COLUMN_SIZE");
        boolean limited = type.equals("string") && size > 0 && size <= LONGEST;
        return new LiveTable.Column(
                row.getString("COLUMN_NAME"),
                type,
                limited ? OptionalInt.of(size) : OptionalInt.empty(),
                "YES".equals(row.getString("IS_GENERATEDCOLUMN")),
                Optional.ofNullable(row.getString("REMARKS")).filter(r -> !r.isBlank()));
    }

    private static String dataType(int type) {
        return switch (type) {
            case Types.BIT, Types.BOOLEAN -> "boolean";
            case Types.TINYINT, Types.SMALLINT, Types.INTEGER, Types.BIGINT -> "integer";
            case Types.FLOAT, Types.REAL, Types.DOUBLE, Types.NUMERIC, Types.DECIMAL -> "float";
            case Types.CHAR,
                    Types.VARCHAR,
                    Types.LONGVARCHAR,
                    Types.NCHAR,
                    Types.NVARCHAR,
                    Types.LONGNVARCHAR,
                    Types.CLOB,
                    Types.NCLOB -> "string";
            default -> "";
        };
    }

    private List<String> primaryKey(String table) throws SQLException {
        Map<Integer, String> key = new TreeMap<>();
        try (ResultSet found = metadata.getPrimaryKeys(catalog, schema, table)) {
            while (found.next()) {
                key.put(found.getInt("KEY_SEQ"), found.getString("COLUMN_NAME"));
            }
        }
        return List.copyOf(key.values());
    }

    /** Keys into other schemas are left out: what they lead to is not in this map. */
    private List<LiveTable.ForeignKey> foreignKeys(String table) throws SQLException {
        record Part(String key, String column, String target, String targetColumn) {}
        List<Part> parts = new ArrayList<>();
        try (ResultSet found = metadata.getImportedKeys(catalog, schema, table)) {
            int unnamed = 0;
            while (found.next()) {
                unnamed += found.getInt("KEY_SEQ") == 1 ? 1 : 0;
                String name = found.getString("FK_NAME");
                boolean here =
                        Objects.equals(name(), found.getString(schema == null ? "PKTABLE_CAT" : "PKTABLE_SCHEM"));
                if (here) {
                    parts.add(new Part(
                            name == null ? table + "_" + unnamed : name,
                            found.getString("FKCOLUMN_NAME"),
                            found.getString("PKTABLE_NAME"),
                            found.getString("PKCOLUMN_NAME")));
                }
            }
        }
        return parts.stream()
                .collect(Collectors.groupingBy(Part::key, LinkedHashMap::new, Collectors.toList()))
                .entrySet()
                .stream()
                .map(key -> new LiveTable.ForeignKey(
                        key.getKey(),
                        key.getValue().stream().map(Part::column).toList(),
                        key.getValue().get(0).target(),
                        key.getValue().stream().map(Part::targetColumn).toList(),
                        false))
                .toList();
    }

    private String pattern(String name) throws SQLException {
        String escape = metadata.getSearchStringEscape();
        return name == null || escape == null || escape.isEmpty()
                ? name
                : name.replace(escape, escape + escape)
                        .replace("_", escape + "_")
                        .replace("%", escape + "%");
    }
}
