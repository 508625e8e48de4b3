package org.habeas.demo;

import java.sql.Connection;
import java.sql.SQLException;

/** Short statements over one connection. */
record Sql(Connection connection) {
    void run(String statement) throws SQLException {
        try (var prepared = connection.createStatement()) {
            prepared.execute(statement);
        }
    }

    long number(String query, String value) throws SQLException {
        try (var prepared = connection.prepareStatement(query)) {
            prepared.setString(1, value);
            try (var rows = prepared.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }
}
