package org.habeas.connector.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.habeas.connector.Catalogue.Column;
import org.habeas.connector.Conversion;
import org.habeas.connector.Key;
import org.habeas.connector.Purge;

/** Deletes rows whose time is up by their keys, in the caller's transaction; whether they are still due, the database says. */
final class Purger {
    private final Connection connection;
    private final Shape shape;

    Purger(Connection connection, Shape shape) {
        this.connection = connection;
        this.shape = shape;
    }

    int purge(Purge purge) throws SQLException {
        int gone = 0;
        for (List<Key> keys : Reader.chunks(purge.keys(), shape.dialect.keys)) {
            Sql sql = Sql.of(delete()).add(known(keys));
            if (purge.due().isPresent()) {
                sql.add(" and ").add(Reader.dueCondition(shape, purge.due().get()));
            }
            try (PreparedStatement statement = sql.prepare(connection)) {
                gone += statement.executeUpdate();
            }
        }
        return gone;
    }

    private String delete() {
        String target = shape.dialect == Dialect.MYSQL ? "delete t from " : "delete from ";
        return target + shape.from() + " where ";
    }

    private Sql known(List<Key> keys) {
        if (shape.dialect == Dialect.POSTGRES
                && shape.keyed
                && shape.key.size() == 1
                && !shape.key.get(0).array()) {
            return byOneColumn(keys, shape.key.get(0));
        }
        List<Sql> rows = new ArrayList<>();
        for (Key key : keys) {
            List<Sql> parts = new ArrayList<>();
            for (int i = 0; i < shape.key.size(); i++) {
                parts.add(Columns.exactly(
                        shape.dialect, shape.key.get(i), key.values().get(i)));
            }
            rows.add(Sql.of("(").add(Sql.joined(parts, " and ")).add(")"));
        }
        return Sql.of("(").add(Sql.joined(rows, " or ")).add(")");
    }

    private Sql byOneColumn(List<Key> keys, Column column) {
        String[] texts = keys.stream()
                .flatMap(k -> Conversion.to(column, k.values().get(0)).stream().limit(1))
                .map(Columns::postgresText)
                .toArray(String[]::new);
        return Sql.of(
                "t." + shape.dialect.name(column.name()) + " = any(cast(cast(? as text[]) as " + column.type() + "[]))",
                (Object) texts);
    }
}
