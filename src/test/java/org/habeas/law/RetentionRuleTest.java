package org.habeas.law;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.time.MonthDay;
import java.time.Period;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetentionRuleTest {
    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
            # period, starts,             year ends, event,      until,      statute
            P5Y,      FINANCIAL_YEAR_END, 12-31,     2020-01-01, 2025-12-31, bokføringsloven § 13: first day of the year
            P5Y,      FINANCIAL_YEAR_END, 12-31,     2020-12-31, 2025-12-31, bokføringsloven § 13: last day of the year
            P5Y,      FINANCIAL_YEAR_END, 12-31,     2024-02-29, 2029-12-31, bokføringsloven § 13: a leap day
            P5Y,      FINANCIAL_YEAR_END, 06-30,     2024-06-30, 2029-06-30, § 13 with a year that ends in June
            P5Y,      FINANCIAL_YEAR_END, 06-30,     2024-07-01, 2030-06-30, the day after belongs to the next
            P3Y6M,    FINANCIAL_YEAR_END, 12-31,     2024-03-05, 2028-06-30, § 13 secondary documents
            P3Y6M,    FINANCIAL_YEAR_END, 06-30,     2024-03-05, 2027-12-31, three and a half years from June end in December
            P3Y6M,    FINANCIAL_YEAR_END, 08-31,     2023-08-31, 2027-02-28, and from August in February
            P3Y6M,    FINANCIAL_YEAR_END, 08-31,     2024-08-31, 2028-02-29, of a leap year
            P5Y,      FINANCIAL_YEAR_END, 02-28,     2023-01-15, 2028-02-29, a year that ends in February ends with it
            P5Y,      FINANCIAL_YEAR_END, 02-28,     2024-02-29, 2029-02-28, the leap day belongs to the year that ends
            P5Y,      FINANCIAL_YEAR_END, 02-28,     2024-03-01, 2030-02-28, the next day to the next
            P5Y,      FINANCIAL_YEAR_END, 02-29,     2024-02-29, 2029-02-28, the same said with 29
            P5Y,      FINANCIAL_YEAR_END, 02-29,     2023-02-28, 2028-02-29, and the other way round
            P5Y,      FINANCIAL_YEAR_END, 04-05,     2024-04-05, 2029-04-05, a year that ends inside a month
            P10Y,     FINANCIAL_YEAR_END, 12-31,     2024-05-05, 2034-12-31, bokføringsforskriften § 8-1
            P5Y,      EVENT,              12-31,     2024-05-05, 2029-05-05, hvitvaskingsloven § 30
            P5Y,      EVENT,              12-31,     2024-02-29, 2029-02-28, no such day so the month's last
            P4Y,      EVENT,              12-31,     2024-02-29, 2028-02-29, leap year to leap year
            P0D,      EVENT,              12-31,     2024-05-05, 2024-05-05, erased at the end
            P30D,     FINANCIAL_YEAR_END, 12-31,     2024-05-05, 2025-01-30, days are days
            """)
    void keeps_until(
            Period period, RetentionRule.Start starts, String ends, LocalDate event, LocalDate until, String statute) {
        RetentionRule rule = new RetentionRule(
                "rule", "", "", period, starts, MonthDay.parse("--" + ends), RetentionRule.Mode.REPORT);
        assertEquals(until, rule.until(event), statute);
    }

    /** Ten years until the amendment, five since: by the day of what happened, in the years of the company's own calendar. */
    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
            2013-05-05, 2023-06-30
            2014-06-30, 2024-06-30
            2014-07-01, 2020-06-30
            2016-02-29, 2021-06-30
            """)
    void keeps_until_by_what_was_in_force_then(LocalDate event, LocalDate until) {
        MonthDay june = MonthDay.of(6, 30);
        var year = RetentionRule.Start.FINANCIAL_YEAR_END;
        var report = RetentionRule.Mode.REPORT;
        RetentionRule ten = new RetentionRule("rule", "", "", Period.ofYears(10), year, june, report);
        RetentionRule five = new RetentionRule(
                "rule",
                "",
                "",
                Period.ofYears(5),
                year,
                june,
                report,
                true,
                Optional.empty(),
                Optional.of(new RetentionRule.Since(LocalDate.parse("2014-07-01"), ten)));
        assertEquals(until, five.until(event));
    }

    private static final String NORWEGIAN =
            """
            # rule,                     year ends, event,      until,      statute
            no-bookkeeping,             12-31,     2026-03-01, 2031-12-31, bokføringsloven § 13: vouchers, ledgers, invoices, pay
            no-bookkeeping,             12-31,     2024-02-29, 2029-12-31, bokføringsloven § 13: of a leap day
            no-bookkeeping,             12-31,     2026-12-31, 2031-12-31, bokføringsloven § 13: the year's last day
            no-bookkeeping,             06-30,     2026-07-01, 2032-06-30, bokføringsloven § 13: a year that ends in June
            no-bookkeeping,             02-28,     2027-02-28, 2032-02-29, bokføringsloven § 13: a year that ends in February
            no-bookkeeping-secondary,   12-31,     2026-03-01, 2030-06-30, bokføringsloven § 13: three and a half years
            no-bookkeeping-secondary,   12-31,     2024-02-29, 2028-06-30, bokføringsloven § 13: of a leap day
            no-bookkeeping-secondary,   08-31,     2024-08-31, 2028-02-29, bokføringsloven § 13: to the end of a leap February
            no-bookkeeping-secondary,   08-31,     2024-09-01, 2029-02-28, bokføringsloven § 13: and of another
            no-construction-projects,   12-31,     2026-03-01, 2036-12-31, bokføringsloven § 13; bokføringsforskriften § 8-1
            no-construction-projects,   12-31,     2024-02-29, 2034-12-31, bokføringsforskriften § 8-1: of a leap day
            no-construction-projects,   03-31,     2026-04-01, 2037-03-31, bokføringsforskriften § 8-1: a year that ends in March
            no-customer-due-diligence,  12-31,     2026-03-01, 2031-03-01, hvitvaskingsloven § 30: relation or transaction ended
            no-customer-due-diligence,  12-31,     2024-02-29, 2029-02-28, hvitvaskingsloven § 30: of a leap day
            no-job-applications,        12-31,     2026-03-01, 2026-03-01, Datatilsynet: erased at the end of the recruitment
            no-job-applications,        12-31,     2024-02-29, 2024-02-29, Datatilsynet: of a leap day
            no-limitation,              12-31,     2026-03-01, 2029-03-01, foreldelsesloven § 2
            no-limitation,              12-31,     2024-02-29, 2027-02-28, foreldelsesloven § 2: of a leap day
            """;

    @ParameterizedTest
    @CsvSource(textBlock = NORWEGIAN)
    void the_norwegian_rules_keep_until(String id, String ends, LocalDate event, LocalDate until, String statute) {
        RetentionRule shipped = RetentionRules.named(id).orElseThrow();
        RetentionRule rule = new RetentionRule(
                id,
                shipped.citation(),
                shipped.title(),
                shipped.period(),
                shipped.starts(),
                MonthDay.parse("--" + ends),
                shipped.mode());
        assertEquals(until, rule.until(event), statute);
    }

    @Test
    void none_of_them_is_missing_above_and_none_purges_by_itself() {
        for (RetentionRule rule : RetentionRules.shipped()) {
            boolean year = rule.starts() == RetentionRule.Start.FINANCIAL_YEAR_END;
            List<String> lines = NORWEGIAN
                    .lines()
                    .filter(l -> l.strip().startsWith(rule.id() + ","))
                    .toList();
            assertTrue(lines.stream().anyMatch(l -> l.contains("-02-29,")), rule.id() + " without a leap day");
            assertTrue(
                    !year || lines.stream().anyMatch(l -> !l.contains(" 12-31,")), rule.id() + " without an odd year");
            assertEquals(RetentionRule.Mode.REPORT, rule.mode());
        }
    }

    /** "A financial year need not be the calendar year. A limitation period is no duty to keep" (law.md section 6). */
    @Test
    void what_may_be_kept_is_told_from_what_must() {
        assertEquals(
                List.of("no-job-applications", "no-limitation"),
                RetentionRules.shipped().stream()
                        .filter(r -> !r.duty())
                        .map(RetentionRule::id)
                        .toList());
    }
}
