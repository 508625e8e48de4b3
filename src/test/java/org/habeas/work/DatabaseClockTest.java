package org.habeas.work;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.agroal.api.AgroalDataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** One time for all replicas, and work whose times were written while the database's clock was ahead. */
@QuarkusTest
class DatabaseClockTest {
    private static final Duration CLOSE = Duration.ofSeconds(30);

    @Inject
    Worklist worklist;

    @Inject
    AgroalDataSource database;

    private final DatabaseClock clock = new DatabaseClock(null, null);

    @Test
    void itGoesByTheDatabasesTimeAndByTheTimeThatPasses() {
        Instant theirs = Instant.parse("2031-01-01T00:00:00Z");
        clock.agree(theirs, System.nanoTime(), Duration.ZERO);
        near(theirs, clock.instant());
        assertTrue(clock.machineAhead().isNegative());
        clock.agree(theirs.minus(Duration.ofDays(400)), System.nanoTime(), Duration.ZERO);
        near(theirs.minus(Duration.ofDays(400)), clock.instant());
    }

    @Test
    void whatTheAnswersDelayMayExplainMovesNothing() {
        Instant before = clock.instant();
        clock.agree(before.plus(Duration.ofHours(1)), System.nanoTime(), Duration.ofHours(2));
        near(before, clock.instant());
    }

    @Test
    void workThatWasPutOffWhileTheClockWasAheadIsDueWhenItShould() throws SQLException {
        String subject = added(Duration.ofHours(72));
        ahead(subject, "due_at = due_at + interval '1 year'");
        worklist.setRight();
        near(Duration.ofHours(72), left("due_at", subject));
        worklist.setRight();
        near(Duration.ofHours(72), left("due_at", subject));
    }

    @Test
    void aLeaseFromThenEndsWhenItShould() throws SQLException {
        String subject = added(Duration.ZERO);
        ahead(subject, "leased_until = clock_timestamp() + interval '1 year 1 minute'");
        worklist.setRight();
        near(Duration.ofMinutes(1), left("leased_until", subject));
    }

    @Test
    void whatIsAddedAgainMeanwhileIsSetRightAsWell() throws SQLException {
        String subject = added(Duration.ofHours(72));
        ahead(
                subject,
                "due_at = due_at + interval '1 year', leased_until = clock_timestamp() + interval '1 year 1 minute'");
        QuarkusTransaction.requiringNew().run(() -> worklist.add("clock.test", subject, Duration.ofHours(80)));
        near(Duration.ofHours(72), left("due_at", subject));
        near(Duration.ofMinutes(1), left("leased_until", subject));
    }

    private String added(Duration wait) {
        String subject = UUID.randomUUID().toString();
        QuarkusTransaction.requiringNew().run(() -> worklist.add("clock.test", subject, wait));
        return subject;
    }

    /** As if the clock had been a year ahead when the item was written. */
    private void ahead(String subject, String change) throws SQLException {
        try (var connection = database.getConnection();
                var update = connection.prepareStatement("update work_item set noted_at = clock_timestamp() + interval"
                        + " '1 year', " + change + " where subject = ?")) {
            update.setString(1, subject);
            assertEquals(1, update.executeUpdate());
        }
    }

    private Duration left(String column, String subject) throws SQLException {
        try (var connection = database.getConnection();
                var select = connection.prepareStatement("select extract(epoch from " + column
                        + " - clock_timestamp()) from work_item where subject = ?")) {
            select.setString(1, subject);
            try (var row = select.executeQuery()) {
                assertTrue(row.next());
                return Duration.ofMillis((long) (1000 * row.getDouble(1)));
            }
        }
    }

    private static void near(Instant expected, Instant actual) {
        near(Duration.ZERO, Duration.between(expected, actual));
    }

    private static void near(Duration expected, Duration actual) {
        assertTrue(expected.minus(actual).abs().compareTo(CLOSE) < 0, expected + " and not " + actual);
    }
}
