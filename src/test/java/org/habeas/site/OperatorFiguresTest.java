package org.habeas.site;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.agroal.api.AgroalDataSource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;
import org.habeas.datamap.DataMap;
import org.habeas.request.State;
import org.habeas.work.DatabaseClock;
import org.junit.jupiter.api.Test;

/** What an operator would be woken for shows in the figures; that all have their alarm is looked at by OperatorsTest. */
@QuarkusTest
class OperatorFiguresTest {
    private static final double HOUR = 3600;

    @Inject
    AgroalDataSource database;

    @Inject
    DataMap map;

    @Inject
    DatabaseClock clock;

    @Test
    void whatStandsStillShows() throws SQLException {
        String reference = given().contentType(ContentType.JSON)
                .body(Map.of("right", "access", "identifiers", Map.of("email", UUID.randomUUID() + "@example.org")))
                .post("/api/v1/requests")
                .then()
                .statusCode(202)
                .extract()
                .path("reference");
        OperatorFigures before = figures();
        double overdue = before.value("habeas.cases.overdue");
        double open = before.value("habeas.cases" + State.OPEN.name());
        double due = before.value("habeas.work.due");
        double failing = before.value("habeas.work.failing");
        double away = before.value(OperatorFigures.FAILED_SEARCHES + "crm");
        double waiting = before.value(OperatorFigures.HISTORY_WAITING);
        try {
            execute("insert into work_item (kind, subject, due_at, attempts) values ('of.nobody', 'figures',"
                    + " clock_timestamp() - interval '2 hours', 3)");
            execute("update mail set posted_at = clock_timestamp() - interval '2 hours' where id = (select id from mail"
                    + " where state = 'waiting' order by posted_at desc limit 1)");
            execute("update rights_request set state = 'OPEN', verified_at = now(), due = current_date - 3 where"
                    + " reference = '" + reference + "'");
            execute("insert into obligation values (gen_random_uuid(), gen_random_uuid(), 'nowhere', 'nothing', 'none',"
                    + " current_date - 3, 1, gen_random_uuid(), '', '{}', now())");
            execute(
                    "insert into search_system (request_id, system, status) values (gen_random_uuid(), 'crm', 'FAILED')");
            OperatorFigures after = figures();
            assertTrue(after.value(OperatorFigures.OLDEST_WORK) >= 2 * HOUR, "the oldest unclaimed step");
            assertTrue(after.value("habeas.work.due") >= due + 1, "the queue");
            assertEquals(failing + 1, after.value("habeas.work.failing"), "what fails");
            assertTrue(after.value(OperatorFigures.OLDEST_MAIL) >= 2 * HOUR, "the outbox");
            assertEquals(overdue + 1, after.value("habeas.cases.overdue"), "who should have heard");
            assertEquals(open + 1, after.value("habeas.cases" + State.OPEN.name()), "cases by state");
            assertTrue(after.value("habeas.retention.lag.seconds") >= 48 * HOUR, "purges that are late");
            assertEquals(away + 1, after.value(OperatorFigures.FAILED_SEARCHES + "crm"), "a system that is away");
            assertTrue(after.value(OperatorFigures.CHECKPOINT_AGE) >= 0 && waiting >= 0, "the history");
            assertEquals(0, after.clockDifference(), 60, "one machine, one clock");
        } finally {
            execute("delete from work_item where subject = 'figures'");
            execute("delete from obligation where system = 'nowhere'");
            execute("delete from search_system where system = 'crm' and status = 'FAILED'");
            execute("update rights_request set due = current_date + 30 where reference = '" + reference + "'");
        }
    }

    private OperatorFigures figures() {
        return new OperatorFigures(database, map, clock);
    }

    private void execute(String sql) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
