package org.habeas.site;

import io.agroal.api.AgroalDataSource;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.List;
import org.habeas.request.State;

/** What an operator asks, at {@code /q/metrics}: counts and ages, looked up when they are read. No personal data. */
@ApplicationScoped
class OperatorFigures implements MeterBinder {
    private record Figure(String name, String what, String sql) {}

    private static final List<Figure> FIGURES = List.of(
            new Figure(
                    "habeas.work.oldest.seconds",
                    "Age of the oldest work that is due and not claimed",
                    "select coalesce(extract(epoch from clock_timestamp() - min(due_at)), 0) from work_item"
                            + " where due_at <= clock_timestamp()"
                            + " and (leased_until is null or leased_until < clock_timestamp())"),
            new Figure(
                    "habeas.work.failing",
                    "Work that has failed three times or more in a row",
                    "select count(*) from work_item where attempts >= 3"),
            new Figure(
                    "habeas.mail.oldest.seconds",
                    "Age of the oldest mail that has not left",
                    "select coalesce(extract(epoch from clock_timestamp() - min(posted_at)), 0) from mail"
                            + " where state = 'waiting'"),
            new Figure(
                    "habeas.cases.overdue",
                    "Open cases past the day by which the person must hear",
                    "select count(*) from rights_request where state <> 'CLOSED' and state <> 'UNVERIFIED'"
                            + " and coalesce(extended_to, due) < current_date"),
            new Figure(
                    "habeas.history.checkpoint.age.seconds",
                    "Age of the newest signed head of the history",
                    "select coalesce(extract(epoch from clock_timestamp() - max(signed_at)), 0) from audit_checkpoint"),
            new Figure(
                    "habeas.history.waiting",
                    "Entries of the history that have no place in the tree yet",
                    "select count(*) from audit_entry where leaf_index is null"));

    private final AgroalDataSource database;

    OperatorFigures(AgroalDataSource database) {
        this.database = database;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        FIGURES.forEach(figure -> Gauge.builder(figure.name(), () -> read(figure.sql()))
                .description(figure.what())
                .register(registry));
        for (State state : State.values()) {
            String sql = "select count(*) from rights_request where state = '" + state.name() + "'";
            Gauge.builder("habeas.cases", () -> read(sql))
                    .description("Cases by state")
                    .tag("state", state.code())
                    .register(registry);
        }
    }

    /** Not a number while the database is away: a scrape never fails because of it. */
    private double read(String sql) {
        try (var connection = database.getConnection();
                var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            row.next();
            return row.getDouble(1);
        } catch (SQLException e) {
            return Double.NaN;
        }
    }
}
