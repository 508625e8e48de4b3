package org.habeas.law;

import java.time.LocalDate;
import java.time.MonthDay;
import java.time.Period;

/**
 * How long something must be kept and by which statute (law.md section 6). {@code financialYearEnds} counts only where
 * the period starts at the financial year's end.
 */
public record RetentionRule(
        String id, String citation, String title, Period period, Start starts, MonthDay financialYearEnds, Mode mode) {

    public enum Start {
        EVENT,
        FINANCIAL_YEAR_END
    }

    /** Whether a row past its time is only reported, purged after two officers release the run, or purged at once. */
    public enum Mode {
        REPORT,
        APPROVE,
        AUTO
    }

    /** The last day on which a row whose event fell on that day must be kept. */
    public LocalDate until(LocalDate event) {
        return startOf(event).plus(period);
    }

    private LocalDate startOf(LocalDate event) {
        if (starts == Start.EVENT) {
            return event;
        }
        LocalDate end = financialYearEnds.atYear(event.getYear());
        return end.isBefore(event) ? financialYearEnds.atYear(event.getYear() + 1) : end;
    }
}
