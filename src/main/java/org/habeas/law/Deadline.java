package org.habeas.law;

import de.focus_shift.jollyday.core.Holiday;
import de.focus_shift.jollyday.core.HolidayType;
import java.time.LocalDate;
import java.time.Period;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The last day on which an answer is in time, and how it came about. {@code unrolled} is the day before weekends and
 * holidays moved it.
 */
public record Deadline(LocalDate date, LocalDate unrolled, List<Reason> why) {
    public Deadline {
        why = List.copyOf(why);
    }

    /**
     * One step of the count. {@code from} is the day it starts at and {@code to} the day it leads to; {@code amount} is
     * what was added, {@code holiday} the key of the public holiday that {@code from} is.
     */
    public record Reason(Kind kind, LocalDate from, LocalDate to, Period amount, Optional<String> holiday) {}

    /** What a step is, in the order in which they come. */
    public enum Kind {
        /** Months counted from the day of receipt, which is itself not counted (Regulation 1182/71 Article 3(1)). */
        MONTHS,
        /** Days counted from the day of receipt. */
        DAYS,
        /** Counted from the day on which the clock started, which is later than the receipt. */
        STARTED_LATER,
        /** The same-numbered day does not exist, so the month's last day (Regulation 1182/71 Article 3(2)(c)). */
        LAST_OF_MONTH,
        /** Included above: the answer time was extended by {@code amount} (Article 12(3)). */
        EXTENDED,
        /** The clock stood still for {@code amount}. */
        PAUSED,
        /** The clock stood still, but the regime knows no pause. */
        PAUSE_IGNORED,
        SATURDAY,
        SUNDAY,
        HOLIDAY
    }

    /** The same, said to be counted from a day that is not the receipt. */
    public Deadline startedLater() {
        List<Reason> steps = new ArrayList<>(why);
        steps.replaceAll(step -> step.kind() == Kind.MONTHS || step.kind() == Kind.DAYS
                ? new Reason(Kind.STARTED_LATER, step.from(), step.to(), step.amount(), step.holiday())
                : step);
        return new Deadline(date, unrolled, steps);
    }

    /** The steps as English sentences, one line each, for a console. */
    public List<String> inEnglish() {
        return why.stream().map(Deadline::english).toList();
    }

    private static String english(Reason step) {
        String from = day(step.from());
        String to = day(step.to());
        return switch (step.kind()) {
            case MONTHS -> count(step.amount().getMonths(), "month") + " from " + from
                    + ", the day of receipt, which is not counted: " + to;
            case DAYS -> count(step.amount().getDays(), "day") + " from " + from
                    + ", the day of receipt, which is not counted: " + to;
            case STARTED_LATER -> words(step.amount()) + " from " + from
                    + ", when the clock started; that day is not counted: " + to;
            case LAST_OF_MONTH -> "no day " + step.from().getDayOfMonth() + " in that month, so its last day: " + to;
            case EXTENDED -> "the extension of " + words(step.amount())
                    + " is counted from the receipt, not from the first" + " due date";
            case PAUSED -> "the clock stood still for " + words(step.amount()) + ": " + to;
            case PAUSE_IGNORED -> "the pause of " + words(step.amount()) + " does not count: this regime knows none";
            case SATURDAY, SUNDAY -> "moved from " + from + " to " + to + ": not a working day";
            case HOLIDAY -> "moved from " + from + " to " + to + ": public holiday (" + name(step) + ")";
        };
    }

    private static String name(Reason step) {
        String key = step.holiday().orElse("");
        return new Holiday(step.from(), key, HolidayType.PUBLIC_HOLIDAY).getDescription(Locale.ENGLISH);
    }

    private static String words(Period amount) {
        return amount.toTotalMonths() > 0
                ? count((int) amount.toTotalMonths(), "month")
                : count(amount.getDays(), "day");
    }

    private static String count(int number, String unit) {
        return number + " " + unit + (number == 1 ? "" : "s");
    }

    private static String day(LocalDate date) {
        return date.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH) + " "
                + date.format(DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH));
    }
}
