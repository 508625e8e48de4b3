package org.habeas.connector.jdbc;

import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import org.habeas.connector.SystemFailure;
import org.habeas.connector.SystemFailure.Kind;

/** Tells what an SQLException means by its SQLSTATE. Its text is left out: it may quote a row. */
final class Failures {
    private Failures() {}

    static SystemFailure of(String system, SQLException e) {
        String state = state(e);
        Kind kind = kind(e, state);
        String told =
                switch (kind) {
                    case UNREACHABLE -> "The database cannot be reached";
                    case TOO_SLOW -> "The database took too long";
                    case LOCKED -> "Rows are locked by somebody else";
                    case DENIED -> "The database does not let us do this";
                    case NOT_THERE -> "The data map names something that the database does not have";
                    case REFUSED -> "A rule of the database refused the change";
                    case BROKEN -> "The database reported an error";
                };
        return new SystemFailure(system, kind, state.isEmpty() ? told : told + " (SQLSTATE " + state + ")");
    }

    private static Kind kind(SQLException e, String state) {
        if (e instanceof SQLTimeoutException
                || state.equals("57014")
                || state.equals("70100")
                || e.getErrorCode() == 1969) {
            return Kind.TOO_SLOW;
        }
        // 1205 and 3572: MySQL's and MariaDB's lock wait; HYT00: H2's
        if (state.equals("55P03") || state.startsWith("40") || e.getErrorCode() == 1205 || state.equals("HYT00")) {
            return Kind.LOCKED;
        }
        if (state.startsWith("08") || state.startsWith("57P") || state.startsWith("53") || state.isEmpty()) {
            return Kind.UNREACHABLE;
        }
        if (state.startsWith("28") || state.equals("42501") || state.equals("3D000")) {
            return Kind.DENIED;
        }
        if (state.startsWith("42")) {
            return Kind.NOT_THERE;
        }
        return state.startsWith("23")
                        || state.startsWith("22")
                        || state.startsWith("44")
                        || state.startsWith("P0")
                        || state.equals("45000")
                ? Kind.REFUSED
                : Kind.BROKEN;
    }

    private static String state(SQLException e) {
        for (Throwable t = e; t != null; t = t.getCause()) {
            if (t instanceof SQLException sql && sql.getSQLState() != null) {
                return sql.getSQLState();
            }
        }
        return "";
    }
}
