package org.habeas.history;

import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.habeas.datamap.DataMap;

/** How many requests there were and how long the answers took, counted by the database. */
@ApplicationScoped
public class Statistics {
    /** Days from receipt to the answer, with one decimal. */
    public record AnswerTimes(BigDecimal median, BigDecimal mean, BigDecimal p90) {}

    /**
     * The figures of one right, one outcome, both, or of one regime, company or month ({@code group}). {@code answered} are
     * fulfilled, partly fulfilled or refused, {@code onTime} of them by their date, extension included, in the organisation's
     * time zone; {@code overdue} of the open ones are past it.
     */
    public record Line(
            Optional<String> right,
            Optional<String> outcome,
            Optional<String> group,
            long received,
            long open,
            long overdue,
            long closed,
            long answered,
            long onTime,
            Optional<AnswerTimes> days) {
        public long late() {
            return answered - onTime;
        }
    }

    /** All lines of a period. */
    public record Figures(
            Line total,
            List<Line> rights,
            List<Line> outcomes,
            List<Line> both,
            List<Line> regimes,
            List<Line> organisations,
            List<Line> months) {
        public static final Figures NONE = new Figures(
                new Line(Optional.empty(), Optional.empty(), Optional.empty(), 0, 0, 0, 0, 0, 0, Optional.empty()),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }

    private static final String SQL = "select grouping(asked_right, outcome, regime, organisation, month),"
            + " lower(replace(asked_right, '_', '-')), lower(replace(outcome, '_', '-')),"
            + " coalesce(regime, organisation, month), count(*),"
            + " count(*) filter (where closed_at is null),"
            + " count(*) filter (where closed_at is null and by_day < ?),"
            + " count(*) filter (where answered), count(*) filter (where answered and closed_on <= by_day),"
            + " percentile_cont(0.5) within group (order by days) filter (where answered),"
            + " avg(days) filter (where answered),"
            + " percentile_cont(0.9) within group (order by days) filter (where answered)"
            + " from (select r.asked_right, r.outcome, r.regime, r.organisation, r.closed_at,"
            + " to_char(r.received_on, 'YYYY-MM') as month, r.answer_by as by_day,"
            + " (r.closed_at at time zone ?)::date as closed_on,"
            + " extract(epoch from r.closed_at - r.received_at) / 86400 as days,"
            + " coalesce(r.outcome in ('FULFILLED', 'PARTLY_FULFILLED', 'REFUSED'), false) as answered"
            + " from rights_request r where %s) counted"
            + " group by grouping sets ((), (asked_right), (outcome), (asked_right, outcome), (regime), (organisation),"
            + " (month)) order by asked_right, outcome, regime, organisation, month";

    private final AgroalDataSource database;
    private final ZoneId zone;
    private final Clock clock;

    Statistics(AgroalDataSource database, DataMap map, Clock clock) {
        this.database = database;
        this.zone = map.organisation().zone();
        this.clock = clock;
    }

    Figures of(Period period) {
        return of(period.condition());
    }

    /** The same of all requests that this condition on the table {@code r} keeps. */
    Figures of(Period.Condition wanted) {
        try (Connection connection = database.getConnection();
                var select = connection.prepareStatement(String.format(SQL, wanted.sql()))) {
            select.setObject(1, clock.instant().atZone(zone).toLocalDate());
            select.setString(2, zone.getId());
            for (int i = 0; i < wanted.values().size(); i++) {
                select.setObject(i + 3, wanted.values().get(i));
            }
            try (var rows = select.executeQuery()) {
                return read(rows);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the statistics cannot be read", e);
        }
    }

    private static Figures read(ResultSet rows) throws SQLException {
        List<Line> total = new ArrayList<>();
        List<Line> rights = new ArrayList<>();
        List<Line> outcomes = new ArrayList<>();
        List<Line> both = new ArrayList<>();
        List<Line> regimes = new ArrayList<>();
        List<Line> organisations = new ArrayList<>();
        List<Line> months = new ArrayList<>();
        while (rows.next()) {
            List<Line> group =
                    switch (rows.getInt(1)) {
                        case 0b11111 -> total;
                        case 0b01111 -> rights;
                        case 0b10111 -> outcomes;
                        case 0b00111 -> both;
                        case 0b11011 -> regimes;
                        case 0b11101 -> organisations;
                        default -> months;
                    };
            group.add(line(rows));
        }
        return new Figures(total.get(0), rights, outcomes, both, regimes, organisations, months);
    }

    private static Line line(ResultSet row) throws SQLException {
        long received = row.getLong(5);
        long open = row.getLong(6);
        BigDecimal median = row.getBigDecimal(10);
        return new Line(
                Optional.ofNullable(row.getString(2)),
                Optional.ofNullable(row.getString(3)),
                Optional.ofNullable(row.getString(4)),
                received,
                open,
                row.getLong(7),
                received - open,
                row.getLong(8),
                row.getLong(9),
                median == null
                        ? Optional.empty()
                        : Optional.of(new AnswerTimes(
                                rounded(median), rounded(row.getBigDecimal(11)), rounded(row.getBigDecimal(12)))));
    }

    private static BigDecimal rounded(BigDecimal days) {
        return days.setScale(1, RoundingMode.HALF_UP);
    }
}
