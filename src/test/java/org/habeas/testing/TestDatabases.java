package org.habeas.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;

/** Real PostgreSQL for tests: one server a JVM, a database of its own for whoever asks. */
public final class TestDatabases {
    /** The server's address lives in the system properties: Quarkus loads this class once per class loader. */
    private static final String SERVER = "habeas.testing.postgres";

    private TestDatabases() {}

    /** A JDBC URL, credentials included, of a new empty database. */
    public static String fresh() {
        String name = "t" + UUID.randomUUID().toString().replace("-", "");
        execute(url("postgres"), "create database " + name);
        return url(name);
    }

    /** A connection to the database of this URL, which the caller closes. */
    public static Connection connect(String url) throws SQLException {
        return DriverManager.getConnection(url);
    }

    /** Runs statements, separated by semicolons, in the database of this URL. */
    public static void execute(String url, String sql) {
        try (Connection connection = connect(url);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port() + "/" + database + "?user=postgres&password=postgres";
    }

    private static String port() {
        synchronized (System.getProperties()) {
            String port = System.getProperty(SERVER);
            if (port == null) {
                port = String.valueOf(start());
                System.setProperty(SERVER, port);
            }
            return port;
        }
    }

    private static int start() {
        try {
            return EmbeddedPostgres.builder()
                    .setOverrideWorkingDirectory(
                            Path.of("target", "postgres").toAbsolutePath().toFile())
                    .setServerConfig("fsync", "off")
                    .setServerConfig("max_connections", "200")
                    .setPGStartupWait(Duration.ofSeconds(60))
                    .start()
                    .getPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
