package org.habeas.work;

import io.agroal.api.AgroalDataSource;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.Typed;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jboss.logging.Logger;

/**
 * The one source of time: what the database's clock says, carried on by the time that passes. So all replicas have one time,
 * which is that of the leases, and it does not matter when a machine's own clock is wrong or is set.
 */
@ApplicationScoped
@Typed(DatabaseClock.class)
public class DatabaseClock extends Clock {
    private static final Logger LOG = Logger.getLogger(DatabaseClock.class);
    private static final Duration WORTH_MOVING = Duration.ofMillis(200);
    private static final Duration WORTH_TELLING = Duration.ofSeconds(5);

    private final AgroalDataSource database;
    private final Timers timers;
    private volatile Moment known = new Moment(Instant.now(), System.nanoTime());

    /** What time it was when the counter of the time that passes stood here. */
    private record Moment(Instant at, long nanos) {
        Instant after(long later) {
            return at.plusNanos(later - nanos);
        }
    }

    DatabaseClock(AgroalDataSource database, Timers timers) {
        this.database = database;
        this.timers = timers;
    }

    /** The clock that everything is given; a bean of its own, so that a test can put another time in its place. */
    @Produces
    @ApplicationScoped
    Clock clock() {
        return this;
    }

    // before anybody asks what time it is
    void start(@Observes @Priority(0) StartupEvent event) {
        look();
        timers.every("5s", "5s", "clock", this::look);
    }

    /** Goes by what the database says now, where that is another time; its answer may be as old as the question. */
    private void look() {
        try (var connection = database.getConnection();
                var select = connection.prepareStatement("select clock_timestamp()")) {
            long asked = System.nanoTime();
            try (var row = select.executeQuery()) {
                row.next();
                Duration half = Duration.ofNanos((System.nanoTime() - asked) / 2);
                agree(row.getObject(1, OffsetDateTime.class).toInstant(), asked + half.toNanos(), half);
            }
        } catch (SQLException e) {
            LOG.debug("the database does not say what time it is; it is counted on", e);
        }
    }

    void agree(Instant theirs, long nanos, Duration uncertain) {
        Duration moved = Duration.between(known.after(nanos), theirs);
        if (moved.abs().compareTo(WORTH_MOVING.plus(uncertain)) > 0) {
            known = new Moment(theirs, nanos);
        }
        if (moved.abs().compareTo(WORTH_TELLING.plus(uncertain)) > 0) {
            LOG.warnf("time moved by %d s: the database's clock was set, or is not this machine's", moved.toSeconds());
        }
    }

    /** By how much this machine's own clock, which libraries and the log go by, is ahead; negative when it is behind. */
    public Duration machineAhead() {
        return Duration.between(instant(), Instant.now());
    }

    @Override
    public Instant instant() {
        return known.after(System.nanoTime());
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return Clock.offset(this, Duration.ZERO).withZone(zone);
    }
}
