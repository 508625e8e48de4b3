package org.habeas.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;
import org.habeas.testing.TestDatabases;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;

/** A dry run counts what is due in every system and changes nothing in any: their dumps are the same before and after. */
@QuarkusTest
@TestProfile(FlowProfile.class)
class DryRunTest {
    private static final String LIBRARY = System.getProperty("bookshop.library");
    private static final String ACCOUNTS = System.getProperty("bookshop.accounts");

    @Test
    void aDryRunChangesNothingInAnySystem() throws Exception {
        TestDatabases.execute(
                ACCOUNTS,
                "insert into \"Invoice\" select n, 'nobody@example.org', '2011-03-01', 1, 'x' from generate_series(800001, 800700) n");
        try {
            Map<String, String> before = dumps();
            String id = Officer.ADMIN
                    .call("POST", "/api/v1/retention/runs", Map.of("dry_run", true))
                    .then()
                    .statusCode(202)
                    .extract()
                    .path("id");
            JsonPath run = done(id);
            assertTrue(run.getLong("collections.find { it.collection == 'Invoice' }.due") >= 700, run.prettify());
            assertEquals(0, run.getLong("collections.sum { it.purged }"));
            assertEquals(before, dumps());
        } finally {
            TestDatabases.execute(ACCOUNTS, "delete from \"Invoice\" where id > 800000");
        }
    }

    private static JsonPath done(String run) throws InterruptedException {
        long end = System.nanoTime() + 60_000_000_000L;
        while (true) {
            JsonPath now = Officer.ADMIN
                    .call("GET", "/api/v1/retention/runs/" + run, null)
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath();
            if (now.getString("state").equals("done")) {
                return now;
            }
            assertTrue(System.nanoTime() < end, now.prettify());
            Thread.sleep(25);
        }
    }

    /** What COPY writes of every table of every system, with where each row lies and which transaction wrote it. */
    private static Map<String, String> dumps() throws SQLException, IOException {
        Map<String, String> dumps = new TreeMap<>();
        for (String system : new String[] {LIBRARY, ACCOUNTS}) {
            try (var connection = TestDatabases.connect(system);
                    var statement = connection.createStatement();
                    var tables = statement.executeQuery(
                            "select quote_ident(table_name) from information_schema.tables where table_schema = 'public'")) {
                while (tables.next()) {
                    var dump = new ByteArrayOutputStream();
                    connection
                            .unwrap(PGConnection.class)
                            .getCopyAPI()
                            .copyOut(
                                    "copy (select ctid, xmin, t.* from " + tables.getString(1)
                                            + " t order by ctid) to stdout",
                                    dump);
                    dumps.put(system + " " + tables.getString(1), dump.toString(StandardCharsets.UTF_8));
                }
            }
        }
        return dumps;
    }
}
