package org.habeas.audit;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.habeas.actor.Actor;
import org.habeas.testing.TestDatabases;

/** The ledger's tables in a database of their own, written to by plain connections. */
final class HistoryDatabase {
    static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

    final String url = TestDatabases.fresh();

    HistoryDatabase() {
        Flyway.configure()
                .dataSource(url, null, null)
                .locations("classpath:db/migration")
                .load()
                .migrate();
    }

    interface Work<T> {
        T in(Connection connection) throws SQLException;
    }

    Connection connect() throws SQLException {
        return TestDatabases.connect(url);
    }

    /** Runs the work in a transaction of its own. */
    <T> T in(Work<T> work) throws SQLException {
        try (Connection connection = TestDatabases.connect(url)) {
            connection.setAutoCommit(false);
            T result = work.in(connection);
            connection.commit();
            return result;
        }
    }

    void append(int count) throws SQLException {
        in(connection -> {
            for (int i = 0; i < count; i++) {
                append(
                        connection,
                        Act.of("case.touched", Actor.system("test"))
                                .about(UUID.randomUUID())
                                .fact("count", i));
            }
            return count;
        });
    }

    static long append(Connection connection, Act act) throws SQLException {
        Entry entry = new Entry(UUID.randomUUID(), NOON, "system:test", act, Optional.empty());
        try (var insert = connection.prepareStatement(
                "insert into audit_entry (at, event, subject, actor, entry) values (?, ?, ?, ?, ?) returning id")) {
            insert.setObject(1, NOON.atOffset(ZoneOffset.UTC));
            insert.setString(2, act.event());
            insert.setObject(3, act.subject().orElse(null));
            insert.setString(4, "system:test");
            insert.setBytes(5, entry.bytes());
            try (var rows = insert.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }

    /** Places everything that waits. */
    long sequence(int batch) throws SQLException {
        int placed;
        do {
            placed = in(connection -> new StoredTree(connection).sequence(batch));
        } while (placed > 0);
        return size();
    }

    long size() throws SQLException {
        return in(connection -> new StoredTree(connection).state().size());
    }

    /** What somebody with all rights over the database can do. */
    void asSuperuser(String sql) {
        TestDatabases.execute(url, "set session_replication_role = replica; " + sql);
    }
}
