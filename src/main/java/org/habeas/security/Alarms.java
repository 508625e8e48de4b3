package org.habeas.security;

import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.Config;
import org.habeas.actor.Actor;
import org.habeas.audit.Act;
import org.habeas.audit.Ledger;
import org.habeas.limit.Rate;
import org.habeas.problem.SecurityEvent.Kind;

/**
 * Alarms: one for a kind of which there are more than its rate allows, and no other of that kind within the hour, however long
 * it goes on. The rate is {@code HABEAS_SECURITY_ALARM}, or that of the kind.
 */
@ApplicationScoped
class Alarms {
    private static final Duration QUIET = Duration.ofHours(1);
    private static final int MOST = 50;

    private final SecurityTable table;
    private final AgroalDataSource database;
    private final Ledger ledger;
    private final Event<AlarmRaised> raised;
    private final Clock clock;
    private final Map<Kind, Rate> rates = new EnumMap<>(Kind.class);

    Alarms(
            SecurityTable table,
            AgroalDataSource database,
            Ledger ledger,
            Event<AlarmRaised> raised,
            Clock clock,
            Config config) {
        this.table = table;
        this.database = database;
        this.ledger = ledger;
        this.raised = raised;
        this.clock = clock;
        Rate usual = config.getValue("habeas.security-alarm", Rate.class);
        for (Kind kind : Kind.values()) {
            rates.put(
                    kind,
                    config.getOptionalValue("habeas.security-alarm-" + kind.code(), Rate.class)
                            .orElse(usual));
        }
    }

    /** An alarm that was raised. */
    record Alarm(Kind kind, Instant at, long seen, Rate rate) {
        public long minutes() {
            return Math.max(1, rate.per().toMinutes());
        }
    }

    Rate rate(Kind kind) {
        return rates.get(kind);
    }

    /** In the transaction that writes what was counted, which only one replica does at a time. */
    void raise(Kind kind) {
        Instant now = clock.instant();
        Rate rate = rate(kind);
        long seen = table.since(now.minus(rate.per())).getOrDefault(kind, 0L);
        if (seen <= rate.count() || raised(kind, now.minus(QUIET), now)) {
            return;
        }
        insert(kind, now, seen, rate);
        ledger.append(Act.of("security.alarm", Actor.system("security"))
                .fact("kind", kind.code())
                .fact("seen", seen)
                .fact("rate", rate.toString()));
        raised.fire(new AlarmRaised(kind, seen, rate, now));
    }

    List<Alarm> latest() {
        List<Alarm> alarms = new ArrayList<>();
        try (var connection = database.getConnection();
                var select = connection.prepareStatement("select kind, raised_at, seen, rate from security_alarm"
                        + " order by raised_at desc, kind limit " + MOST);
                var rows = select.executeQuery()) {
            while (rows.next()) {
                alarms.add(new Alarm(
                        Kind.of(rows.getString(1)).orElseThrow(),
                        rows.getTimestamp(2).toInstant(),
                        rows.getLong(3),
                        Rate.parse(rows.getString(4))));
            }
            return alarms;
        } catch (SQLException e) {
            throw new IllegalStateException("alarms cannot be read", e);
        }
    }

    private boolean raised(Kind kind, Instant from, Instant to) {
        try (var connection = database.getConnection();
                var select = connection.prepareStatement(
                        "select 1 from security_alarm where kind = ? and raised_at > ? and raised_at <= ?")) {
            select.setString(1, kind.code());
            select.setObject(2, SecurityTable.utc(from));
            select.setObject(3, SecurityTable.utc(to));
            try (var row = select.executeQuery()) {
                return row.next();
            }
        } catch (SQLException e) {
            throw new IllegalStateException("alarms cannot be read", e);
        }
    }

    private void insert(Kind kind, Instant at, long seen, Rate rate) {
        try (var connection = database.getConnection();
                var insert = connection.prepareStatement(
                        "insert into security_alarm (kind, raised_at, seen, rate) values (?, ?, ?, ?)")) {
            insert.setString(1, kind.code());
            insert.setObject(2, SecurityTable.utc(at));
            insert.setLong(3, seen);
            insert.setString(4, rate.toString());
            insert.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException("an alarm cannot be kept", e);
        }
    }
}
