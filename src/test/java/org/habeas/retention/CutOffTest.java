package org.habeas.retention;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.time.MonthDay;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.habeas.connector.Due;
import org.habeas.connector.Key;
import org.habeas.connector.Row;
import org.habeas.law.RetentionRule;
import org.habeas.law.RetentionRule.Mode;
import org.habeas.law.RetentionRule.Start;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The border that the database is given says the same as the law says of each row. */
class CutOffTest {
    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
            P5Y,   FINANCIAL_YEAR_END, 12-31, 2026-12-31, 2021-01-01, bokføringsloven § 13: the last day still counts
            P5Y,   FINANCIAL_YEAR_END, 12-31, 2027-01-01, 2022-01-01, bokføringsloven § 13: the year 2021 may go
            P3Y6M, FINANCIAL_YEAR_END, 12-31, 2027-07-01, 2024-01-01, secondary documents: 30 June is over
            P3Y6M, FINANCIAL_YEAR_END, 12-31, 2027-06-30, 2023-01-01, and not a day before
            P5Y,   FINANCIAL_YEAR_END, 06-30, 2026-07-01, 2021-07-01, a year that ends in June
            P5Y,   FINANCIAL_YEAR_END, 02-28, 2029-03-01, 2024-03-01, a year that ends on 29 February
            P3Y,   EVENT,              12-31, 2026-11-25, 2023-11-25, foreldelsesloven § 2
            P1M,   EVENT,              12-31, 2026-03-01, 2026-02-01, 28 February ends all of 28 to 31 January
            P0D,   EVENT,              12-31, 2026-11-25, 2026-11-25, erased at the end
            """)
    void is(Period period, Start starts, String ends, LocalDate today, LocalDate before, String why) {
        assertEquals(
                before,
                CutOff.of(rule(period, starts, MonthDay.parse("--" + ends)), today)
                        .before(),
                why);
    }

    @Property(tries = 2_000)
    void divides_exactly_what_is_over_from_what_is_not(
            @ForAll @IntRange(min = 0, max = 12) int years,
            @ForAll @IntRange(min = 0, max = 11) int months,
            @ForAll @IntRange(min = 0, max = 60) int days,
            @ForAll boolean event,
            @ForAll @IntRange(min = 1, max = 366) int end,
            @ForAll @IntRange(min = 0, max = 40_000) int today,
            @ForAll @IntRange(min = -1200, max = 1200) int around) {
        LocalDate day = LocalDate.of(1990, 1, 1).plusDays(today);
        MonthDay ends = MonthDay.from(LocalDate.ofYearDay(2024, end));
        RetentionRule rule = rule(Period.of(years, months, days), event ? Start.EVENT : Start.FINANCIAL_YEAR_END, ends);
        LocalDate before = CutOff.of(rule, day).before();
        assertTrue(rule.until(before.minusDays(1)).isBefore(day));
        assertFalse(rule.until(before).isBefore(day));
        LocalDate some = before.plusDays(around);
        assertEquals(rule.until(some).isBefore(day), some.isBefore(before));
    }

    @Property(tries = 2_000)
    void divides_as_exactly_where_the_rule_was_another_before(@ForAll long seed) {
        Random random = new Random(seed);
        RetentionRule rule = some(random);
        for (int more = random.nextInt(3); more >= 0; more--) {
            LocalDate from = LocalDate.of(1995, 1, 1).plusDays(random.nextInt(9_000));
            RetentionRule next = some(random);
            rule = new RetentionRule(
                    "r",
                    "",
                    "",
                    next.period(),
                    next.starts(),
                    next.financialYearEnds(),
                    Mode.AUTO,
                    true,
                    Optional.empty(),
                    Optional.of(new RetentionRule.Since(from, rule)));
        }
        LocalDate today = LocalDate.of(2000, 1, 1).plusDays(random.nextInt(12_000));
        CutOff cutOff = CutOff.of(rule, today);
        Due due = new Due(null, "on", cutOff.before(), ZoneOffset.UTC, List.of(), cutOff.kept());
        for (int i = 0; i < 50; i++) {
            LocalDate event = today.minusDays(random.nextInt(9_000) - 200);
            Row row = new Row(Key.of(), Map.of("on", event.toString()));
            assertEquals(rule.until(event).isBefore(today), due.covers(row), rule + " " + event + " " + cutOff);
        }
    }

    private static RetentionRule some(Random random) {
        return rule(
                Period.of(random.nextInt(12), random.nextInt(12), random.nextInt(30)),
                random.nextBoolean() ? Start.EVENT : Start.FINANCIAL_YEAR_END,
                MonthDay.from(LocalDate.ofYearDay(2024, 1 + random.nextInt(366))));
    }

    private static RetentionRule rule(Period period, Start starts, MonthDay ends) {
        return new RetentionRule("r", "", "", period, starts, ends, Mode.AUTO);
    }
}
