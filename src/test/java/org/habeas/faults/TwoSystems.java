package org.habeas.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.habeas.testing.Bookshop;
import org.habeas.testing.PostgresServer;
import org.habeas.testing.TestDatabases;

/**
 * Fjord Books on two servers, with as many readers as are asked for, each with a part of her rows kept by the law. Every
 * change of a row is written down by the databases themselves: what, how, and by which account.
 */
final class TwoSystems implements AutoCloseable {
    private static final String NOTE =
            """
            create table touched (account text not null default session_user, what text not null, how text not null, old text not null);
            create function note() returns trigger language plpgsql security definer as
                $$ begin insert into touched (what, how, old) values (tg_table_name, tg_op, old::text); return null; end $$;
            """;

    final PostgresServer library;
    final PostgresServer accounts;
    private final Bookshop shop;
    private final int loans;
    private final int old;
    private final int kept;
    private final String others;

    /** A reader has so many loans, so many invoices that go, and so many that stay without their note. */
    TwoSystems(int loans, int old, int kept) {
        this.loans = loans;
        this.old = old;
        this.kept = kept;
        Path folder = Path.of("target", "faults", UUID.randomUUID().toString());
        try {
            library = PostgresServer.at(folder.resolve("library"), Map.of("fsync", "off"));
            accounts = PostgresServer.at(folder.resolve("accounts"), Map.of("fsync", "off"));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        shop = new Bookshop(url(library), url(accounts));
        TestDatabases.execute(url(library), NOTE + noting("reader") + noting("home") + noting("loan") + noting("book"));
        TestDatabases.execute(
                url(accounts), NOTE + noting("\"Invoice\"") + "create index on \"Invoice\" (reader_email);");
        TestDatabases.execute(
                url(library),
                "insert into home select n, 'Vei ' || n from generate_series(900001, 900500) n;"
                        + "insert into reader select n, 'other' || n || '@example.org', 'Other', 'Oslo', n from generate_series(900001, 900500) n;"
                        + "insert into loan select n, 1, 10, now() from generate_series(900001, 900500) n");
        others = others();
    }

    private static String noting(String table) {
        return "create trigger note after update or delete on %s for each row execute function note();"
                .formatted(table);
    }

    /** One more account that may do everything, with the password of the first. */
    void addAccount(String name) {
        for (PostgresServer server : List.of(library, accounts)) {
            try (var connection = server.superuser("habeas");
                    var statement = connection.createStatement()) {
                statement.execute("create role " + name + " superuser login password '" + server.password() + "'");
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    String libraryUrl() {
        return url(library);
    }

    private static String url(PostgresServer server) {
        return server.url() + "?user=habeas&password=" + server.password();
    }

    Path map() {
        return shop.map();
    }

    static String email(int id) {
        return "reader" + id + "@example.org";
    }

    /** How many rows of hers are touched. */
    int planned() {
        return 2 + loans + old + kept;
    }

    void addReader(int id) {
        TestDatabases.execute(
                url(library),
                ("insert into home values (%1$d, 'Vei %1$d'); insert into reader values (%1$d, '%2$s', 'R %1$d', 'Oslo', %1$d);"
                                + "insert into loan select %1$d, n, 10, now() from generate_series(1, %3$d) n")
                        .formatted(id, email(id), loans));
        TestDatabases.execute(
                url(accounts),
                ("insert into \"Invoice\" select %1$d::bigint * 100000 + n, '%2$s', case when n <= %3$d then date '2010-03-01' else"
                                + " date '2025-03-01' end, 1, 'note' from generate_series(1, %3$d + %4$d) n")
                        .formatted(id, email(id), old, kept));
    }

    /** That these readers, and nobody else, were erased: every row of the plan touched once and none other. */
    void assertErased(int first, int last) {
        int people = last - first + 1;
        assertEquals(List.of("DELETE " + people + " " + people), touched(library, "home"));
        assertEquals(List.of("DELETE " + people + " " + people), touched(library, "reader"));
        assertEquals(List.of("DELETE " + people * loans + " " + people * loans), touched(library, "loan"));
        assertEquals(List.of(), touched(library, "book"));
        assertEquals(
                List.of("DELETE " + people * old + " " + people * old, "UPDATE " + people * kept + " " + people * kept),
                touched(accounts, "Invoice"));
        String hers = " between " + first + " and " + last;
        assertEquals("0", one(library, "select count(*) from reader where id" + hers));
        assertEquals("0", one(library, "select count(*) from home where id" + hers));
        assertEquals("0", one(library, "select count(*) from loan where reader_id" + hers));
        assertEquals(
                people * kept + " 0",
                one(accounts, "select count(*) || ' ' || count(note) from \"Invoice\" where id / 100000" + hers));
        assertEquals(others, others(), "nothing else changed");
    }

    /** {@code how rows different-rows} */
    private static List<String> touched(PostgresServer target, String table) {
        return all(
                target,
                "select how || ' ' || count(*) || ' ' || count(distinct old) from touched where what = '" + table
                        + "' group by how order by 1");
    }

    /** The accounts that changed something, and how many rows. */
    List<String> accountsAtWork() {
        return all(library, "select account || ' ' || count(*) from touched group by account order by 1");
    }

    private String others() {
        return one(library, sum("reader", "id > 900000 or id < 10"))
                + one(library, sum("home", "id > 900000 or id < 10"))
                + one(library, sum("loan", "reader_id > 900000 or reader_id < 10"))
                + one(library, sum("book", "true"))
                + one(accounts, sum("\"Invoice\"", "id < 1000"));
    }

    private static String sum(String table, String where) {
        return "select count(*) || md5(string_agg(t::text, ',' order by t::text)) from " + table + " t where " + where;
    }

    private static String one(PostgresServer target, String sql) {
        return all(target, sql).get(0);
    }

    private static List<String> all(PostgresServer target, String sql) {
        return Portals.texts(url(target), sql);
    }

    @Override
    public void close() {
        library.close();
        accounts.close();
    }
}
