package org.habeas.fulfilment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.statistics.Statistics;
import org.habeas.connector.Mapped;
import org.habeas.datamap.CollectionKey;
import org.habeas.datamap.DataMap;
import org.habeas.datamap.SystemEntry;
import org.habeas.testing.TestDatabases;

/**
 * Random databases with random maps over them: search and erasure for one person against an oracle that was written apart.
 * Not one row too few, not one of anybody else's. Two thousand on H2, which makes a database in no time; the same on
 * PostgreSQL, fewer.
 */
class RandomWorldsTest {
    private static final DataMap LIKE = Maps.of(
            Map.of("s", "jdbc:h2:mem:s"),
            Map.of("s", "- name: t\n  fields: [{name: email, fides_meta: {identity: email}}]\n"));
    private static final String POSTGRES = TestDatabases.fresh();

    @Property(tries = 2_000, shrinking = ShrinkingMode.OFF)
    void h2(@ForAll long seed) throws SQLException {
        RandomWorld world = new RandomWorld(seed);
        Map<String, String> urls = new LinkedHashMap<>();
        world.systems.forEach(s -> urls.put(s, "jdbc:h2:mem:" + s + "x" + seed + ";DB_CLOSE_DELAY=-1"));
        check(world, urls, Map.of());
        for (String url : urls.values()) {
            try (Connection connection = connect(url);
                    var statement = connection.createStatement()) {
                statement.execute("shutdown");
            }
        }
    }

    @Property(tries = 60, shrinking = ShrinkingMode.OFF)
    void postgres(@ForAll long seed) throws SQLException {
        RandomWorld world = new RandomWorld(seed);
        Map<String, String> urls = new LinkedHashMap<>();
        Map<String, String> schemas = new HashMap<>();
        for (String system : world.systems) {
            String schema = "w" + Long.toUnsignedString(seed) + system;
            TestDatabases.execute(POSTGRES, "create schema " + schema);
            urls.put(system, POSTGRES + "&currentSchema=" + schema);
            schemas.put(system, schema);
        }
        check(world, urls, schemas);
        for (String schema : schemas.values()) {
            TestDatabases.execute(POSTGRES, "drop schema " + schema + " cascade");
        }
    }

    private static void check(RandomWorld world, Map<String, String> urls, Map<String, String> schemas)
            throws SQLException {
        for (String system : world.systems) {
            try (Connection connection = connect(urls.get(system))) {
                world.create(system, connection);
            }
        }
        List<SystemEntry> entries = new ArrayList<>();
        urls.forEach((name, url) -> entries.add(Mapped.system(name, url)));
        DataMap map = world.map(LIKE, entries);
        String person = RandomWorld.PEOPLE.get(0);
        Oracle oracle = new Oracle(world, person);
        boolean executed;
        Statistics.label("erasure")
                .collect(oracle.problem ? "refused" : oracle.own.isEmpty() ? "nothing found" : "carried out");
        Statistics.label("reached").collect(!oracle.reached.isEmpty());
        Statistics.label("reached and hers").collect(oracle.hers.size() > oracle.own.size());
        try (Planned planned = Planned.erasure(map, person)) {
            assertEquals(Map.of(), planned.searched.search.failures());
            assertEquals(oracle.found(), found(world, planned.searched));
            if (oracle.problem) {
                assertFalse(planned.plan.sound(), "rows of others stand against it");
            } else {
                assertEquals(List.of(), planned.problems());
                planned.execute(true);
            }
            executed = !oracle.problem;
        }
        Map<String, List<String>> after = new TreeMap<>();
        for (String system : world.systems) {
            try (Connection connection = connect(urls.get(system))) {
                after.putAll(world.dump(system, connection));
            }
        }
        if (executed) {
            assertEquals(oracle.after(), after);
        } else {
            Map<String, List<String>> before = new TreeMap<>();
            world.tables.forEach(t -> before.put(
                    t.toString(), t.rows.stream().map(oracle::text).sorted().toList()));
            assertEquals(before, after, "planning changes nothing");
        }
    }

    /** The driver manager may have been filled by another class loader, which then has H2 to itself. */
    private static Connection connect(String url) throws SQLException {
        return url.startsWith("jdbc:h2:")
                ? org.h2.Driver.load().connect(url, new java.util.Properties())
                : TestDatabases.connect(url);
    }

    private static Map<String, List<String>> found(RandomWorld world, Searched searched) {
        Map<String, List<String>> found = new TreeMap<>();
        for (CollectionKey collection : searched.rows.collections()) {
            List<String> rows = new ArrayList<>();
            searched.rows.each(collection, f -> {
                Map<String, Object> row = new LinkedHashMap<>();
                world.table(collection.name()).orElseThrow().columns().forEach(c -> {
                    Object value = f.row().value(c);
                    row.put(c, value == null ? null : value.toString());
                });
                return rows.add(f.standing() + " " + row);
            });
            found.put(collection.toString(), rows.stream().sorted().toList());
        }
        return found;
    }
}
