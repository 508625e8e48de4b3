package org.habeas.connector.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.habeas.connector.Batch;
import org.habeas.connector.Batch.Change;
import org.habeas.connector.Catalogue;
import org.habeas.connector.Catalogue.Column;
import org.habeas.connector.Catalogue.Place;
import org.habeas.connector.Conversion;
import org.habeas.connector.Key;
import org.habeas.connector.Objection;
import org.habeas.connector.SystemFailure;
import org.habeas.connector.ValueType;
import org.habeas.connector.Values;

/** Judges a batch by what the catalogue says and by asking the database, without changing anything. */
final class Judge {
    /** Checks are asked for so many different new values a batch; masks are mostly the same for all rows. */
    private static final int SAMPLES = 20;

    private final Connection connection;
    private final Shape shape;
    private final Privileges privileges;
    private final Set<Objection> objections = new LinkedHashSet<>();

    Judge(Connection connection, Shape shape, Privileges privileges) {
        this.connection = connection;
        this.shape = shape;
        this.privileges = privileges;
    }

    List<Objection> judge(Batch batch) throws SQLException {
        if (!shape.table.writable()) {
            object("rows of a view cannot be changed through it", "Map the tables that it shows");
            return List.copyOf(objections);
        }
        List<Change> sets = batch.changes().stream()
                .filter(c -> c.what() instanceof Batch.Set)
                .toList();
        privileges(batch, !sets.isEmpty());
        boolean fine = true;
        for (Change change : sets) {
            for (var value : ((Batch.Set) change.what()).values().entrySet()) {
                fine &= column(value.getKey(), value.getValue());
            }
        }
        if (fine && !sets.isEmpty()) {
            uniques(sets);
            checks(sets);
        }
        return List.copyOf(objections);
    }

    private void object(String what, String remedy) {
        objections.add(new Objection(what, remedy));
    }

    // ---- one column

    private boolean column(String field, Object value) {
        Place place = shape.place(field);
        Column column = place.column();
        int before = objections.size();
        if (column.generated()) {
            object(field + " is computed by the database", "Take its mask or correction out of the map");
        } else if (shape.keyed && shape.key.contains(column) && place.path().isEmpty()) {
            object(field + " is part of the primary key", "Delete the row, or take the field's mask out of the map");
        } else if (!place.path().isEmpty()) {
            if (column.value() != ValueType.JSON && column.value() != ValueType.TEXT) {
                object(field + " lies inside a column that cannot be changed in part", "Mask the whole column");
            }
        } else if (value == null) {
            if (!column.nullable()) {
                object(field + " must not be null", "Give it a mask such as empty, text or random");
            }
        } else {
            fits(field, column, value);
        }
        return objections.size() == before;
    }

    private void fits(String field, Column column, Object value) {
        boolean text = column.value() == ValueType.TEXT || column.value() == ValueType.ENUM;
        if (column.array()
                ? !(value instanceof List)
                : Conversion.to(column, value).isEmpty()) {
            object(
                    "the new value of " + field + " is no " + column.type(),
                    text ? "Choose one that the column takes" : "Use the mask clear, year or random");
        } else if (text && column.length().isPresent()) {
            String written = value.toString();
            if (written.codePointCount(0, written.length()) > column.length().getAsInt()) {
                object(
                        "the new value of " + field + " is longer than "
                                + column.length().getAsInt(),
                        "Choose a shorter one");
            }
        }
    }

    // ---- what the account may do

    private void privileges(Batch batch, boolean updates) {
        boolean deletes = batch.changes().stream().anyMatch(c -> c.what() instanceof Batch.Delete);
        if (deletes && !privileges.delete(shape.table)) {
            object("the account may not delete from " + shape.table.qualified(), "Grant it DELETE");
        }
        // rows are locked before they are deleted, and PostgreSQL lets nobody lock who may not update
        boolean locks = shape.table.kind() != Catalogue.Table.Kind.FOREIGN;
        if ((updates || locks) && !privileges.update(shape.table)) {
            object("the account may not update or lock rows of " + shape.table.qualified(), "Grant it UPDATE");
        }
    }

    // ---- unique keys

    private void uniques(List<Change> sets) throws SQLException {
        for (Catalogue.Unique unique : shape.table.uniques()) {
            List<Column> columns = unique.columns().stream()
                    .flatMap(c -> shape.table.column(c).stream())
                    .toList();
            if (columns.isEmpty() || columns.stream().anyMatch(c -> c.array() || c.value() == ValueType.JSON)) {
                continue;
            }
            Map<List<String>, Key> wanted = new HashMap<>();
            for (Change change : sets) {
                List<Object> values = after(change, columns);
                if (values == null || values.contains(null)) {
                    continue;
                }
                List<String> tuple = values.stream().map(Values::canonical).toList();
                if (wanted.put(tuple, new Key(values)) != null) {
                    taken(unique);
                }
            }
            if (!wanted.isEmpty() && unique.whole() && present(columns, List.copyOf(wanted.values()))) {
                taken(unique);
            }
        }
    }

    private void taken(Catalogue.Unique unique) {
        object(
                "the new value of " + String.join(", ", unique.columns()) + " is taken already, and must be unique",
                "Use the mask clear or random, or settle it with the owner of the other row");
    }

    /** The columns' values afterwards; null where the change touches none of them or one is not known. */
    private List<Object> after(Change change, List<Column> columns) {
        Map<String, Object> set = ((Batch.Set) change.what()).values();
        List<Object> values = new ArrayList<>();
        boolean touched = false;
        for (Column column : columns) {
            Object value = null;
            boolean known = false;
            for (var entry : change.before().values().entrySet()) {
                Place place = shape.place(entry.getKey());
                if (place.column().equals(column) && place.path().isEmpty()) {
                    known = true;
                    value = set.containsKey(entry.getKey()) ? set.get(entry.getKey()) : entry.getValue();
                    touched |=
                            set.containsKey(entry.getKey()) && !Values.same(set.get(entry.getKey()), entry.getValue());
                }
            }
            if (!known) {
                return null;
            }
            values.add(value);
        }
        return touched ? values : null;
    }

    private boolean present(List<Column> columns, List<Key> keys) throws SQLException {
        for (List<Key> some : Reader.chunks(keys, 200)) {
            List<Sql> alternatives = new ArrayList<>();
            for (Key key : some) {
                List<Sql> parts = new ArrayList<>();
                for (int i = 0; i < columns.size(); i++) {
                    parts.add(Columns.exactly(
                            shape.dialect, columns.get(i), key.values().get(i)));
                }
                alternatives.add(Sql.of("(").add(Sql.joined(parts, " and ")).add(")"));
            }
            Sql sql = Sql.of("select 1 from " + shape.name() + " where ").add(Sql.joined(alternatives, " or "));
            try (PreparedStatement select = sql.prepare(connection);
                    ResultSet rows = select.executeQuery()) {
                if (rows.next()) {
                    return true;
                }
            }
        }
        return false;
    }

    // ---- checks

    /** A check is an expression over columns: it is asked over the rows with their new values in place. */
    private void checks(List<Change> sets) throws SQLException {
        if (shape.table.checks().isEmpty() || !shape.keyed || shape.dialect == Dialect.STANDARD) {
            return;
        }
        Map<String, List<Change>> alike = new LinkedHashMap<>();
        for (Change change : sets) {
            alike.computeIfAbsent(Values.canonical(((Batch.Set) change.what()).values()), k -> new ArrayList<>())
                    .add(change);
        }
        for (List<Change> group : alike.values().stream().limit(SAMPLES).toList()) {
            for (Catalogue.Check check : shape.table.checks()) {
                if (violates(check, group)) {
                    object(
                            "the new values violate the check " + check.name(),
                            "Choose a mask or value that it allows, or on_erasure: delete");
                }
            }
        }
    }

    private boolean violates(Catalogue.Check check, List<Change> group) throws SQLException {
        Map<String, Object> values = ((Batch.Set) group.get(0).what()).values();
        Map<Column, Object> set = new LinkedHashMap<>();
        for (var value : values.entrySet()) {
            Place place = shape.place(value.getKey());
            if (place.path().isEmpty()) {
                set.put(place.column(), value.getValue());
            }
        }
        Sql sql = Sql.of("select 1 from (select ");
        List<Sql> columns = new ArrayList<>();
        for (Column column : shape.table.columns()) {
            String name = shape.dialect.name(column.name());
            columns.add(set.containsKey(column) ? typed(column, set.get(column)).add(" as " + name) : Sql.of(name));
        }
        sql.add(Sql.joined(columns, ", ")).add(" from " + shape.name() + " where ");
        sql.add(new Writer(connection, shape).byKey(group));
        sql.add(") " + shape.dialect.name(shape.table.name()) + " where not (" + check.expression() + ")");
        try (PreparedStatement select = sql.prepare(connection);
                ResultSet rows = select.executeQuery()) {
            return rows.next();
        }
    }

    private Sql typed(Column column, Object value) {
        if (value == null && shape.dialect == Dialect.POSTGRES) {
            return Sql.of("cast(null as " + column.type() + (column.array() ? "[]" : "") + ")");
        }
        return Columns.assigned(shape.dialect, column, value);
    }

    /** Tries the batches in order and undoes them; what the database says to it is an objection. */
    static List<Objection> rehearse(Connection connection, List<Batch> batches, List<Shape> shapes)
            throws SQLException {
        try (PreparedStatement defer = connection.prepareStatement("set constraints all deferred")) {
            defer.execute();
        }
        for (int i = 0; i < batches.size(); i++) {
            Shape shape = shapes.get(i);
            try {
                new Writer(connection, shape).apply(batches.get(i));
            } catch (SQLException e) {
                SystemFailure failure = Failures.of(shape.system, e);
                if (failure.kind() == SystemFailure.Kind.LOCKED || failure.kind() == SystemFailure.Kind.TOO_SLOW) {
                    return List.of();
                }
                return List.of(refused(shape, failure.getMessage()));
            } catch (SystemFailure e) {
                return List.of(refused(shape, e.getMessage()));
            }
        }
        return List.of();
    }

    private static Objection refused(Shape shape, String why) {
        return new Objection(
                "a rehearsal on " + shape.table.qualified() + " failed: " + why,
                "Look at the triggers and rules of that table");
    }
}
