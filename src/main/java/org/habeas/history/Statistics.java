package org.habeas.history;

import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How many requests there were and how long the answers took, counted by the database. */
@ApplicationScoped
public class Statistics {
    /** Days from receipt to the answer, with one decimal. */
    public record AnswerTimes(BigDecimal median, BigDecimal mean, BigDecimal p90) {}

    /**
     * The figures of one right, one outcome, both or all. {@code onTime} of the closed were closed by their date, extension
     * included; {@code overdue} of the open ones are past it.
     */
    public record Line(
            Optional<String> right,
            Optional<String> outcome,
            long received,
            long open,
            long overdue,
            long closed,
            long onTime,
            Optional<AnswerTimes> days) {
        public long late() {
            return closed - onTime;
        }
    }

    /** All lines of a period. */
    public record Figures(Line total, List<Line> rights, List<Line> outcomes, List<Line> both) {
        public static final Figures NONE = new Figures(
                new Line(Optional.empty(), Optional.empty(), 0, 0, 0, 0, 0, Optional.empty()),
                List.of(),
                List.of(),
                List.of());
    }

    private static final String SQL = "select grouping(r.asked_right), grouping(r.outcome),"
            + " lower(replace(r.asked_right, '_', '-')), lower(replace(r.outcome, '_', '-')), count(*),"
            + " count(*) filter (where r.closed_at is null),"
            + " count(*) filter (where r.closed_at is null and coalesce(r.extended_to, r.due) < ?),"
            + " count(*) filter (where (r.closed_at at time zone 'UTC')::date <= coalesce(r.extended_to, r.due)),"
            + " percentile_cont(0.5) within group (order by " + days() + "), avg(" + days() + "),"
            + " percentile_cont(0.9) within group (order by " + days() + ")"
            + " from rights_request r where %s"
            + " group by grouping sets ((), (r.asked_right), (r.outcome), (r.asked_right, r.outcome))"
            + " order by r.asked_right, r.outcome";

    private final AgroalDataSource database;
    private final Clock clock;

    Statistics(AgroalDataSource database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    Figures of(Period period) {
        Period.Condition wanted = period.condition();
        try (Connection connection = database.getConnection();
                var select = connection.prepareStatement(String.format(SQL, wanted.sql()))) {
            select.setObject(1, LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC));
            for (int i = 0; i < wanted.values().size(); i++) {
                select.setObject(i + 2, wanted.values().get(i));
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
        while (rows.next()) {
            boolean allRights = rows.getInt(1) == 1;
            boolean allOutcomes = rows.getInt(2) == 1;
            List<Line> group = allRights ? (allOutcomes ? total : outcomes) : (allOutcomes ? rights : both);
            group.add(line(rows));
        }
        return new Figures(total.get(0), rights, outcomes, both);
    }

    private static Line line(ResultSet row) throws SQLException {
        long received = row.getLong(5);
        long open = row.getLong(6);
        BigDecimal median = row.getBigDecimal(9);
        return new Line(
                Optional.ofNullable(row.getString(3)),
                Optional.ofNullable(row.getString(4)),
                received,
                open,
                row.getLong(7),
                received - open,
                row.getLong(8),
                median == null
                        ? Optional.empty()
                        : Optional.of(new AnswerTimes(
                                rounded(median), rounded(row.getBigDecimal(10)), rounded(row.getBigDecimal(11)))));
    }

    private static BigDecimal rounded(BigDecimal days) {
        return days.setScale(1, RoundingMode.HALF_UP);
    }

    private static String days() {
        return "extract(epoch from r.closed_at - r.received_at) / 86400";
    }
}
