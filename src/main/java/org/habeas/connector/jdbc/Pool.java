package org.habeas.connector.jdbc;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.AgroalConnectionPoolConfiguration.ConnectionValidator;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.habeas.connector.SystemFailure;

/** A small pool for one account of one system, opened by the first call. */
final class Pool implements AutoCloseable {
    private final String system;
    private final String url;
    private final Optional<String> username;
    private final Optional<String> password;
    private final Dialect dialect;
    private final Duration statementTimeout;
    private final Duration lockTimeout;
    private final Drivers drivers;
    private final ThreadLocal<Shared> shared = new ThreadLocal<>();
    private AgroalDataSource pool;

    Pool(
            String system,
            String url,
            Optional<String> username,
            Optional<String> password,
            Duration statementTimeout,
            Duration lockTimeout,
            Drivers drivers) {
        this.system = system;
        this.url = url;
        this.username = username;
        this.password = password;
        this.dialect = Dialect.of(url);
        this.statementTimeout = statementTimeout;
        this.lockTimeout = lockTimeout;
        this.drivers = drivers;
    }

    /** One transaction; whatever the work throws, it is rolled back and told as a {@link SystemFailure}. */
    interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    /** The transaction that the reads of a thread share, from the first of them on. */
    private static final class Shared {
        private Connection connection;
    }

    /** Reads, and leaves nothing. */
    <T> T read(Work<T> work) {
        Shared mine = shared.get();
        if (mine == null) {
            return transaction(work, true);
        }
        try {
            if (mine.connection == null) {
                mine.connection = begin(true);
            }
            return work.on(mine.connection);
        } catch (SQLException e) {
            end(mine);
            throw failure(e);
        }
    }

    /** Reads of this thread share one transaction meanwhile: its beginning and end cost as much as a small question. */
    void together(Runnable reads) {
        if (shared.get() != null) {
            reads.run();
            return;
        }
        Shared mine = new Shared();
        shared.set(mine);
        try {
            reads.run();
        } finally {
            shared.remove();
            end(mine);
        }
    }

    private static void end(Shared mine) {
        if (mine.connection != null) {
            try (Connection connection = mine.connection) {
                undo(connection);
            } catch (SQLException e) {
                // gone, and what it read is known
            }
            mine.connection = null;
        }
    }

    <T> T write(Work<T> work) {
        return transaction(work, false);
    }

    private <T> T transaction(Work<T> work, boolean readOnly) {
        try (Connection connection = begin(readOnly)) {
            try {
                T result = work.on(connection);
                if (readOnly) {
                    connection.rollback();
                } else {
                    connection.commit();
                }
                return result;
            } catch (SQLException | RuntimeException e) {
                undo(connection);
                throw e;
            }
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    private Connection begin(boolean readOnly) throws SQLException {
        Connection connection = open().getConnection();
        try {
            connection.setAutoCommit(false);
            connection.setReadOnly(readOnly);
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    private SystemFailure failure(SQLException e) {
        SystemFailure failure = Failures.of(system, e);
        if (failure.kind() == SystemFailure.Kind.UNREACHABLE) {
            forget();
        }
        return failure;
    }

    /** What a server that went away leaves behind: the next try begins with new connections. */
    private synchronized void forget() {
        if (pool != null) {
            pool.flush(AgroalDataSource.FlushMode.IDLE);
        }
    }

    private static void undo(Connection connection) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            // the connection is gone, and the transaction with it
        }
    }

    private synchronized AgroalDataSource open() throws SQLException {
        if (pool == null) {
            pool = AgroalDataSource.from(configuration());
        }
        return pool;
    }

    private AgroalDataSourceConfigurationSupplier configuration() {
        long seconds = Math.max(1, statementTimeout.toSeconds());
        String greeting = dialect.greeting(url, seconds, Math.max(1, lockTimeout.toSeconds()));
        return new AgroalDataSourceConfigurationSupplier()
                .metricsEnabled(false)
                .connectionPoolConfiguration(p -> p.maxSize(4)
                        .minSize(0)
                        .initialSize(0)
                        .acquisitionTimeout(Duration.ofSeconds(10))
                        .reapTimeout(Duration.ofMinutes(2))
                        // a server that was restarted meanwhile is not met with its dead connections
                        .idleValidationTimeout(Duration.ofSeconds(1))
                        .connectionValidator(ConnectionValidator.defaultValidator())
                        .connectionFactoryConfiguration(f -> {
                            f.jdbcUrl(url).autoCommit(true).loginTimeout(Duration.ofSeconds(10));
                            drivers.of(system, url).ifPresent(f::connectionProviderClass);
                            username.ifPresent(u -> f.principal(new NamePrincipal(u)));
                            password.ifPresent(w -> f.credential(new SimplePassword(w)));
                            if (greeting != null) {
                                f.initialSql(greeting);
                            }
                            properties(seconds).forEach((k, v) -> f.jdbcProperty(k, v));
                            return f;
                        }));
    }

    /** What keeps a call from waiting for ever on a server that is gone. */
    private java.util.Map<String, String> properties(long seconds) {
        if (dialect == Dialect.POSTGRES) {
            return java.util.Map.of(
                    "connectTimeout", "5",
                    "socketTimeout", String.valueOf(seconds + 30),
                    "tcpKeepAlive", "true",
                    "ApplicationName", "habeas");
        }
        if (dialect == Dialect.MYSQL) {
            boolean mysql = url.toLowerCase(Locale.ROOT).startsWith("jdbc:mysql:");
            java.util.Map<String, String> both = new java.util.HashMap<>(java.util.Map.of(
                    "connectTimeout",
                    "5000",
                    "socketTimeout",
                    String.valueOf(1000 * (seconds + 30)),
                    "tinyInt1isBit",
                    "false"));
            if (mysql) {
                both.put("zeroDateTimeBehavior", "CONVERT_TO_NULL");
                both.put("connectionTimeZone", "UTC");
            }
            return both;
        }
        if (url.toLowerCase(Locale.ROOT).startsWith("jdbc:sqlite:")) {
            // without the first it has no read-only transactions, without the second no foreign keys
            return java.util.Map.of(
                    "jdbc.explicit_readonly", "true",
                    "foreign_keys", "true",
                    "busy_timeout", String.valueOf(lockTimeout.toMillis()));
        }
        return java.util.Map.of();
    }

    @Override
    public synchronized void close() {
        if (pool != null) {
            pool.close();
            pool = null;
        }
    }
}
