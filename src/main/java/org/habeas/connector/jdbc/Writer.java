package org.habeas.connector.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.habeas.connector.Batch;
import org.habeas.connector.Batch.Change;
import org.habeas.connector.Catalogue.Column;
import org.habeas.connector.Catalogue.Place;
import org.habeas.connector.Catalogue.Table;
import org.habeas.connector.Outcome;
import org.habeas.connector.Row;
import org.habeas.connector.SystemFailure;
import org.habeas.connector.Values;

/** Applies a batch inside the caller's transaction: looks at every row first, under lock, then changes it. */
final class Writer {
    private final Connection connection;
    private final Shape shape;

    Writer(Connection connection, Shape shape) {
        this.connection = connection;
        this.shape = shape;
    }

    Outcome apply(Batch batch) throws SQLException {
        List<Change> open = new ArrayList<>();
        int already = 0;
        int moved = 0;
        Map<String, Seen> seen = shape.keyed ? look(batch.changes()) : Map.of();
        for (Change change : batch.changes()) {
            State state = shape.keyed ? keyed(change, seen.get(known(change.before()))) : counted(change);
            switch (state) {
                case AS_SEEN -> open.add(change);
                case DONE -> already += change.copies();
                case MOVED -> moved++;
            }
        }
        if (moved > 0) {
            return new Outcome.Moved(moved);
        }
        int changed = change(open, seen);
        return new Outcome.Applied(changed, already);
    }

    private enum State {
        AS_SEEN,
        DONE,
        MOVED
    }

    /** A row as it is now: mapped values, and whole columns for what lies inside them. */
    private record Seen(Row row, Map<Column, Object> columns) {}

    // ---- looking

    private Map<String, Seen> look(List<Change> changes) throws SQLException {
        Map<String, Seen> seen = new HashMap<>();
        for (List<Change> some : Reader.chunks(changes, shape.dialect.keys)) {
            Sql sql = Sql.of("select " + shape.selected() + " from " + shape.from() + " where ")
                    .add(byKey(some));
            sql.add(lock());
            try (PreparedStatement select = sql.prepare(connection);
                    ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    Row row = shape.row(rows);
                    seen.put(known(row), new Seen(row, shape.columns(rows)));
                }
            }
        }
        return seen;
    }

    private String lock() throws SQLException {
        boolean lockable = shape.table.kind() != Table.Kind.FOREIGN
                && connection.getMetaData().supportsSelectForUpdate();
        return lockable ? " for update" : "";
    }

    Sql byKey(List<Change> changes) {
        List<Sql> rows = new ArrayList<>();
        for (Change change : changes) {
            rows.add(Sql.of("(").add(exactly(change.before())).add(")"));
        }
        if (shape.dialect == Dialect.POSTGRES
                && shape.key.size() == 1
                && !shape.key.get(0).array()) {
            return byOneKey(changes);
        }
        return Sql.of("(").add(Sql.joined(rows, " or ")).add(")");
    }

    private Sql byOneKey(List<Change> changes) {
        Column column = shape.key.get(0);
        String[] keys = changes.stream()
                .flatMap(c -> org.habeas.connector.Conversion.to(
                                column, c.before().key().values().get(0))
                        .stream()
                        .limit(1))
                .map(Columns::postgresText)
                .toArray(String[]::new);
        return Sql.of(
                shape.dialect.name(column.name()) + " = any(cast(cast(? as text[]) as " + column.type() + "[]))",
                (Object) keys);
    }

    private Sql exactly(Row row) {
        List<Sql> parts = new ArrayList<>();
        for (int i = 0; i < shape.key.size(); i++) {
            parts.add(Columns.exactly(
                    shape.dialect, shape.key.get(i), row.key().values().get(i)));
        }
        return Sql.joined(parts, " and ");
    }

    private static String known(Row row) {
        return Values.canonical(row.key().values());
    }

    private State keyed(Change change, Seen now) {
        if (change.what() instanceof Batch.Set set) {
            return now == null ? State.MOVED : settable(change, set, now);
        }
        if (now == null) {
            return State.DONE;
        }
        return asBefore(change, now) ? State.AS_SEEN : State.MOVED;
    }

    private State settable(Change change, Batch.Set set, Seen now) {
        if (asBefore(change, now)) {
            return State.AS_SEEN;
        }
        return asWanted(set, now) ? State.DONE : State.MOVED;
    }

    /** Whether the row is what was seen. */
    private static boolean asBefore(Change change, Seen now) {
        return change.before().values().entrySet().stream()
                .allMatch(v -> Values.same(v.getValue(), now.row().value(v.getKey())));
    }

    /** Whether the fields already are as wanted; the rest may differ by what the database computes from them. */
    private boolean asWanted(Batch.Set set, Seen now) {
        return set.values().entrySet().stream().allMatch(w -> {
            String field = w.getKey();
            if (!now.row().values().containsKey(field)) {
                return false;
            }
            Object wanted = stored(field, w.getValue());
            Object actual = stored(field, now.row().value(field));
            // a value set inside every element of a list comes back as a list of it
            return actual instanceof List<?> list && !(wanted instanceof List)
                    ? list.stream().allMatch(e -> Values.same(e, wanted))
                    : Values.same(wanted, actual);
        });
    }

    /** The value as the column gives it back: "5" written into a number is 5. */
    private Object stored(String field, Object value) {
        Place place = shape.place(field);
        if (value == null || !place.path().isEmpty() || place.column().array()) {
            return value;
        }
        return org.habeas.connector.Conversion.to(place.column(), value).stream()
                .findFirst()
                .<Object>map(Object::toString)
                .orElse(value);
    }

    /** A row without a key is known by all it holds; how many of them there are tells what was done before. */
    private State counted(Change change) throws SQLException {
        Sql sql = Sql.of("select 1 from " + shape.from() + " where ").add(exactly(change.before()));
        sql.add(lock());
        int present = 0;
        try (PreparedStatement select = sql.prepare(connection);
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                present++;
            }
        }
        if (present == change.present()) {
            return State.AS_SEEN;
        }
        return present == change.present() - change.copies() ? State.DONE : State.MOVED;
    }

    // ---- changing

    private int change(List<Change> open, Map<String, Seen> seen) throws SQLException {
        if (!shape.keyed) {
            int changed = 0;
            for (Change change : open) {
                changed += copies(change);
            }
            return changed;
        }
        List<Change> doomed =
                open.stream().filter(c -> c.what() instanceof Batch.Delete).toList();
        for (List<Change> some : Reader.chunks(doomed, shape.dialect.keys)) {
            expect(
                    some.size(),
                    run(Sql.of("delete from " + shape.name() + " where ").add(byKey(some))));
        }
        for (Change change : open) {
            if (change.what() instanceof Batch.Set set) {
                Sql sql = update(set.values(), seen.get(known(change.before()))).add(" where ");
                expect(1, run(sql.add(exactly(change.before()))));
            }
        }
        return open.size();
    }

    private Sql update(Map<String, Object> values, Seen now) {
        Map<Column, Object> whole = new LinkedHashMap<>();
        values.forEach((field, value) -> {
            Place place = shape.place(field);
            Object base = whole.containsKey(place.column())
                    ? whole.get(place.column())
                    : now == null ? null : now.columns().get(place.column());
            whole.put(place.column(), Nested.put(base, place.path(), value));
        });
        List<Sql> sets = new ArrayList<>();
        whole.forEach((column, value) -> sets.add(
                Sql.of(shape.dialect.name(column.name()) + " = ").add(Columns.assigned(shape.dialect, column, value))));
        return Sql.of("update " + shape.name() + " set ").add(Sql.joined(sets, ", "));
    }

    /** Changes exactly so many of the rows that look the same. */
    private int copies(Change change) throws SQLException {
        Sql where = exactly(change.before());
        if (change.copies() < change.present()) {
            where = limited(where, change.copies());
        }
        Sql sql = change.what() instanceof Batch.Set set
                ? update(set.values(), new Seen(change.before(), columnsOf(change.before())))
                : Sql.of("delete from " + shape.name());
        sql.add(" where ").add(where);
        boolean limit = shape.dialect == Dialect.MYSQL && change.copies() < change.present();
        expect(change.copies(), run(limit ? sql.add(" limit " + change.copies()) : sql));
        return change.copies();
    }

    private Map<Column, Object> columnsOf(Row before) {
        Map<Column, Object> columns = new LinkedHashMap<>();
        for (int i = 0; i < shape.key.size(); i++) {
            columns.put(shape.key.get(i), before.key().values().get(i));
        }
        return columns;
    }

    private Sql limited(Sql where, int copies) {
        if (shape.dialect == Dialect.MYSQL) {
            return where;
        }
        if (shape.dialect == Dialect.POSTGRES && shape.table.kind() != Table.Kind.VIEW) {
            return Sql.of("(tableoid, ctid) in (select tableoid, ctid from " + shape.name() + " where ")
                    .add(where)
                    .add(" limit " + copies + ")");
        }
        if (shape.dialect == Dialect.STANDARD) {
            return Sql.of("_rowid_ in (select _rowid_ from " + shape.name() + " where ")
                    .add(where)
                    .add(" limit " + copies + ")");
        }
        throw new SystemFailure(
                shape.system, SystemFailure.Kind.REFUSED, "Equal rows of the view cannot be told apart");
    }

    private int run(Sql sql) throws SQLException {
        try (PreparedStatement statement = sql.prepare(connection)) {
            return statement.executeUpdate();
        }
    }

    private void expect(int wanted, int got) {
        if (wanted != got) {
            throw new SystemFailure(
                    shape.system,
                    SystemFailure.Kind.REFUSED,
                    "The database changed " + got + " rows of " + shape.table.qualified() + " instead of " + wanted
                            + "; a trigger, a rule or row security may be the cause");
        }
    }
}
