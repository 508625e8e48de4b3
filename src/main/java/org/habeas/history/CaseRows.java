package org.habeas.history;

import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The request history as rows from a cursor: the first one at once, and no more in memory than a handful. */
@ApplicationScoped
class CaseRows {
    /** Takes one row after the other. */
    @FunctionalInterface
    interface Reader {
        /** One case: a cell for each {@link Column}, null where it is empty. The array is used again for the next row. */
        void row(@Nullable String[] cells) throws IOException;
    }

    private static final int FETCH = 1_000;
    private static final Column[] COLUMNS = Column.values();

    private final AgroalDataSource database;

    CaseRows(AgroalDataSource database) {
        this.database = database;
    }

    /** Hands every wanted case to the reader, oldest first. */
    void each(CaseFilter filter, Reader table) throws IOException {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false); // else PostgreSQL sends everything at once
            try {
                read(connection, filter, table);
            } finally {
                connection.rollback();
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the history of requests cannot be read", e);
        }
    }

    static void read(Connection connection, CaseFilter filter, Reader table) throws SQLException, IOException {
        try (var settings = connection.createStatement()) {
            // along the index, so that the first row does not wait for a sort of all, nor for a compiler
            settings.execute("set local enable_sort = off; set local enable_hashjoin = off;"
                    + " set local enable_mergejoin = off; set local jit = off");
        }
        Period.Condition wanted = filter.condition();
        try (PreparedStatement select = connection.prepareStatement(sql(wanted.sql()))) {
            select.setFetchSize(FETCH);
            for (int i = 0; i < wanted.values().size(); i++) {
                select.setObject(i + 1, wanted.values().get(i));
            }
            @Nullable String[] cells = new String[COLUMNS.length];
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    fill(cells, rows);
                    table.row(cells);
                }
            }
        }
    }

    private static String sql(String condition) {
        return Arrays.stream(COLUMNS).map(Column::sql).collect(Collectors.joining(", ", "select ", ""))
                + " from rights_request r left join decision d on d.id = r.decision_id where " + condition
                + " order by r.received_at, r.id";
    }

    private static void fill(@Nullable String[] cells, ResultSet row) throws SQLException {
        boolean open = row.getString(Column.CLOSED_AT.ordinal() + 1) == null;
        for (Column column : COLUMNS) {
            String text = open && column.onlyWhenClosed() ? null : row.getString(column.ordinal() + 1);
            cells[column.ordinal()] = text != null && column.time() ? text.replace(' ', 'T') + "Z" : text;
        }
    }
}
