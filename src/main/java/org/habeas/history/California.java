package org.habeas.history;

import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.habeas.datamap.DataMap;
import org.habeas.law.Right;
import org.habeas.problem.Invalid;
import org.jspecify.annotations.Nullable;

/**
 * What a business has to publish of the requests of one calendar year (CCPA regulations, 11 CCR section 7102(a)): received,
 * complied with in whole or in part, denied, and the median and mean of days to the answer, by kind of request.
 */
@ApplicationScoped
public class California {
    private static final int FIRST = 2020;

    /** The kinds of requests that the regulation names, and the rights that they are. */
    enum Kind {
        DELETE(Right.ERASURE),
        CORRECT(Right.CORRECTION),
        KNOW(Right.ACCESS, Right.PORTABILITY),
        OPT_OUT(Right.OBJECTION, Right.WITHDRAWAL),
        LIMIT(Right.RESTRICTION);

        private final Set<Right> rights;

        Kind(Right... rights) {
            this.rights = Set.of(rights);
        }

        String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** One kind's figures; days are null where nothing was answered. */
    public record Line(
            String kind,
            long received,
            long complied,
            long compliedInPart,
            long denied,
            @Nullable BigDecimal medianDays,
            @Nullable BigDecimal meanDays) {}

    /** A year's figures. */
    public record Figures(int year, List<Line> items) {}

    private final AgroalDataSource database;
    private final ZoneId zone;
    private final Clock clock;

    California(AgroalDataSource database, DataMap map, Clock clock) {
        this.database = database;
        this.zone = map.organisation().zone();
        this.clock = clock;
    }

    /** The year that was typed, or the last whole one. */
    int year(@Nullable String typed) {
        int present = clock.instant().atZone(zone).getYear();
        if (typed == null || typed.isBlank()) {
            return present - 1;
        }
        if (!typed.matches("\\d{4}") || Integer.parseInt(typed) < FIRST || Integer.parseInt(typed) > present) {
            throw Invalid.field("year", "statistics_year(" + FIRST + ", " + present + ")");
        }
        return Integer.parseInt(typed);
    }

    /** The requests under that law that came in in the year. */
    Figures of(int year) {
        Map<Kind, Line> lines = new EnumMap<>(Kind.class);
        for (Kind kind : Kind.values()) {
            lines.put(kind, new Line(kind.code(), 0, 0, 0, 0, null, null));
        }
        try (var connection = database.getConnection();
                var select = connection.prepareStatement(sql())) {
            select.setObject(1, LocalDate.of(year, 1, 1));
            select.setObject(2, LocalDate.of(year, 12, 31));
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    Kind kind = Kind.valueOf(rows.getString(1));
                    lines.put(kind, line(kind, rows));
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the statistics cannot be read", e);
        }
        return new Figures(year, new ArrayList<>(lines.values()));
    }

    private static String sql() {
        StringBuilder kinds = new StringBuilder("case r.asked_right");
        for (Kind kind : Kind.values()) {
            kind.rights.forEach(right -> kinds.append(" when '")
                    .append(right.name())
                    .append("' then '")
                    .append(kind.name())
                    .append('\''));
        }
        String days = "extract(epoch from closed_at - received_at) / 86400";
        String answered = "outcome in ('FULFILLED', 'PARTLY_FULFILLED', 'REFUSED')";
        return "select kind, count(*), count(*) filter (where outcome = 'FULFILLED'),"
                + " count(*) filter (where outcome = 'PARTLY_FULFILLED'),"
                + " count(*) filter (where outcome = 'REFUSED'),"
                + " percentile_cont(0.5) within group (order by " + days + ") filter (where " + answered + "),"
                + " avg(" + days + ") filter (where " + answered + ")"
                + " from (select " + kinds + " end as kind, r.outcome, r.received_at, r.closed_at from rights_request r"
                + " where r.regime = 'ccpa' and r.received_on between ? and ?) asked"
                + " where kind is not null group by kind";
    }

    private static Line line(Kind kind, ResultSet row) throws SQLException {
        return new Line(
                kind.code(),
                row.getLong(2),
                row.getLong(3),
                row.getLong(4),
                row.getLong(5),
                rounded(row.getBigDecimal(6)),
                rounded(row.getBigDecimal(7)));
    }

    private static @Nullable BigDecimal rounded(@Nullable BigDecimal days) {
        return days == null ? null : days.setScale(1, RoundingMode.HALF_UP);
    }
}
