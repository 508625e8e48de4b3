package org.habeas.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.habeas.problem.StartFailure;

/**
 * A real PostgreSQL under HABEAS_HOME/postgres that keeps its data between starts. It listens on loopback only and lets
 * nobody in without a password. The caller holds the home's lock, so nobody else starts one on the same data.
 */
public final class EmbeddedPostgres implements AutoCloseable {
    private static final int MAJOR = 18;
    private static final String SUPERUSER = "postgres";

    private final Home home;
    private final Binaries binaries;
    private final Account account;
    private final Path server;
    private final Path data;
    private int port;

    private EmbeddedPostgres(Home home) throws IOException {
        this.home = home;
        this.server = home.folder("postgres/server");
        this.data = server.resolve("data");
        this.binaries = Binaries.in(home.folder("postgres"));
        this.account = Account.of(binaries, server);
    }

    /** Starts it, or fails with one line that says why it does not start. */
    public static EmbeddedPostgres start(Home home) {
        return start(home, Map.of());
    }

    /** Starts it with further settings of PostgreSQL's own. */
    public static EmbeddedPostgres start(Home home, Map<String, String> settings) {
        try {
            EmbeddedPostgres postgres = new EmbeddedPostgres(home);
            postgres.stopLeftover();
            postgres.makeData();
            postgres.listen(settings);
            return postgres;
        } catch (IOException e) {
            throw home.unusable("cannot be used", e);
        }
    }

    public String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    /** A connection as the server's superuser, which the caller closes. */
    public Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(url(database), SUPERUSER, password(SUPERUSER));
    }

    /** The password of a role, made once and kept under HABEAS_HOME. */
    public String password(String role) {
        return home.secret("database-" + role, EmbeddedPostgres::random);
    }

    /** Makes the role and a database of its own, where they are missing; nobody else may connect to it. */
    public void database(String name, String owner) throws SQLException {
        try (Connection connection = connect("postgres")) {
            Sql sql = new Sql(connection);
            role(sql, owner);
            if (sql.number("select count(*) from pg_database where datname = ?", name) == 0) {
                sql.run("create database " + name + " owner " + owner);
                sql.run("revoke all on database " + name + " from public");
            }
        }
    }

    /** Makes the role where it is missing, with its kept password. */
    void role(Sql sql, String role) throws SQLException {
        if (sql.number("select count(*) from pg_roles where rolname = ?", role) == 0) {
            sql.run("create role " + role + " login");
        }
        sql.run("alter role " + role + " password '" + password(role) + "'");
    }

    @Override
    public void close() {
        try {
            if (Files.exists(data.resolve("postmaster.pid"))) {
                stop();
            }
        } catch (IOException e) {
            throw home.unusable("cannot be used", e);
        }
    }

    private void stopLeftover() throws IOException {
        if (new Leftover(data, home.folder("postgres")).server().isPresent()) {
            stop();
        }
    }

    private void stop() throws IOException {
        if (pgCtl("stop", "--mode=fast", "--timeout=30").failed()) {
            pgCtl("stop", "--mode=immediate", "--timeout=30");
        }
    }

    /** Initialises beside its place and moves there, so that a start killed half-way leaves nothing that looks whole. */
    private void makeData() throws IOException {
        if (Files.exists(data)) {
            checkVersion();
            return;
        }
        Path fresh = server.resolve("data.new");
        Binaries.remove(fresh);
        Path password = server.resolve("password");
        Files.deleteIfExists(password);
        Files.createFile(password, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(password, password(SUPERUSER));
        account.own(password);
        Command.Result made = new Command(account, server)
                .run(
                        binaries.program("initdb"),
                        "--pgdata=" + fresh,
                        "--username=" + SUPERUSER,
                        "--auth=scram-sha-256",
                        "--pwfile=" + password,
                        "--encoding=UTF8",
                        "--locale=C",
                        "--locale-provider=builtin",
                        "--builtin-locale=C.UTF-8");
        Files.delete(password);
        if (made.failed()) {
            throw new StartFailure(home + ": the database cannot be made: " + made.lastLine());
        }
        Files.writeString(
                fresh.resolve("postgresql.conf"),
                Files.readString(fresh.resolve("postgresql.conf")) + "\ninclude 'habeas.conf'\n");
        Files.move(fresh, data, StandardCopyOption.ATOMIC_MOVE);
    }

    private void checkVersion() throws IOException {
        Path version = data.resolve("PG_VERSION");
        if (Files.notExists(version)) {
            throw new StartFailure(home + ": " + data + " is not a database: put it back from a copy, or remove it");
        }
        String found = Files.readString(version).strip();
        if (!found.equals(String.valueOf(MAJOR))) {
            throw new StartFailure(home + ": " + data + " was made by PostgreSQL " + found + ", this one is " + MAJOR
                    + ": move it with pg_upgrade, or start with another HABEAS_HOME");
        }
    }

    /** Tries again where another program took the port between finding it and listening on it. */
    private void listen(Map<String, String> settings) throws IOException {
        Path log = server.resolve("server.log");
        for (int attempt = 1; ; attempt++) {
            port = attempt == 1 ? Ports.keptOrFree(server.resolve("port")) : Ports.free();
            account.own(Files.writeString(data.resolve("habeas.conf"), configuration(settings)));
            Files.deleteIfExists(log);
            Command.Result started = pgCtl("start", "--wait", "--timeout=300", "--log=" + log);
            String said = Files.exists(log) ? Files.readString(log) : "";
            if (!started.failed()) {
                account.own(Files.writeString(server.resolve("port"), String.valueOf(port)));
                return;
            }
            if (attempt == 3 || !said.contains("could not bind")) {
                throw new StartFailure(home + ": its database does not start: "
                        + said.lines()
                                .filter(l -> l.contains("FATAL") || l.contains("PANIC"))
                                .findFirst()
                                .orElse(started.lastLine())
                        + " (" + log + ")");
            }
        }
    }

    /** Statements and their values stay out of the log: they are people's data. */
    private String configuration(Map<String, String> settings) {
        StringBuilder text = new StringBuilder(
                """
                # written at each start of the portal
                listen_addresses = '127.0.0.1'
                unix_socket_directories = ''
                max_connections = 200
                timezone = 'UTC'
                log_timezone = 'UTC'
                log_error_verbosity = terse
                log_min_error_statement = panic
                """);
        text.append("port = ").append(port).append('\n');
        settings.forEach(
                (name, value) -> text.append(name).append(" = '").append(value).append("'\n"));
        return text.toString();
    }

    private Command.Result pgCtl(String... words) throws IOException {
        List<String> command = new ArrayList<>(List.of(binaries.program("pg_ctl"), "--pgdata=" + data));
        command.addAll(List.of(words));
        return new Command(account, server).run(command.toArray(String[]::new));
    }

    private static String random() {
        byte[] bytes = new byte[24];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
