package org.habeas.faults;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.habeas.testing.PortalProcess;
import org.habeas.testing.TestDatabases;

/** Portals on one database and one home: one after the other, or several at once. */
public final class Portals {
    /** A replica that is silent for so long is taken for dead. */
    public static final Duration LEASE = Duration.ofSeconds(3);

    private static final String[] SMALL = {"-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"};

    final String database = TestDatabases.fresh();
    private final Path home = Path.of("target", "faults", UUID.randomUUID().toString(), "home");
    private final Map<String, String> settings;

    public Portals(Path map) {
        settings = Map.of(
                "QUARKUS_DATASOURCE_JDBC_URL", database,
                "HABEAS_DATA_MAP", map.toString(),
                "HABEAS_WORK_EVERY", "PT1S",
                "HABEAS_WORK_LEASE", LEASE.toString(),
                "HABEAS_COOLING_OFF", "PT0S",
                "HABEAS_LIMIT_PER_CLIENT", "100000/PT1H",
                "HABEAS_LIMIT_PER_ADDRESS", "100000/PT1H");
    }

    public PortalProcess start(String... options) {
        return start(Map.of(), options);
    }

    /** Starts one more; {@code more} are settings that this one alone has. */
    public PortalProcess start(Map<String, String> more, String... options) {
        return PortalProcess.start(home, with(more), small(options));
    }

    /** The process alone, without waiting for it. */
    Process launch(String... options) {
        Path log = home.resolveSibling("held.log");
        return PortalProcess.launch(home, with(Map.of()), log, small(options));
    }

    private Map<String, String> with(Map<String, String> more) {
        Map<String, String> all = new HashMap<>(settings);
        all.putAll(more);
        return all;
    }

    private static String[] small(String... options) {
        List<String> all = new ArrayList<>(List.of(SMALL));
        all.addAll(List.of(options));
        return all.toArray(String[]::new);
    }

    public List<String> read(String sql) {
        return texts(database, sql);
    }

    /** The first column of every row, as text. */
    static List<String> texts(String url, String sql) {
        List<String> texts = new ArrayList<>();
        try (var connection = TestDatabases.connect(url);
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return texts;
    }

    static void pause() {
        try {
            Thread.sleep(25);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
