package org.habeas.connector.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.temporal.Temporal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.habeas.connector.Catalogue;
import org.habeas.connector.Due;
import org.habeas.connector.Key;
import org.habeas.connector.Lookup;
import org.habeas.connector.Row;
import org.habeas.connector.SystemFailure;
import org.habeas.connector.ValueType;
import org.jspecify.annotations.Nullable;

/** Finds rows: one query for a chunk of keys, rows streamed as they come. */
final class Reader {
    private final int fetchSize;

    Reader(int fetchSize) {
        this.fetchSize = fetchSize;
    }

    /** Until {@code rows} returns false. */
    void find(Connection connection, Shape shape, Lookup lookup, Predicate<Row> rows) throws SQLException {
        Condition condition = new Condition(shape, lookup.fields());
        for (List<Key> keys : chunks(lookup.keys(), shape.dialect.keys)) {
            Optional<Sql> where = condition.on(keys);
            if (where.isEmpty()) {
                continue;
            }
            Predicate<Row> test = condition.again(keys).orElse(row -> true);
            Sql sql = Sql.of("select " + shape.selected() + " from " + shape.from() + " where ")
                    .add(where.get());
            if (!each(connection, sql, shape, row -> !test.test(row) || rows.test(row))) {
                return;
            }
        }
    }

    List<Long> count(Connection connection, Shape shape, Lookup lookup, long most) throws SQLException {
        Condition condition = new Condition(shape, lookup.fields());
        List<Long> counts = new ArrayList<>(lookup.keys().size());
        for (Key key : lookup.keys()) {
            counts.add(count(connection, shape, condition, key, most));
        }
        return counts;
    }

    /** Counts no further than {@code most}: a product that a million people bought is as quick as one that two did. */
    private long count(Connection connection, Shape shape, Condition condition, Key key, long most)
            throws SQLException {
        Optional<Sql> where = condition.on(List.of(key));
        if (where.isEmpty()) {
            return 0;
        }
        Optional<Predicate<Row>> again = condition.again(List.of(key));
        if (again.isPresent()) {
            long[] found = {0};
            Sql sql = Sql.of("select " + shape.selected() + " from " + shape.from() + " where ")
                    .add(where.get());
            each(connection, sql, shape, row -> !again.get().test(row) || ++found[0] < most);
            return found[0];
        }
        Sql sql = Sql.of("select count(*) from (select 1 from " + shape.from() + " where ")
                .add(where.get())
                .add(" limit " + most + ") x");
        try (PreparedStatement select = sql.prepare(connection);
                ResultSet rows = select.executeQuery()) {
            rows.next();
            return rows.getLong(1);
        }
    }

    void due(Connection connection, Shape shape, Due due, Predicate<Row> rows) throws SQLException {
        Sql sql = Sql.of("select " + shape.selected() + " from " + shape.from() + " where ")
                .add(dueCondition(shape, due));
        each(connection, sql, shape, rows);
    }

    static long count(Connection connection, Shape shape, Due due) throws SQLException {
        Sql sql = Sql.of("select count(*) from " + shape.from() + " where ").add(dueCondition(shape, due));
        try (PreparedStatement select = sql.prepare(connection);
                ResultSet rows = select.executeQuery()) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static @Nullable Object border(Catalogue.Column column, LocalDate day, ZoneId zone) {
        return switch (column.value()) {
            case DATE -> day;
            case TEXT -> day.toString();
            case TIMESTAMP -> day.atStartOfDay();
            case INSTANT -> day.atStartOfDay(zone).toOffsetDateTime();
            case INTEGER -> (long) day.getYear();
            default -> null;
        };
    }

    /** PostgreSQL is given a day as a day: a text would be read anew for every row, for how it reads is a setting. */
    private static Sql bound(Shape shape, Catalogue.Column column, Object border) {
        if (shape.dialect == Dialect.POSTGRES && border instanceof Temporal) {
            return Sql.of("?", border);
        }
        Object plain = border instanceof OffsetDateTime moment ? moment.toInstant() : border;
        return Columns.assigned(shape.dialect, column, plain instanceof Long year ? year : plain.toString());
    }

    /** The cut-off is worked out once, in the type of the column, so that an index over it serves. */
    static Sql dueCondition(Shape shape, Due due) {
        var place = shape.place(due.field());
        var column = place.column();
        Object cutoff = border(column, due.before(), due.zone());
        if (cutoff == null || !place.path().isEmpty()) {
            throw new SystemFailure(
                    shape.system,
                    SystemFailure.Kind.NOT_THERE,
                    shape.table.qualified() + "." + due.field() + " is no date, so no retention can start from it");
        }
        String name = "t." + shape.dialect.name(column.name());
        Sql sql = Sql.of(name + " < ").add(bound(shape, column, cutoff));
        if (column.value() == ValueType.TEXT) {
            sql.add(" and " + name + " like '____-__-__%'");
        }
        if (shape.dialect == Dialect.POSTGRES
                && column.value() != ValueType.INTEGER
                && column.value() != ValueType.TEXT) {
            // what was always so has no day from which a period could run
            sql.add(" and " + name + " > '-infinity'");
        }
        for (Due.Span span : due.kept()) {
            sql.add(" and not (" + name + " >= ")
                    .add(bound(shape, column, border(column, span.from(), due.zone())))
                    .add(" and " + name + " < ")
                    .add(bound(shape, column, border(column, span.to(), due.zone())))
                    .add(")");
        }
        for (Lookup spared : due.except()) {
            new Condition(shape, spared.fields())
                    .on(spared.keys())
                    .ifPresent(c -> sql.add(" and not coalesce(").add(c).add(", false)"));
        }
        return sql;
    }

    void each(Connection connection, Shape shape, Predicate<Row> rows) throws SQLException {
        each(connection, Sql.of("select " + shape.selected() + " from " + shape.from()), shape, rows);
    }

    /** Streams what the query finds; false when {@code rows} had enough. */
    private boolean each(Connection connection, Sql sql, Shape shape, Predicate<Row> rows) throws SQLException {
        try (PreparedStatement select = sql.prepare(connection)) {
            select.setFetchSize(fetchSize);
            try (ResultSet found = select.executeQuery()) {
                while (found.next()) {
                    if (!rows.test(shape.row(found))) {
                        return false;
                    }
                }
            }
        }
        return true;
    }

    static <T> List<List<T>> chunks(List<T> all, int size) {
        List<List<T>> chunks = new ArrayList<>();
        for (int i = 0; i < all.size(); i += size) {
            chunks.add(all.subList(i, Math.min(all.size(), i + size)));
        }
        return chunks;
    }

    static List<Object> nulls(int count) {
        return Arrays.asList(new Object[count]);
    }
}
