package org.habeas.fulfilment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.habeas.connector.Connector;
import org.habeas.connector.jdbc.JdbcConnector;
import org.habeas.datamap.DataMap;
import org.habeas.datamap.Links;
import org.habeas.testing.TestDatabases;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What search and plan cost beside the bare SELECTs that they are made of, measured in turns. */
@Tag("bench")
class EngineBench {
    private static final String ADA = "ada@example.org";
    private static final int WARM_UP = 5;
    private static final int ROUNDS = 9;

    private final String url = TestDatabases.fresh();

    private interface Act {
        void run() throws SQLException;
    }

    /** So many tables in a tree: rows of each point at rows of the one above; a tenth of them are hers. */
    private DataMap tree(int tables, int children, int rows) {
        StringBuilder sql = new StringBuilder();
        StringBuilder map = new StringBuilder();
        for (int n = 0; n < tables; n++) {
            int parent = (n - 1) / children;
            sql.append("create table t%d (id int primary key, up int%s, email text, note text);"
                    .formatted(n, n == 0 ? "" : " references t" + parent + " (id)"));
            sql.append(n == 0 ? "create index on t0 (lower(email));" : "create index on t%d (up);".formatted(n));
            sql.append(
                    "insert into t%d select i, (i %% %d) + 1, 'p' || i || '@example.org', 'some text' from generate_series(1, %d) i;"
                            .formatted(n, n == 0 ? 1 : 10, n == 0 ? 10 : rows * 10));
            map.append("- name: t%d\n  fields:\n    - {name: id, fides_meta: {primary_key: true}}\n".formatted(n));
            map.append(
                    n == 0
                            ? "    - {name: email, data_categories: [user.contact.email], fides_meta: {identity: email}}\n"
                            : "    - {name: up, fides_meta: {references: [{dataset: db, field: t%d.id, direction: from}]}}\n"
                                    .formatted(parent));
            map.append("    - {name: note, data_categories: [user.behavior]}\n");
        }
        sql.append("update t0 set email = 'ada@example.org' where id = 1;");
        for (String statement : sql.toString().split("(?<=;)")) {
            TestDatabases.execute(url, statement);
        }
        TestDatabases.execute(url, "analyze");
        return Maps.of(Map.of("db", url), Map.of("db", map.toString()));
    }

    @Test
    void eightHundredCollectionsPlanInASecond() throws SQLException {
        DataMap map = tree(800, 10, 1);
        try (Connector connector = JdbcConnector.of(map.systems().get(0), java.nio.file.Path.of("target"));
                Connection bare = TestDatabases.connect(url)) {
            ExecutorService threads = Executors.newFixedThreadPool(4);
            FoundRows[] rows = new FoundRows[1];
            Plan[] plan = new Plan[1];
            long search = median(() -> rows[0] = search(map, connector, threads));
            long planned = median(() -> {
                Tables tables = new Tables(map, s -> connector);
                Erasure erasure =
                        new Erasure(new Retentions(map, Planned.TODAY), tables, new Masks(v -> "0".repeat(64)));
                plan[0] = new PlanDraft(map, rows[0], tables, erasure).plan();
            });
            long selects = median(() -> selects(bare, 800));
            long links = median(() -> Links.of(map));
            threads.shutdown();
            assertEquals(800, rows[0].collections().size());
            assertEquals(List.of(), plan[0].problems());
            System.out.printf("%-58s %9s %9s%n", "800 collections, one row or more of hers in each", "ms", "bare ms");
            System.out.printf("%-58s %9.1f%n", "  links between them", links / 1e6);
            System.out.printf("%-58s %9.1f %9.1f%n", "  search", search / 1e6, selects / 1e6);
            System.out.printf(
                    "%-58s %9.1f %9.1f%n",
                    "  plan, catalogue read anew and every row judged", planned / 1e6, selects / 1e6);
            assertTrue(planned < 1_000_000_000L, "planned in " + planned / 1e6 + " ms");
        }
    }

    @Test
    void aSmallSearchBesideItsSelects() throws SQLException {
        DataMap map = tree(11, 10, 1);
        try (Connector connector = JdbcConnector.of(map.systems().get(0), java.nio.file.Path.of("target"));
                Connection bare = TestDatabases.connect(url)) {
            ExecutorService threads = Executors.newFixedThreadPool(4);
            long[] search = new long[3];
            long[] selects = new long[3];
            for (int i = 0; i < 3; i++) {
                search[i] = median(() -> search(map, connector, threads));
                selects[i] = median(() -> selects(bare, 11));
            }
            threads.shutdown();
            java.util.Arrays.sort(search);
            java.util.Arrays.sort(selects);
            double times = (double) search[1] / selects[1];
            System.out.printf(
                    "%-58s %9.2f %9.2f   %.1f times%n",
                    "search over 11 collections", search[1] / 1e6, selects[1] / 1e6, times);
            assertTrue(times <= 3, times + " times the sum of its bare SELECTs");
        }
    }

    private static FoundRows search(DataMap map, Connector connector, ExecutorService threads) {
        FoundRows rows = new FoundRows(ChunkStore.inMemory());
        Search search = new Search(Links.of(map), s -> connector, threads, () -> {}, rows, Set.of());
        search.run(Set.of(new Search.Proven("email", ADA)), Map.of());
        rows.finish();
        assertEquals(Map.of(), search.failures());
        return rows;
    }

    /** What a person would type to find the same rows: one SELECT a table, each waited for. */
    private static void selects(Connection connection, int tables) throws SQLException {
        List<Integer> found = new ArrayList<>();
        for (int n = 0; n < tables; n++) {
            String where = n == 0 ? "lower(email) = '" + ADA + "'" : "up = 1";
            try (var statement = connection.prepareStatement("select id, email, note from t" + n + " where " + where);
                    var rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(rows.getInt(1));
                }
            }
        }
        assertTrue(found.size() >= tables);
    }

    private static long median(Act act) throws SQLException {
        long[] times = new long[ROUNDS];
        for (int i = -WARM_UP; i < ROUNDS; i++) {
            long start = System.nanoTime();
            act.run();
            if (i >= 0) {
                times[i] = System.nanoTime() - start;
            }
        }
        java.util.Arrays.sort(times);
        return times[ROUNDS / 2];
    }
}
