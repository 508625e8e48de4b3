package org.habeas.owner;

import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;

/** The rows of the owners' tasks. */
@ApplicationScoped
class OwnerTaskRows {
    private final AgroalDataSource database;

    OwnerTaskRows(AgroalDataSource database) {
        this.database = database;
    }

    record Task(
            UUID id,
            UUID request,
            String system,
            boolean execute,
            byte[] tokenSealed,
            Instant expiresAt,
            int reminders,
            Optional<String> codeHash,
            Optional<Instant> codeExpires,
            Optional<Instant> answeredAt) {}

    /** Adds a task, or answers false where the same was asked already. */
    boolean add(
            UUID id,
            UUID request,
            String system,
            boolean execute,
            String tokenHash,
            byte[] tokenSealed,
            Instant now,
            Instant expires) {
        return update(
                        "insert into owner_task (id, request_id, system, execute, token_hash, token_sealed, asked_at,"
                                + " expires_at) values (?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing",
                        id,
                        request,
                        system,
                        execute,
                        tokenHash,
                        tokenSealed,
                        now,
                        expires)
                == 1;
    }

    void code(UUID id, String hash, Instant expires) {
        update("update owner_task set code_hash = ?, code_expires_at = ?, tries = 0 where id = ?", hash, expires, id);
    }

    /** Counts a try at the code and answers which one it is. */
    int countTry(UUID id) {
        update("update owner_task set tries = tries + 1 where id = ?", id);
        return select("select tries from owner_task where id = ?", row -> row.getInt(1), id)
                .orElse(Integer.MAX_VALUE);
    }

    void spendCode(UUID id) {
        update("update owner_task set code_hash = null, code_expires_at = null, tries = 0 where id = ?", id);
    }

    void answered(UUID id, Instant now) {
        update("update owner_task set answered_at = ? where id = ?", now, id);
    }

    void reminded(UUID id) {
        update("update owner_task set reminders = reminders + 1 where id = ?", id);
    }

    Optional<Task> byToken(String tokenHash) {
        return select("select * from owner_task where token_hash = ?", OwnerTaskRows::task, tokenHash);
    }

    Optional<Task> byId(UUID id) {
        return select("select * from owner_task where id = ?", OwnerTaskRows::task, id);
    }

    /** Whether the case still needs this: it is being searched, or carried out. */
    boolean stillAsked(UUID request, String system, boolean execute) {
        String sql = "select 1 from rights_request where id = ? and state = any(?)";
        String[] states = execute ? new String[] {"EXECUTING"} : new String[] {"OPEN", "WAITING"};
        return select(sql, row -> true, request, states).isPresent();
    }

    private interface Reading<T> {
        T read(ResultSet row) throws SQLException;
    }

    private <T> Optional<T> select(String sql, Reading<T> reading, Object... values) {
        try (var connection = database.getConnection();
                var statement = connection.prepareStatement(sql)) {
            bind(statement, values);
            try (var rows = statement.executeQuery()) {
                return rows.next() ? Optional.of(reading.read(rows)) : Optional.empty();
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the owners' tasks cannot be read", e);
        }
    }

    private int update(String sql, Object... values) {
        try (var connection = database.getConnection();
                var statement = connection.prepareStatement(sql)) {
            bind(statement, values);
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException("the owners' tasks cannot be written", e);
        }
    }

    private static void bind(java.sql.PreparedStatement statement, Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            if (values[i] instanceof Instant instant) {
                statement.setObject(i + 1, instant.atOffset(ZoneOffset.UTC));
            } else if (values[i] instanceof String[] texts) {
                statement.setArray(i + 1, statement.getConnection().createArrayOf("text", texts));
            } else {
                statement.setObject(i + 1, values[i]);
            }
        }
    }

    private static Task task(ResultSet row) throws SQLException {
        return new Task(
                row.getObject("id", UUID.class),
                row.getObject("request_id", UUID.class),
                row.getString("system"),
                row.getBoolean("execute"),
                row.getBytes("token_sealed"),
                row.getTimestamp("expires_at").toInstant(),
                row.getInt("reminders"),
                Optional.ofNullable(row.getString("code_hash")),
                Optional.ofNullable(row.getTimestamp("code_expires_at")).map(java.sql.Timestamp::toInstant),
                Optional.ofNullable(row.getTimestamp("answered_at")).map(java.sql.Timestamp::toInstant));
    }
}
