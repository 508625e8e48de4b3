package org.habeas.fulfilment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.habeas.connector.jdbc.Drivers;
import org.habeas.datamap.DataMap;
import org.junit.jupiter.api.Test;

/** A database whose driver is not bundled: its jar lies in the folder {@code drivers}, and nowhere on the class path. */
class SqliteTest {
    private static final String ADA = "ada@example.org";
    private final Path file = Path.of("target", "maps", "sqlite" + System.nanoTime() + ".db");
    private final String url = "jdbc:sqlite:" + file.toAbsolutePath();

    private Connection connect() throws Exception {
        Class<?> driver =
                new Drivers(Path.of("target", "drivers")).of("shop", url).orElseThrow();
        return ((Driver) driver.getDeclaredConstructor().newInstance()).connect(url, new Properties());
    }

    private void execute(String sql) throws Exception {
        Files.createDirectories(file.getParent());
        try (Connection connection = connect();
                var statement = connection.createStatement()) {
            for (String one : sql.split(";")) {
                statement.execute(one);
            }
        }
    }

    private List<String> rows(String table) throws Exception {
        List<String> rows = new ArrayList<>();
        try (Connection connection = connect();
                var statement = connection.createStatement();
                var found = statement.executeQuery("select * from " + table)) {
            while (found.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
                    row.add(found.getString(i));
                }
                rows.add(String.join(",", row.stream().map(String::valueOf).toList()));
            }
        }
        return rows.stream().sorted().toList();
    }

    @Test
    void aPersonIsFoundPlannedForAndErased() throws Exception {
        assertThrows(ClassNotFoundException.class, () -> Class.forName("org.sqlite.JDBC"));
        execute(
                """
                create table customer (id integer primary key, email text not null, born date, photo blob, spent decimal(10, 2));
                create table "Order" (customer integer not null references customer (id), no text not null, paid boolean,
                    note varchar(50), at timestamp, primary key (customer, no));
                create table invoice (id integer primary key, customer integer references customer (id), issued date, note text);
                create table visit (email text, page text);
                insert into customer values (1, 'Ada@example.org', '1990-05-06', x'00ff', 12.50),
                    (2, 'bea@example.org', '1991-01-01', x'01', 3), (9007199254740993, 'cy@example.org', null, null, null);
                insert into "Order" values (1, '', 1, 'gift', '2026-01-02 03:04:05'), (1, 'x', 0, null, null),
                    (2, '', 1, 'hers', '2026-01-02 03:04:05');
                insert into invoice values (1, 2, '2026-05-05', 'b'), (2, 9007199254740993, '2001-01-01', 'c');
                insert into visit values ('ada@example.org', '/a'), ('ada@example.org', '/a'), ('bea@example.org', '/a');
                insert into invoice values (3, 1, '2001-05-05', 'old'), (4, 1, null, 'when?')
                """);
        DataMap map = Maps.of(
                Map.of("shop", url),
                Map.of(
                        "shop",
                        """
                        - name: customer
                          fields:
                            - {name: id, fides_meta: {primary_key: true}}
                            - {name: email, data_categories: [user.contact.email], fides_meta: {identity: email}}
                            - {name: born, data_categories: [user.demographic.date_of_birth]}
                            - {name: photo, data_categories: [user.content]}
                            - {name: spent}
                        - name: Order
                          fields:
                            - {name: customer, fides_meta: {primary_key: true, references: [{dataset: shop, field: customer.id, direction: from}]}}
                            - {name: no, fides_meta: {primary_key: true}}
                            - {name: paid}
                            - {name: note, data_categories: [user.content]}
                            - {name: at}
                        - name: visit
                          fields:
                            - {name: email, data_categories: [user.contact.email], fides_meta: {identity: email}}
                            - {name: page}
                        - name: invoice
                          habeas: {retention: {rule: five-years, from: issued}, while_retained: [note]}
                          fields:
                            - {name: id, fides_meta: {primary_key: true}}
                            - {name: customer, fides_meta: {references: [{dataset: shop, field: customer.id, direction: from}]}}
                            - {name: issued}
                            - {name: note, data_categories: [user.content]}
                        """));
        try (Planned ada = Planned.erasure(map, ADA)) {
            assertEquals(
                    Map.of(
                            "customer", List.of("OWN Ada@example.org"),
                            "Order", List.of("OWN null", "OWN null"),
                            "invoice", List.of("OWN null", "OWN null"),
                            "visit", List.of("OWN ada@example.org", "OWN ada@example.org")),
                    ada.searched.found("email"));
            List<Object> seen = new ArrayList<>();
            ada.searched.rows.each(
                    map.collection("shop", "customer").orElseThrow().key(),
                    f -> seen.addAll(f.row().values().values()));
            assertEquals("[1, Ada@example.org, 1990-05-06, AP8=, 12.5]", seen.toString());
            assertEquals(List.of(), ada.problems());
            assertEquals(
                    List.of(
                            "Order delete 2 - -",
                            "customer keep 1 plan_kept_pointed(invoice) -",
                            "invoice delete 1 - -",
                            "invoice keep 1 plan_kept_no_date -",
                            "invoice mask 1 plan_blanked -",
                            "visit delete 2 - -"),
                    ada.items());
            ada.execute(true);
        }
        assertEquals(List.of("2,,1,hers,2026-01-02 03:04:05"), rows("\"Order\""));
        assertEquals(List.of("bea@example.org,/a"), rows("visit"));
        assertEquals(List.of("1,2,2026-05-05,b", "2,9007199254740993,2001-01-01,c", "4,1,null,null"), rows("invoice"));
        assertEquals(3, rows("customer").size());
        execute("delete from invoice where id = 4");
        try (Planned ada = Planned.erasure(map, ADA)) {
            assertEquals(List.of("customer delete 1 - -"), ada.items());
            ada.execute(true);
        }
        assertEquals(2, rows("customer").size());
    }
}
