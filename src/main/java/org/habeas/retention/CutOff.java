package org.habeas.retention;

import java.time.LocalDate;
import org.habeas.law.RetentionRule;

/** {@link RetentionRule#until} the other way round: worked out once, so that the database can do the rest. */
final class CutOff {
    private CutOff() {}

    /**
     * The day before which an event must lie for its row to be due on this day: rows whose last day is over. Later events
     * never end earlier, so the border is found by halving.
     */
    static LocalDate before(RetentionRule rule, LocalDate today) {
        long due = today.minus(rule.period()).minusYears(2).minusMonths(2).toEpochDay();
        long notDue = today.toEpochDay();
        while (notDue - due > 1) {
            long middle = due + (notDue - due) / 2;
            if (rule.until(LocalDate.ofEpochDay(middle)).isBefore(today)) {
                due = middle;
            } else {
                notDue = middle;
            }
        }
        return LocalDate.ofEpochDay(notDue);
    }
}
