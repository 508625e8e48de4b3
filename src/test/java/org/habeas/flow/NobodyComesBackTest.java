package org.habeas.flow;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.agroal.api.AgroalDataSource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.habeas.retention.Gate;
import org.habeas.testing.Bookshop;
import org.habeas.testing.TestDatabases;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A backup brings back what had been erased: the portal notices, stays closed, erases it again, and opens. */
@QuarkusTest
@TestProfile(FlowProfile.class)
class NobodyComesBackTest {
    private static final String LIBRARY = System.getProperty("bookshop.library");
    private static final String ACCOUNTS = System.getProperty("bookshop.accounts");
    private static final List<String> TABLES = List.of("home", "reader", "loan");
    private static final String EVA = "eva@example.org";

    @Inject
    Gate gate;

    @Inject
    AgroalDataSource portal;

    @BeforeEach
    void eva() {
        TestDatabases.execute(
                LIBRARY,
                "insert into home values (700, 'Evavei 1'); insert into reader values (700, '" + EVA
                        + "', 'Eva Dal', 'Hamar', 700); insert into loan values (700, 1, 10, '2026-01-01Z');");
        TestDatabases.execute(
                ACCOUNTS, "insert into \"Invoice\" values (7000, '" + EVA + "', '2025-03-01', 1, 'note')");
    }

    @AfterEach
    void gone() {
        TestDatabases.execute(
                LIBRARY,
                "delete from loan where reader_id >= 700; delete from reader where id >= 700; delete from home where id >= 700");
        TestDatabases.execute(ACCOUNTS, "delete from \"Invoice\" where id >= 7000; drop table if exists backup");
        TABLES.forEach(t -> TestDatabases.execute(LIBRARY, "drop table if exists backup_" + t));
    }

    @Test
    void evaIsErasedAgainAndNobodyElseIsTouched() throws Exception {
        long mark = number("select line from outside_mark");
        backup();
        erased();
        List<String> others = everything();
        long entries = number("select count(*) from audit_entry where event = 'retention.erased_again'");
        assertTrue(number("select line from outside_mark") > mark, "it was written down");

        restore();
        // the backup is older than the last change that Eva made
        TestDatabases.execute(LIBRARY, "update loan set book_id = 11, lent_at = '2026-07-01Z' where reader_id = 700");
        assertEquals(others.size() + 3, everything().size());
        sql("update outside_mark set line = " + mark);
        sql("delete from suppression");
        assertFalse(check(EVA, null).getBoolean("erased"), "the backup does not know of it");

        try (var busy = portal.getConnection()) {
            busy.setAutoCommit(false);
            busy.createStatement().executeQuery("select * from outside_mark for update");
            gate.look();
            assertEquals(503, given().get("/").statusCode());
            given().get("/api/v1/requests/H-0000-0000-00")
                    .then()
                    .statusCode(503)
                    .header("Retry-After", "30");
            JsonPath ready = given().get("/q/health/ready")
                    .then()
                    .statusCode(503)
                    .extract()
                    .jsonPath();
            assertTrue(
                    ready.getString("checks.find { it.name == 'nobody comes back' }.data.reason")
                            .contains("older than erasures"),
                    ready.prettify());
            busy.rollback();
        }
        opened();

        given().get("/q/health/ready").then().statusCode(200);
        assertEquals(others, everything(), "Eva is gone again, her invoice is blanked again, and nothing else changed");
        assertTrue(number("select count(*) from audit_entry where event = 'retention.erased_again'") > entries);
        assertTrue(check(EVA, null).getBoolean("erased"));
        assertTrue(
                number("select count(*) from obligation where until = '2030-12-31' and done_at is null") > 0,
                "what must be kept is still to go in its time");
    }

    @Test
    void whoeverComesBackAsACustomerStaysOne() throws Exception {
        long mark = number("select line from outside_mark");
        erased();
        JsonPath known = check(EVA, null);
        assertTrue(known.getBoolean("erased"));
        assertNotNull(known.getString("erased_at"));
        assertFalse(known.getBoolean("objected"), "to be erased is not to object");
        assertFalse(check(EVA, "2100-01-01T00:00:00Z").getBoolean("erased"), "given after the erasure");
        assertTrue(check(EVA, "2020-01-01T00:00:00Z").getBoolean("erased"), "old data must not come in again");

        // she comes back under the same address; only the portal's database is put back
        TestDatabases.execute(
                LIBRARY,
                "insert into home values (701, 'Evavei 2'); insert into reader values (701, '" + EVA
                        + "', 'Eva Dal', 'Hamar', 701)");
        List<String> now = everything();
        sql("update outside_mark set line = " + mark);
        gate.look();
        opened();
        assertEquals(now, everything());
    }

    @Test
    void importersLearnWhoObjected() {
        Ada fred = Ada.asks("objection", "fred@example.org").provesHerAddress().sees("review");
        Officer.FIRST.fulfils(fred, null);
        fred.sees("closed");
        JsonPath known = check("fred@example.org", null);
        assertTrue(known.getBoolean("objected"));
        assertFalse(known.getBoolean("erased"), "to object is not to be erased");
        assertNull(known.getString("erased_at"));
        JsonPath many = Officer.ADMIN
                .call(
                        "POST",
                        "/api/v1/suppressions/check",
                        Map.of(
                                "items",
                                List.of(
                                        Map.of("identifiers", Map.of("email", " Fred@example.org")),
                                        Map.of("identifiers", Map.of("email", "nobody@example.org")))))
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
        assertEquals(List.of(true, false), many.getList("items.objected"));
        assertEquals(
                422,
                Officer.ADMIN
                        .call("POST", "/api/v1/suppressions/check", Map.of())
                        .statusCode());
        assertEquals(
                403,
                Officer.AUDITOR
                        .call("POST", "/api/v1/suppressions/check", Map.of())
                        .statusCode());
    }

    private void erased() {
        Ada eva = Ada.asks("erasure", EVA).provesHerAddress().sees("review");
        String digest = Officer.FIRST.planOf(eva).getString("digest");
        Officer.FIRST.fulfils(eva, "art-17-1");
        Officer.SECOND.approves(eva, digest).then().statusCode(200);
        eva.sees("closed");
        waitFor(() -> number("select count(*) from outside_record") == 0);
    }

    private static JsonPath check(String address, String collectedAt) {
        Map<String, Object> asked = new java.util.HashMap<>(Map.of("identifiers", Map.of("email", address)));
        asked.put("collected_at", collectedAt);
        return Officer.ADMIN
                .call("POST", "/api/v1/suppressions/check", asked)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private static void backup() {
        TABLES.forEach(t -> TestDatabases.execute(
                LIBRARY,
                "drop table if exists backup_%1$s; create table backup_%1$s as select * from %1$s where %2$s >= 700"
                        .formatted(t, t.equals("loan") ? "reader_id" : "id")));
        TestDatabases.execute(
                ACCOUNTS,
                "drop table if exists backup; create table backup as select * from \"Invoice\" where id >= 7000");
    }

    private static void restore() {
        TABLES.forEach(t -> TestDatabases.execute(LIBRARY, "insert into %1$s select * from backup_%1$s".formatted(t)));
        TestDatabases.execute(
                ACCOUNTS,
                "insert into \"Invoice\" select * from backup on conflict (id) do update set note = excluded.note");
        TestDatabases.execute(ACCOUNTS, "insert into \"Invoice\" values (7001, 'x@example.org', '2025-03-01', 1, 'x')");
    }

    private static List<String> everything() {
        return Stream.concat(
                        Stream.of("home", "reader", "loan", "book").flatMap(t -> Bookshop.rows(LIBRARY, t).stream()),
                        Bookshop.rows(ACCOUNTS, "\"Invoice\"").stream())
                .filter(r -> !r.startsWith("(7001,"))
                .toList();
    }

    private void opened() {
        waitFor(() -> !gate.isClosed());
    }

    private static void waitFor(java.util.function.BooleanSupplier done) {
        Instant end = Instant.now().plus(Duration.ofMinutes(1));
        while (!done.getAsBoolean()) {
            assertTrue(Instant.now().isBefore(end), "it does not come to an end");
            Mailbox.pause();
        }
    }

    private long number(String query) {
        try (var connection = portal.getConnection();
                var rows = connection.createStatement().executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void sql(String sql) throws SQLException {
        try (var connection = portal.getConnection();
                var statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }
}
