package org.habeas.retention;

import static io.restassured.RestAssured.given;

import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.habeas.testing.PortalProcess;
import org.habeas.testing.PostgresServer;

/** A table of events on a server of its own, a tenth of it past its time, and the built portal that is to purge it. */
final class Purging implements AutoCloseable {
    static final String DUE = "happened_on < date '2019-01-01'";

    private final Path folder;
    final PostgresServer server;

    Purging(Path folder, Map<String, String> settings) throws SQLException, IOException {
        this.folder = folder.toAbsolutePath();
        PostgresServer.stopLeftover(this.folder.resolve("server"));
        clear(this.folder);
        Files.createDirectories(this.folder);
        this.server = PostgresServer.at(this.folder.resolve("server"), settings);
    }

    /** What an earlier run left. */
    private static void clear(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }

    /** A database with so many events, of which every tenth is due, spread over the whole table. */
    void fill(String database, long rows) throws SQLException {
        superuser("postgres", "drop database if exists " + database + " with (force)");
        superuser("postgres", "create database " + database + " owner habeas");
        execute(
                database,
                "create table event (id bigint primary key, person_id bigint not null, happened_on date not null, note text)");
        execute(
                database,
                "insert into event select n, n / 7, case when n % 10 = 3 then date '2015-01-01' + (n % 700)::int else date"
                        + " '2024-01-01' + (n % 700)::int end, 'seen at the counter, case ' || n from generate_series(1, "
                        + rows + ") n");
        execute(database, "create index on event (happened_on)");
        execute(database, "vacuum analyze event");
        superuser("postgres", "checkpoint");
    }

    /** A fresh copy of a database. */
    void copy(String from, String to) throws SQLException {
        superuser("postgres", "drop database if exists " + to + " with (force)");
        superuser("postgres", "create database " + to + " template " + from + " owner habeas strategy file_copy");
        superuser("postgres", "checkpoint");
        number(to, "select count(*) from event");
    }

    Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(url(database), "habeas", server.password());
    }

    void execute(String database, String sql) throws SQLException {
        try (Connection connection = connect(database);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    long number(String database, String query) throws SQLException {
        try (Connection connection = connect(database);
                var rows = connection.createStatement().executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private void superuser(String database, String sql) throws SQLException {
        try (Connection connection = server.superuser(database);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private String url(String database) {
        return server.url().replaceAll("/habeas$", "/" + database);
    }

    /** The portal on this server; its one system is that database. */
    PortalProcess portal(String database, String... options) throws IOException {
        return portal(database, Map.of(), options);
    }

    /** The same with more in its environment. */
    PortalProcess portal(String database, Map<String, String> more, String... options) throws IOException {
        Map<String, String> environment = new HashMap<>(server.environment());
        environment.put("HABEAS_DATA_MAP", map(database).toString());
        environment.put("HABEAS_RETENTION_EVERY", "PT24H");
        environment.putAll(more);
        return PortalProcess.start(folder.resolve("home"), environment, options);
    }

    private Path map(String database) throws IOException {
        Path map = Files.createDirectories(folder.resolve("map"));
        Files.writeString(map.resolve("organisation.yml"), "name: Counter\ncontact: counter@example.org\n");
        Files.writeString(
                map.resolve("systems.yml"),
                "systems:\n  - {name: counter, kind: jdbc, url: \"" + url(database)
                        + "\", username: habeas, password: \"" + server.password() + "\"}\n");
        Files.writeString(
                map.resolve("retention.yml"),
                "rules:\n  - {id: events, citation: Own rule, title: Events, period: P3Y, starts: event, mode: auto}\n");
        Files.writeString(
                map.resolve("counter.yml"),
                """
                dataset:
                  - fides_key: counter
                    collections:
                      - name: event
                        habeas: {retention: {rule: events, from: happened_on}}
                        fields:
                          - {name: id, fides_meta: {primary_key: true}}
                          - {name: person_id, data_categories: [user.unique_id], fides_meta: {identity: person_number}}
                          - {name: happened_on, data_categories: [user.behavior]}
                          - {name: note, data_categories: [user.behavior]}
                """);
        return map;
    }

    /** Opens a run that purges what is due. */
    static String run(PortalProcess portal) {
        return given().auth()
                .preemptive()
                .basic("admin", "test")
                .contentType(ContentType.JSON)
                .body("{\"dry_run\": false}")
                .post(portal.address().resolve("/api/v1/retention/runs"))
                .then()
                .statusCode(202)
                .extract()
                .jsonPath()
                .getString("id");
    }

    static JsonPath state(PortalProcess portal, String run) {
        return given().auth()
                .preemptive()
                .basic("admin", "test")
                .get(portal.address().resolve("/api/v1/retention/runs/" + run))
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    @Override
    public void close() {
        server.close();
    }
}
