package org.habeas.law;

import java.time.LocalDate;
import java.time.MonthDay;
import java.time.Period;
import java.time.temporal.TemporalAdjusters;
import java.util.Optional;

/**
 * How long something is kept and by which statute (law.md section 6). {@code financialYearEnds} counts only where the period
 * starts at the financial year's end. {@code duty}: it must be kept so long, also from an erasure; else it may be, and goes
 * sooner with one (a limitation period is no duty to keep). {@code organisation}: the company of the group that has this rule
 * for itself. {@code since}: what the rule said before, of events before that day.
 */
public record RetentionRule(
        String id,
        String citation,
        String title,
        Period period,
        Start starts,
        MonthDay financialYearEnds,
        Mode mode,
        boolean duty,
        Optional<String> organisation,
        Optional<Since> since) {

    /** A duty that always was so, for the whole group. */
    public RetentionRule(
            String id,
            String citation,
            String title,
            Period period,
            Start starts,
            MonthDay financialYearEnds,
            Mode mode) {
        this(id, citation, title, period, starts, financialYearEnds, mode, true, Optional.empty(), Optional.empty());
    }

    /** The day from which a rule is as it is, and how it was before. */
    public record Since(LocalDate validFrom, RetentionRule before) {}

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

    /** The rule as it is now, whenever something happened. */
    public RetentionRule alone() {
        return new RetentionRule(
                id, citation, title, period, starts, financialYearEnds, mode, duty, organisation, Optional.empty());
    }

    /**
     * The last day on which a row whose event fell on that day must be kept. The day of the event is not counted; a period
     * that starts with a month's end ends with a month's end.
     */
    public LocalDate until(LocalDate event) {
        if (since.filter(s -> event.isBefore(s.validFrom())).isPresent()) {
            return since.get().before().until(event);
        }
        if (starts == Start.EVENT) {
            return event.plus(period);
        }
        LocalDate end = financialYearEnd(event);
        LocalDate until = end.plus(period);
        boolean wholeMonths = period.getDays() == 0;
        return wholeMonths && isMonthEnd(end) ? until.with(TemporalAdjusters.lastDayOfMonth()) : until;
    }

    /** The last day of the financial year that the day lies in. A year that ends in February ends with its last day. */
    private LocalDate financialYearEnd(LocalDate day) {
        LocalDate end = financialYearEndIn(day.getYear());
        return end.isBefore(day) ? financialYearEndIn(day.getYear() + 1) : end;
    }

    private LocalDate financialYearEndIn(int year) {
        LocalDate end = financialYearEnds.atYear(year);
        boolean february = financialYearEnds.equals(MonthDay.of(2, 28));
        return february ? end.with(TemporalAdjusters.lastDayOfMonth()) : end;
    }

    private static boolean isMonthEnd(LocalDate day) {
        return day.getDayOfMonth() == day.lengthOfMonth();
    }
}
