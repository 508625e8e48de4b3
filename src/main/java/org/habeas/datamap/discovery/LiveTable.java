package org.habeas.datamap.discovery;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** A table or view as a database describes it; names are the database's own, in its own case. */
record LiveTable(
        String name, boolean view, List<Column> columns, List<String> primaryKey, List<ForeignKey> foreignKeys) {

    /** {@code dataType} is the word that Fides has for its type; {@code generated} ones cannot be set. */
    record Column(String name, String dataType, OptionalInt length, boolean generated, Optional<String> remark) {
        boolean text() {
            return dataType.equals("string");
        }
    }

    /** Rows of this table point at rows of {@code target}; {@code guessed} if only the names say so. */
    record ForeignKey(String name, List<String> columns, String target, List<String> targetColumns, boolean guessed) {}

    Optional<Column> column(String columnName) {
        return columns.stream().filter(c -> c.name().equals(columnName)).findFirst();
    }

    boolean pointsWith(String columnName) {
        return foreignKeys.stream().anyMatch(k -> k.columns().contains(columnName));
    }

    LiveTable with(List<ForeignKey> keys) {
        return new LiveTable(name, view, columns, primaryKey, List.copyOf(keys));
    }
}
