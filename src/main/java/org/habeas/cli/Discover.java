package org.habeas.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.Callable;
import org.habeas.connector.SystemFailure;
import org.habeas.connector.jdbc.Drivers;
import org.habeas.datamap.discovery.Discovery;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code discover}: a first dataset file from a live database, read only (docs/data-map.md). */
@Command(
        name = "discover",
        description = {
            "Prints a dataset file made from a live database: tables, keys, references, guessed categories.",
            "The password comes from HABEAS_DISCOVER_PASSWORD or, with --password, from the terminal."
        },
        mixinStandardHelpOptions = true)
public final class Discover implements Callable<Integer> {
    @Option(
            names = "--url",
            required = true,
            paramLabel = "JDBC-URL",
            description = "such as jdbc:postgresql://HOST/DATABASE")
    private String url;

    @Option(names = "--username", paramLabel = "U", description = "who may read the tables")
    private String username;

    @Option(names = "--password", interactive = true, arity = "0..1", description = "ask for the password")
    private char[] password;

    @Option(names = "--schema", paramLabel = "S", description = "the schema (default: the connection's own)")
    private String schema;

    @Option(
            names = "--name",
            required = true,
            paramLabel = "SYSTEM",
            description = "the system's name in systems.yml: letters, digits, _ . < > and -")
    private String name;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (!name.matches("[A-Za-z0-9_.<>-]+")) {
            return tell("--name " + name + " is not possible; allowed are letters, digits, _ . < > and -", 2);
        }
        if (!url.startsWith("jdbc:")) {
            return tell("--url must begin with jdbc:, such as jdbc:postgresql://HOST/DATABASE", 2);
        }
        try (Connection connection = connect()) {
            connection.setReadOnly(true);
            PrintWriter out = spec.commandLine().getOut();
            out.print(Discovery.draft(connection, Optional.ofNullable(schema), name));
            out.flush();
            return 0;
        } catch (SQLException e) {
            return tell("The database cannot be read: " + e.getMessage(), 1);
        } catch (SystemFailure e) {
            return tell(e.getMessage(), 1);
        }
    }

    private Connection connect() throws SQLException {
        Properties properties = new Properties();
        Optional.ofNullable(username).ifPresent(u -> properties.setProperty("user", u));
        secret().ifPresent(p -> properties.setProperty("password", p));
        String home = Optional.ofNullable(System.getenv("HABEAS_HOME")).orElse("data");
        Optional<Class<?>> driver = new Drivers(Path.of(home, "drivers")).of(name, url);
        Connection connection = driver.isPresent()
                ? make(driver.get()).connect(url, properties)
                : DriverManager.getConnection(url, properties);
        if (connection == null) {
            throw new SQLException("the driver does not know such an address");
        }
        return connection;
    }

    private Optional<String> secret() {
        return password != null
                ? Optional.of(new String(password))
                : Optional.ofNullable(System.getenv("HABEAS_DISCOVER_PASSWORD"));
    }

    private static Driver make(Class<?> driver) throws SQLException {
        try {
            return (Driver) driver.getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new SQLException("its driver cannot be used", e);
        }
    }

    private int tell(String why, int code) {
        PrintWriter err = spec.commandLine().getErr();
        err.println(why);
        err.flush();
        return code;
    }
}
