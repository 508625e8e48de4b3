package org.habeas.connector.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;

/** A statement in the making: text of our own and names of the catalogue; every value is bound. */
final class Sql {
    private final StringBuilder text = new StringBuilder();
    private final List<Object> values = new ArrayList<>();

    static Sql of(String text, Object... values) {
        return new Sql().add(text, values);
    }

    Sql add(String more, Object... bound) {
        text.append(more);
        values.addAll(java.util.Arrays.asList(bound));
        return this;
    }

    Sql add(Sql other) {
        text.append(other.text);
        values.addAll(other.values);
        return this;
    }

    static Sql joined(List<Sql> parts, String between) {
        Sql whole = new Sql();
        for (int i = 0; i < parts.size(); i++) {
            whole.add(i == 0 ? "" : between).add(parts.get(i));
        }
        return whole;
    }

    PreparedStatement prepare(Connection connection) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(text.toString());
        try {
            for (int i = 0; i < values.size(); i++) {
                bind(connection, statement, i + 1, values.get(i));
            }
            return statement;
        } catch (SQLException e) {
            statement.close();
            throw e;
        }
    }

    private static void bind(Connection connection, PreparedStatement statement, int at, Object value)
            throws SQLException {
        if (value instanceof String[] array) {
            statement.setArray(at, connection.createArrayOf("text", array));
        } else if (value instanceof byte[] bytes) {
            statement.setBytes(at, bytes);
        } else if (value == null) {
            statement.setNull(at, Types.VARCHAR);
        } else {
            statement.setObject(at, value);
        }
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
