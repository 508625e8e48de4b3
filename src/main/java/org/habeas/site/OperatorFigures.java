package org.habeas.site;

import io.agroal.api.AgroalDataSource;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.habeas.datamap.DataMap;
import org.habeas.datamap.SystemEntry;
import org.habeas.request.State;
import org.habeas.work.DatabaseClock;

/**
 * What an operator asks, at {@code /q/metrics} and {@code /q/health/well}: counts and ages, looked up together and kept for a few
 * seconds, whoever scrapes. Every query reads an index of what is open, so that closed cases cost nothing. No personal data.
 */
@ApplicationScoped
class OperatorFigures implements MeterBinder {
    static final String OLDEST_WORK = "habeas.work.oldest.seconds";
    static final String OLDEST_MAIL = "habeas.mail.oldest.seconds";
    static final String CHECKPOINT_AGE = "habeas.history.checkpoint.age.seconds";
    static final String HISTORY_WAITING = "habeas.history.waiting";
    static final String CLOCK_DIFFERENCE = "habeas.clock.difference.seconds";
    static final String FAILED_SEARCHES = "habeas.connector.failed.searches";
    private static final String CASES = "habeas.cases";
    private static final Duration FRESH = Duration.ofSeconds(5);

    private record Figure(String name, String what, String sql) {}

    private static final List<Figure> FIGURES = List.of(
            new Figure(
                    OLDEST_WORK,
                    "Age of the oldest work that is due and not claimed",
                    "select coalesce(extract(epoch from clock_timestamp() - min(due_at)), 0) from work_item"
                            + " where due_at <= clock_timestamp()"
                            + " and (leased_until is null or leased_until < clock_timestamp())"),
            new Figure(
                    "habeas.work.due",
                    "Work that is due or being done",
                    "select count(*) from work_item where due_at <= clock_timestamp()"),
            new Figure(
                    "habeas.work.failing",
                    "Work that has failed three times or more in a row",
                    "select count(*) from work_item where attempts >= 3"),
            new Figure(
                    OLDEST_MAIL,
                    "Age of the oldest mail that has not left",
                    "select coalesce(extract(epoch from clock_timestamp() - min(posted_at)), 0) from mail"
                            + " where state = 'waiting'"),
            new Figure(
                    "habeas.cases.overdue",
                    "Open cases past the day by which the person must hear",
                    "select count(*) from rights_request where state <> 'CLOSED' and state <> 'UNVERIFIED'"
                            + " and answer_by < current_date"),
            new Figure(
                    "habeas.retention.lag.seconds",
                    "How long ago the oldest rows fell due that an erasure had kept and nobody has purged yet",
                    "select coalesce(extract(epoch from clock_timestamp() - min(until + 1)), 0) from obligation"
                            + " where done_at is null and until < current_date"),
            new Figure(
                    "habeas.retention.due.rows",
                    "Rows past their time when they were last counted",
                    "select coalesce(sum(rows), 0) from retention_outlook"
                            + " where month <= date_trunc('month', counted_at)::date"),
            new Figure(
                    CHECKPOINT_AGE,
                    "Age of the newest signed head of the history",
                    "select coalesce((select extract(epoch from clock_timestamp() - signed_at) from audit_checkpoint"
                            + " order by size desc limit 1), 0)"),
            new Figure(
                    HISTORY_WAITING,
                    "Entries of the history that have no place in the tree yet",
                    "select count(*) from audit_entry where leaf_index is null"));

    private final AgroalDataSource database;
    private final DatabaseClock clock;
    private final List<String> systems;
    private Instant readAt = Instant.EPOCH;
    private Map<String, Double> read = Map.of();

    OperatorFigures(AgroalDataSource database, DataMap map, DatabaseClock clock) {
        this.database = database;
        this.clock = clock;
        this.systems = map.systems().stream().map(SystemEntry::name).toList();
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        FIGURES.forEach(figure -> Gauge.builder(figure.name(), () -> value(figure.name()))
                .description(figure.what())
                .register(registry));
        Gauge.builder(CLOCK_DIFFERENCE, this::clockDifference)
                .description("By how much this machine's clock is ahead of the database's")
                .register(registry);
        Stream.of(State.values()).filter(state -> state != State.CLOSED).forEach(state -> Gauge.builder(
                        CASES, () -> value(CASES + state.name()))
                .description("Cases that are not closed, by state")
                .tag("state", state.code())
                .register(registry));
        systems.forEach(system -> Gauge.builder(FAILED_SEARCHES, () -> value(FAILED_SEARCHES + system))
                .description("Searches in which this system has failed and is tried again")
                .tag("system", system)
                .register(registry));
    }

    /** The systems that some search has failed in, with the number of searches. */
    Map<String, Long> failing() {
        Map<String, Long> failing = new HashMap<>();
        systems.forEach(system -> Optional.of(value(FAILED_SEARCHES + system))
                .filter(count -> count > 0)
                .ifPresent(count -> failing.put(system, count.longValue())));
        return failing;
    }

    double clockDifference() {
        return clock.machineAhead().toMillis() / 1000.0;
    }

    /** Not a number while the database is away: a scrape never fails because of it. */
    synchronized double value(String name) {
        Instant now = clock.instant();
        if (Duration.between(readAt, now).abs().compareTo(FRESH) > 0) {
            readAt = now;
            read = read();
        }
        return read.getOrDefault(name, read.isEmpty() ? Double.NaN : 0);
    }

    private Map<String, Double> read() {
        Map<String, Double> found = new HashMap<>();
        try (var connection = database.getConnection()) {
            for (Figure figure : FIGURES) {
                rows(connection, "select '' as key, (" + figure.sql() + ")", figure.name(), found);
            }
            rows(
                    connection,
                    "select state, count(*) from rights_request where state <> 'CLOSED' group by 1",
                    CASES,
                    found);
            rows(
                    connection,
                    "select system, count(*) from search_system where status = 'FAILED' group by 1",
                    FAILED_SEARCHES,
                    found);
            return found;
        } catch (SQLException e) {
            return Map.of();
        }
    }

    private static void rows(Connection connection, String sql, String name, Map<String, Double> found)
            throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                found.put(name + rows.getString(1), rows.getDouble(2));
            }
        }
    }
}
