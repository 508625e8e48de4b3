package org.habeas.demo;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The invented Nordlys Group: 2,000 people in three databases and a paper archive. It is loaded once, so that what was
 * erased stays erased; its data map is made of ordinary files, as users write them.
 */
public final class Demonstration {
    /** Has rows in every system, shares her address, and bought more than once. */
    public static final String PERSON_TO_TRY = "ada.nordmann@example.org";

    private static final List<String> FILES = List.of(
            "organisation.yml",
            "systems.yml",
            "retention.yml",
            "crm.yml",
            "billing.yml",
            "newsletter.yml",
            "policy.en.md",
            "policy.nb.md",
            "policy.nn.md");

    private Demonstration() {}

    /** Makes the databases of the three systems and fills them, where that was not done before. */
    public static void load(EmbeddedPostgres server, LocalDate today) throws SQLException {
        Population population = Population.invented(today);
        fill(server, "crm", new Crm(population, today));
        fill(server, "billing", new Billing(population, today));
        fill(server, "newsletter", new Newsletter(population, today));
    }

    /** One system's tables, and the people in them. */
    interface Tables {
        String definition();

        void rows(Connection connection) throws SQLException;
    }

    /** All in one transaction: a system is there as a whole or not at all. */
    private static void fill(EmbeddedPostgres server, String name, Tables system) throws SQLException {
        String role = role(name);
        server.database(name, "postgres");
        try (Connection connection = server.connect(name)) {
            Sql sql = new Sql(connection);
            server.role(sql, role);
            if (sql.number("select count(*) from pg_tables where schemaname = ?", "public") > 0) {
                return;
            }
            connection.setAutoCommit(false);
            sql.run(system.definition());
            system.rows(connection);
            // what the portal needs to find, change and erase, and nothing that makes new people
            sql.run("grant connect on database " + name + " to " + role);
            sql.run("grant usage on schema public to " + role);
            sql.run("grant select, update, delete on all tables in schema public to " + role);
            connection.commit();
            connection.setAutoCommit(true);
            sql.run("analyze");
        }
    }

    /** Writes the data map for this start; without the server its systems are there by name but cannot be reached. */
    public static Path writeMap(Home home, Optional<EmbeddedPostgres> server) {
        Path folder = home.folder("demo/map");
        try {
            for (String file : FILES) {
                String text = resource(file);
                for (String system : List.of("crm", "billing", "newsletter")) {
                    String variable = "${DEMO_" + system.toUpperCase(Locale.ROOT);
                    text = text.replace(
                                    variable + "_URL}",
                                    server.map(s -> s.url(system)).orElse("jdbc:postgresql://127.0.0.1:1/" + system))
                            .replace(
                                    variable + "_PASSWORD}",
                                    server.map(s -> s.password(role(system))).orElse("none"));
                }
                Files.writeString(folder.resolve(file), text);
            }
            return folder;
        } catch (IOException e) {
            throw home.unusable("cannot be written to", e);
        }
    }

    private static String role(String system) {
        return "habeas_" + system;
    }

    private static String resource(String file) throws IOException {
        try (InputStream stream = Demonstration.class.getClassLoader().getResourceAsStream("demo/map/" + file)) {
            if (stream == null) {
                throw new IOException("the demonstration's " + file + " is missing");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
