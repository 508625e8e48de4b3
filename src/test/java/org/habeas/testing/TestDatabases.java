package org.habeas.testing;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.habeas.demo.EmbeddedPostgres;
import org.habeas.demo.Home;

/** Real PostgreSQL for tests: one server a JVM, a database of its own for whoever asks. */
public final class TestDatabases {
    /** The server's address lives in the system properties: Quarkus loads this class once per class loader. */
    private static final String SERVER = "habeas.testing.postgres";

    private static final String CREDENTIALS = "?user=postgres&password=";

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
        return server().replace("DATABASE", database);
    }

    private static String server() {
        synchronized (System.getProperties()) {
            String server = System.getProperty(SERVER);
            if (server == null) {
                server = start();
                System.setProperty(SERVER, server);
            }
            return server;
        }
    }

    private static String start() {
        Home home = Home.at(Path.of("target", "test-postgres"));
        // held until the JVM ends
        home.lock();
        EmbeddedPostgres postgres = EmbeddedPostgres.start(home, Map.of("fsync", "off"));
        Runtime.getRuntime().addShutdownHook(new Thread(postgres::close, "stop the tests' PostgreSQL"));
        String server = postgres.url("DATABASE") + CREDENTIALS + postgres.password("postgres");
        dropOld(server.replace("DATABASE", "postgres"));
        return server;
    }

    /** The databases of the run before. */
    private static void dropOld(String url) {
        List<String> old = new ArrayList<>();
        try (Connection connection = connect(url);
                var rows = connection
                        .createStatement()
                        .executeQuery("select datname from pg_database where datname ~ '^t[0-9a-f]{32}$'")) {
            while (rows.next()) {
                old.add(rows.getString(1));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        old.forEach(name -> execute(url, "drop database " + name + " with (force)"));
    }
}
