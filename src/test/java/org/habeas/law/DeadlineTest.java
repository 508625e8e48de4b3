package org.habeas.law;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

class DeadlineTest {
    private final Regime norway = Regimes.named("gdpr-no");

    @ParameterizedTest
    @CsvFileSource(resources = "/law/deadline-vectors.csv", numLinesToSkip = 1)
    void counts_as_the_worked_dates_say(LocalDate received, LocalDate due, LocalDate extendedDue) {
        assertEquals(due, norway.deadline(received).date());
        assertEquals(extendedDue, norway.deadline(received, 2, 0).date());
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            textBlock =
                    """
            # regime, received,   months, paused, due,        why it is worth a line
            gdpr-no,  2026-11-25, 0,      0,      2026-12-28, Christmas on Friday and Saturday then a Sunday
            gdpr-no,  2028-01-31, 0,      0,      2028-02-29, a leap year's last of February
            gdpr-no,  2027-01-31, 0,      0,      2027-03-01, 28 February is a Sunday
            gdpr-no,  2026-03-17, 0,      0,      2026-04-17, an ordinary Friday
            gdpr-no,  2027-04-17, 0,      0,      2027-05-18, Whit Monday is also Constitution Day
            gdpr-no,  2026-03-02, 0,      0,      2026-04-07, Maundy Thursday to Easter Monday
            gdpr-no,  2026-11-24, 0,      0,      2026-12-24, Christmas Eve is a working day in law
            gdpr-no,  2026-11-30, 0,      0,      2026-12-30, not chained over the new year
            gdpr-no,  2027-11-30, 1,      0,      2028-01-31, one month more is two from receipt
            gdpr-no,  2026-06-10, 0,      4,      2026-07-14, a pause moves by its days
            gdpr-no,  2026-06-10, 0,      1,      2026-07-13, and the moved date is rolled
            gdpr,     2026-03-17, 0,      0,      2026-04-17, no country so no Norwegian holidays
            gdpr,     2027-04-17, 0,      0,      2027-05-17, 17 May is a working day elsewhere
            gdpr,     2026-11-25, 0,      0,      2026-12-28, Christmas Day is a holiday everywhere
            uk,       2026-07-31, 0,      0,      2026-09-01, Summer bank holiday on 31 August
            ccpa,     2026-02-02, 0,      0,      2026-03-19, 45 days
            ccpa,     2026-02-02, 1,      9,      2026-05-04, 90 days from receipt and no pause; 3 May is a Sunday
            lgpd,     2026-03-02, 0,      0,      2026-03-17, 15 days
            quebec,   2026-03-02, 0,      0,      2026-04-01, 30 days
            fadp,     2026-03-02, 0,      0,      2026-04-01, 30 days
            fadp,     2026-03-02, 3,      0,      2026-07-01, 30 days and three months
            """)
    void counts(String regime, LocalDate received, int months, long paused, LocalDate due, String why) {
        assertEquals(
                due, Regimes.named(regime).deadline(received, months, paused).date(), why);
    }

    @Test
    void tells_every_step() {
        Deadline deadline = norway.deadline(LocalDate.parse("2026-11-25"));

        assertEquals(LocalDate.parse("2026-12-25"), deadline.unrolled());
        assertEquals(
                List.of(Deadline.Kind.MONTHS, Deadline.Kind.HOLIDAY, Deadline.Kind.HOLIDAY, Deadline.Kind.SUNDAY),
                deadline.why().stream().map(Deadline.Reason::kind).toList());
        assertEquals(
                List.of(
                        "1 month from Wednesday 25 November 2026, the day of receipt, which is not counted: Friday 25"
                                + " December 2026",
                        "moved from Friday 25 December 2026 to Saturday 26 December 2026: public holiday (Christmas)",
                        "moved from Saturday 26 December 2026 to Sunday 27 December 2026: public holiday (St.Stephen's Day)",
                        "moved from Sunday 27 December 2026 to Monday 28 December 2026: not a working day"),
                deadline.inEnglish());
    }

    @Test
    void says_when_the_month_is_too_short_and_when_a_pause_does_not_count() {
        assertTrue(norway.deadline(LocalDate.parse("2028-01-31")).inEnglish().stream()
                .anyMatch("no day 31 in that month, so its last day: Tuesday 29 February 2028"::equals));
        assertTrue(Regimes.named("ccpa").deadline(LocalDate.parse("2026-02-02"), 0, 3).inEnglish().stream()
                .anyMatch("the pause of 3 days does not count: this regime knows none"::equals));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-25, 0, 2026-12-28, true",
        "2026-11-25, 0, 2026-12-29, false",
        "2026-11-25, 2, 2026-12-29, false",
        "2026-11-25, 4, 2026-12-29, true"
    })
    void an_extension_is_told_inside_the_first_month(
            LocalDate received, long paused, LocalDate today, boolean allowed) {
        assertEquals(allowed, norway.extensionAllowed(received, paused, today));
    }

    @Test
    void no_extension_beyond_the_law() {
        assertFalse(Regimes.named("lgpd").extensionAllowed(LocalDate.EPOCH, 0, LocalDate.EPOCH));
        assertThrows(IllegalArgumentException.class, () -> norway.deadline(LocalDate.EPOCH, 3, 0));
        assertThrows(IllegalArgumentException.class, () -> Regimes.named("lgpd").deadline(LocalDate.EPOCH, 1, 0));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-06-16, 0, CALM",
        "2026-06-17, 0, AMBER",
        "2026-06-26, 0, AMBER",
        "2026-06-27, 0, RED",
        "2026-07-02, 0, RED",
        "2026-07-03, 0, OVERDUE",
        "2026-07-03, 2, CALM",
        "2026-08-18, 2, AMBER",
        "2026-09-02, 2, RED"
    })
    void a_case_turns_amber_on_day_15_and_red_on_day_25(LocalDate today, int months, OwnTargets.Urgency expected) {
        LocalDate received = LocalDate.parse("2026-06-02");
        LocalDate first = norway.deadline(received).date();
        LocalDate due = norway.deadline(received, months, 0).date();
        assertEquals(expected, norway.targets().urgency(received, first, due, today));
    }

    @Test
    void every_regime_is_whole() {
        for (String id : Regimes.ids()) {
            Regime regime = Regimes.named(id);
            assertEquals(regime, Regimes.named(id, regime.version()).orElseThrow());
            assertTrue(regime.workingDays().isWorkingDay(LocalDate.parse("2026-03-18")), id);
            for (Right right : Right.values()) {
                assertTrue(regime.proofFor(right) != null, id + " " + right);
            }
        }
        assertEquals(List.of("gdpr-no", "gdpr", "uk", "ccpa", "lgpd", "quebec", "fadp"), Regimes.ids());
    }
}
