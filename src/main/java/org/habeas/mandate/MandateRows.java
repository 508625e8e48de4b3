package org.habeas.mandate;

import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The tables of mandates and of what was sent; in the caller's transaction, everything personal sealed. */
@ApplicationScoped
class MandateRows {
    private static final String FILE =
            "select id, request_id, name_sealed, kind, size, sent_at, ready from mandate_file";

    private final AgroalDataSource database;

    MandateRows(AgroalDataSource database) {
        this.database = database;
    }

    record Row(Mandate.State state, Optional<String> officer, Optional<Instant> decidedAt, byte @Nullable [] reason) {}

    record Attached(UUID id, UUID request, byte[] name, FileKind kind, long size, Instant at, boolean ready) {}

    private interface Reading<T> {
        T of(ResultSet row) throws SQLException;
    }

    void await(UUID request) {
        update("insert into mandate (request_id, state) values (?, 'AWAITED')", request);
    }

    /** Locked for the transaction. */
    Optional<Row> mandate(UUID request) {
        return select(
                        "select state, officer, decided_at, reason_sealed from mandate where request_id = ? for update",
                        row -> new Row(
                                Mandate.State.valueOf(row.getString(1)),
                                Optional.ofNullable(row.getString(2)),
                                Optional.ofNullable(row.getTimestamp(3)).map(t -> t.toInstant()),
                                row.getBytes(4)),
                        request)
                .stream()
                .findFirst();
    }

    void decide(UUID request, Mandate.State state, String officer, Instant at, byte @Nullable [] reason) {
        update(
                "update mandate set state = ?, officer = ?, decided_at = ?, reason_sealed = ? where request_id = ?",
                state.name(),
                officer,
                at,
                reason,
                request);
    }

    void attach(Attached file, byte[] sealed) {
        update(
                "insert into mandate_file (id, request_id, name_sealed, kind, size, sent_at, ready, bytes_sealed)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?)",
                file.id(),
                file.request(),
                file.name(),
                file.kind().name(),
                file.size(),
                file.at(),
                file.ready(),
                sealed);
    }

    List<Attached> files(UUID request) {
        return select(FILE + " where request_id = ? order by sent_at, id", MandateRows::attached, request);
    }

    Optional<Attached> file(UUID id) {
        return select(FILE + " where id = ?", MandateRows::attached, id).stream()
                .findFirst();
    }

    Optional<byte[]> bytes(UUID id) {
        return select("select bytes_sealed from mandate_file where id = ?", row -> row.getBytes(1), id).stream()
                .findFirst();
    }

    void ready(UUID id) {
        update("update mandate_file set ready = true where id = ?", id);
    }

    void remove(UUID id) {
        update("delete from mandate_file where id = ?", id);
    }

    void forget(UUID request) {
        update("delete from mandate_file where request_id = ?", request);
        update("update mandate set reason_sealed = null where request_id = ?", request);
    }

    private static Attached attached(ResultSet row) throws SQLException {
        return new Attached(
                row.getObject(1, UUID.class),
                row.getObject(2, UUID.class),
                row.getBytes(3),
                FileKind.valueOf(row.getString(4)),
                row.getLong(5),
                row.getTimestamp(6).toInstant(),
                row.getBoolean(7));
    }

    private void update(String sql, @Nullable Object... values) {
        try (var connection = database.getConnection();
                var statement = connection.prepareStatement(sql)) {
            bind(statement, values);
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException("a mandate cannot be kept", e);
        }
    }

    private <T> List<T> select(String sql, Reading<T> reading, Object... values) {
        List<T> found = new ArrayList<>();
        try (var connection = database.getConnection();
                var statement = connection.prepareStatement(sql)) {
            bind(statement, values);
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(reading.of(rows));
                }
            }
            return found;
        } catch (SQLException e) {
            throw new IllegalStateException("a mandate cannot be read", e);
        }
    }

    private static void bind(PreparedStatement statement, @Nullable Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            Object value = values[i] instanceof Instant at ? at.atOffset(ZoneOffset.UTC) : values[i];
            if (value instanceof byte[] bytes) {
                statement.setBytes(i + 1, bytes);
            } else {
                statement.setObject(i + 1, value);
            }
        }
    }
}
