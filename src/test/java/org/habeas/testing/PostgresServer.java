package org.habeas.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.habeas.demo.EmbeddedPostgres;
import org.habeas.demo.Home;

/** A PostgreSQL of its own for one test, durable as in production, that can be killed and started again on the same port. */
public final class PostgresServer implements AutoCloseable {
    private static final String DATABASE = "habeas";
    private static final String PID_FILE = "postgres/server/data/postmaster.pid";

    private final Home home;
    private final Map<String, String> settings;
    private EmbeddedPostgres postgres;

    private PostgresServer(Path home, Map<String, String> settings) {
        this.home = Home.at(home);
        this.settings = settings;
        start();
    }

    /** Starts one in this folder with these settings of PostgreSQL's own, with a database {@code habeas}. */
    public static PostgresServer at(Path home, Map<String, String> settings) throws SQLException {
        PostgresServer server = new PostgresServer(home, settings);
        // also when the tests are broken off
        Runtime.getRuntime().addShutdownHook(new Thread(server::close, "stop PostgreSQL in " + home));
        server.postgres.database(DATABASE, DATABASE);
        return server;
    }

    /** Stops one in this folder that outlived its test. */
    public static void stopLeftover(Path home) {
        if (Files.exists(home.resolve(PID_FILE))) {
            new PostgresServer(home, Map.of()).close();
        }
    }

    /** What the portal's environment says of this server. */
    public Map<String, String> environment() {
        return Map.of(
                "QUARKUS_DATASOURCE_JDBC_URL", postgres.url(DATABASE),
                "QUARKUS_DATASOURCE_USERNAME", DATABASE,
                "QUARKUS_DATASOURCE_PASSWORD", postgres.password(DATABASE));
    }

    public String url() {
        return postgres.url(DATABASE);
    }

    public String password() {
        return postgres.password(DATABASE);
    }

    /** A connection to the portal's database as its owner, which the caller closes. */
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(url(), DATABASE, password());
    }

    /** A connection to a database as the server's superuser, which the caller closes. */
    public Connection superuser(String database) throws SQLException {
        return postgres.connect(database);
    }

    /** SIGKILL to the server and all its children, as if the power failed for the processes. */
    public void kill() {
        ProcessHandle server = ProcessHandle.of(pid()).orElseThrow();
        List<ProcessHandle> all = new ArrayList<>(List.of(server));
        server.descendants().forEach(all::add);
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(process -> process.onExit().join());
    }

    public boolean running() {
        return Files.exists(pidFile()) && ProcessHandle.of(pid()).isPresent();
    }

    /** The first number of this query's answer, asked as the portal's database's owner. */
    public long number(String sql) throws SQLException {
        try (Connection connection = connect();
                var row = connection.createStatement().executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    /** Starts it, after a kill with recovery from its log. */
    public void start() {
        postgres = EmbeddedPostgres.start(home, settings);
    }

    @Override
    public void close() {
        postgres.close();
    }

    /** Of the server, whose children serve the connections. */
    public long pid() {
        try {
            return Long.parseLong(Files.readAllLines(pidFile()).get(0).strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path pidFile() {
        return home.path().resolve(PID_FILE);
    }
}
