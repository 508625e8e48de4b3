package org.habeas.connector.jdbc;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.HexFormat;
import java.util.UUID;
import org.habeas.connector.Catalogue.Column;
import org.habeas.connector.Conversion;
import org.habeas.connector.ValueType;
import org.habeas.connector.Values;

/** Reads columns into plain values and writes plain values into columns. */
final class Columns {
    private Columns() {}

    /** What to select so that {@link #read} can read it. */
    static String selected(Dialect dialect, String alias, Column column) {
        String name = alias + "." + dialect.name(column.name());
        if (dialect != Dialect.POSTGRES) {
            return name;
        }
        if (column.array()) {
            return "to_json(" + name + ")::text";
        }
        return switch (column.value()) {
            case JSON, OTHER, ENUM, TEXT -> name + "::text";
            default -> name;
        };
    }

    static Object read(ResultSet rows, int at, Column column, Dialect dialect) throws SQLException {
        if (column.array()) {
            return dialect == Dialect.POSTGRES ? Values.parse(rows.getString(at)) : list(rows, at);
        }
        Object value =
                switch (column.value()) {
                    case INTEGER -> rows.getLong(at);
                    case DECIMAL -> decimal(rows, at, dialect);
                    case FLOAT -> floating(rows, at, column);
                    case BOOLEAN -> rows.getBoolean(at);
                    case DATE -> date(rows.getObject(at, LocalDate.class));
                    case TIME -> text(rows.getObject(at, LocalTime.class));
                    case TIMESTAMP -> timestamp(rows.getObject(at, LocalDateTime.class));
                    case INSTANT -> instant(rows, at, dialect);
                    case UUID -> uuid(rows.getObject(at));
                    case BINARY -> binary(rows.getBytes(at));
                    case JSON -> Values.parse(rows.getString(at));
                    case TEXT, ENUM, OTHER -> rows.getString(at);
                };
        return rows.wasNull() ? null : value;
    }

    private static Object list(ResultSet rows, int at) throws SQLException {
        var array = rows.getArray(at);
        return array == null
                ? null
                : Values.plain(java.util.Arrays.asList((Object[]) array.getArray()).stream()
                        .map(v -> v instanceof Number || v instanceof Boolean || v == null ? v : v.toString())
                        .collect(java.util.stream.Collectors.toList()));
    }

    private static Object decimal(ResultSet rows, int at, Dialect dialect) throws SQLException {
        if (dialect != Dialect.POSTGRES) {
            return rows.getBigDecimal(at);
        }
        String text = rows.getString(at);
        return text == null ? null : beyond(text) ? text : new BigDecimal(text);
    }

    private static Object floating(ResultSet rows, int at, Column column) throws SQLException {
        if (column.type().equals("real")) {
            return Values.plain(rows.getFloat(at));
        }
        return Values.plain(rows.getDouble(at));
    }

    private static boolean beyond(String number) {
        char last = number.charAt(number.length() - 1);
        return last == 'N' || last == 'y';
    }

    /** The driver's largest and smallest times are PostgreSQL's infinities. */
    private static String date(LocalDate date) {
        return date == null
                ? null
                : date.equals(LocalDate.MAX) ? "infinity" : date.equals(LocalDate.MIN) ? "-infinity" : date.toString();
    }

    private static String timestamp(LocalDateTime time) {
        return time == null
                ? null
                : time.equals(LocalDateTime.MAX)
                        ? "infinity"
                        : time.equals(LocalDateTime.MIN) ? "-infinity" : time.toString();
    }

    private static String instant(ResultSet rows, int at, Dialect dialect) throws SQLException {
        if (dialect == Dialect.MYSQL) {
            LocalDateTime time = rows.getObject(at, LocalDateTime.class);
            return time == null ? null : Conversion.text(time.atOffset(ZoneOffset.UTC));
        }
        OffsetDateTime time = rows.getObject(at, OffsetDateTime.class);
        return time == null
                ? null
                : time.equals(OffsetDateTime.MAX)
                        ? "infinity"
                        : time.equals(OffsetDateTime.MIN) ? "-infinity" : Conversion.text(time);
    }

    private static String text(Object value) {
        return value == null ? null : value.toString();
    }

    private static String uuid(Object value) {
        return value == null ? null : value instanceof byte[] b ? HexFormat.of().formatHex(b) : value.toString();
    }

    private static String binary(byte[] bytes) {
        return bytes == null ? null : Base64.getEncoder().encodeToString(bytes);
    }

    /** How PostgreSQL reads a converted value out of a text. */
    static String postgresText(Object typed) {
        return typed instanceof byte[] bytes ? "\\x" + HexFormat.of().formatHex(bytes) : typed.toString();
    }

    /** How JDBC takes a converted value where the type comes with it. */
    static Object bindable(Object typed, Dialect dialect) {
        if (dialect == Dialect.MYSQL && typed instanceof OffsetDateTime time) {
            return time.toLocalDateTime();
        }
        return dialect == Dialect.MYSQL && typed instanceof UUID uuid ? uuid.toString() : typed;
    }

    /** The right-hand side that writes this value into the column; the value must convert. */
    static Sql assigned(Dialect dialect, Column column, Object value) {
        if (value == null) {
            return Sql.of("null");
        }
        if (dialect == Dialect.POSTGRES && column.array()) {
            return Sql.of(
                    "cast(array(select x from jsonb_array_elements_text(cast(? as jsonb)) with ordinality e(x, o) order by"
                            + " o) as " + column.type() + "[])",
                    Values.json(value));
        }
        Object typed = Conversion.to(column, value).stream()
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("a value does not fit column " + column.name()));
        return dialect == Dialect.POSTGRES
                ? Sql.of("cast(? as " + column.type() + ")", postgresText(typed))
                : Sql.of("?", bindable(typed, dialect));
    }

    /** The condition that the column holds exactly this value, null included: for rows without a key. */
    static Sql exactly(Dialect dialect, Column column, Object value) {
        String name = dialect.name(column.name());
        if (value == null) {
            return Sql.of(name + " is null");
        }
        if (dialect == Dialect.POSTGRES && (column.array() || column.value() == ValueType.JSON)) {
            return Sql.of("to_jsonb(" + name + ") = cast(? as jsonb)", Values.json(value));
        }
        Object typed = Conversion.to(column, value).stream().findFirst().orElse(null);
        if (typed == null) {
            return Sql.of("1 = 0");
        }
        if (dialect == Dialect.POSTGRES) {
            return column.value() == ValueType.OTHER || column.ignoresCase()
                    ? Sql.of(name + "::text = ?", typed.toString())
                    : Sql.of(name + " = cast(? as " + column.type() + ")", postgresText(typed));
        }
        boolean loose = dialect == Dialect.MYSQL && column.value() == ValueType.TEXT;
        Sql equal = Sql.of(name + " = ?", bindable(typed, dialect));
        return loose
                ? equal.add(
                        " and hex(convert(" + name + " using utf8mb4)) = ?",
                        HexFormat.of()
                                .withUpperCase()
                                .formatHex(typed.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                : equal;
    }
}
