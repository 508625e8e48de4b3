package org.habeas.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Fjord Books, an organisation that is not the demonstration: two databases, a map of its own, two readers who share a home.
 * Every call gives fresh databases.
 */
public final class Bookshop {
    public static final String ADA = "ada@example.org";
    public static final String BEA = "bea@example.org";
    public static final String DAG = "dag@example.org";

    private static final String LIBRARY =
            """
            create table home (id int primary key, street text not null);
            create table reader (id int primary key, email text unique, full_name text not null, city text,
                home_id int references home (id), shard int not null default 7);
            create table book (id int primary key, title text not null, price numeric(30, 2));
            create table loan (reader_id int references reader (id), copy_no int, book_id int references book (id),
                lent_at timestamptz not null, primary key (reader_id, copy_no));
            create table member (id int primary key, email text not null, language text, joined_on date);
            insert into home values (1, 'Storgata 1'), (2, 'Fjordveien 9'), (3, 'Elvegata 2');
            insert into reader values (1, 'Ada@example.org', 'Ada Strand', 'Oslo', 1), (2, 'bea@example.org', 'Bea Strand', 'Oslo', 1),
                (3, 'cato@example.org', 'Cato Fjell', 'Bergen', 2), (4, 'dag@example.org', 'Dag Elv', 'Bergen', 3);
            insert into book values (10, 'Markens grøde', 199.50), (11, '=cmd()', 12345678901234567890.25);
            insert into loan values (1, 0, 10, '2026-02-01T10:00:00Z'), (1, 1, 11, '2026-03-01T10:00:00Z'),
                (2, 0, 10, '2026-02-02T10:00:00Z');
            """;

    private static final String ACCOUNTS =
            """
            create table "Invoice" (id bigint primary key, reader_email text, issued_on date not null, amount numeric(12, 2),
                note text);
            insert into "Invoice" values (100, 'ada@example.org', '2025-03-01', 250.00, 'likes crime'),
                (101, 'ada@example.org', '2018-03-01', 99.00, 'old'), (102, 'bea@example.org', '2025-03-01', 10.00, 'bea'),
                (103, 'dag@example.org', '2025-04-01', 20.00, 'dag');
            """;

    private final String library;
    private final String accounts;
    private final Path map;

    public Bookshop() {
        this(TestDatabases.fresh(), TestDatabases.fresh());
    }

    /** In these empty databases. */
    public Bookshop(String library, String accounts) {
        this.library = library;
        this.accounts = accounts;
        TestDatabases.execute(library, LIBRARY);
        TestDatabases.execute(accounts, ACCOUNTS);
        map = write();
    }

    /** The folder of the data map. */
    public Path map() {
        return map;
    }

    /** What Quarkus needs to know to work for this shop. */
    public Map<String, String> settings() {
        return Map.of("habeas.data-map", map.toString(), "bookshop.library", library, "bookshop.accounts", accounts);
    }

    /** Every row of a table as text, in the order of its first column; {@code url} is one of {@link #settings}. */
    public static List<String> rows(String url, String table) {
        List<String> rows = new ArrayList<>();
        try (var connection = TestDatabases.connect(url);
                var statement = connection.createStatement();
                var found = statement.executeQuery("select t::text from " + table + " t order by 1")) {
            while (found.next()) {
                rows.add(found.getString(1));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return rows;
    }

    private Path write() {
        try {
            Path folder = Files.createTempDirectory(
                    Files.createDirectories(Path.of("target", "bookshop").toAbsolutePath()), "map");
            for (String name :
                    List.of("organisation.yml", "systems.yml", "retention.yml", "library.yml", "accounts.yml")) {
                try (var file = Bookshop.class.getResourceAsStream("/bookshop/" + name)) {
                    String text = new String(file.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
                    Files.writeString(
                            folder.resolve(name),
                            text.replace("${LIBRARY_URL}", library).replace("${ACCOUNTS_URL}", accounts));
                }
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
