package org.habeas.retention;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.habeas.connector.Due;
import org.habeas.law.RetentionRule;

/**
 * {@link RetentionRule#until} the other way round: worked out once, so that the database can do the rest. Due are events
 * before a day, except those {@code kept}: an older rule may keep longer than the one that came after it.
 */
record CutOff(LocalDate before, List<Due.Span> kept) {

    static CutOff of(RetentionRule rule, LocalDate today) {
        List<Due.Span> due = new ArrayList<>();
        LocalDate until = LocalDate.MAX;
        for (Optional<RetentionRule> version = Optional.of(rule);
                version.isPresent();
                version = version.flatMap(RetentionRule::since).map(RetentionRule.Since::before)) {
            LocalDate from =
                    version.get().since().map(RetentionRule.Since::validFrom).orElse(LocalDate.MIN);
            LocalDate before = before(version.get(), today);
            LocalDate to = before.isBefore(until) ? before : until;
            if (from.isBefore(to)) {
                due.add(0, new Due.Span(from, to));
            }
            until = from.isBefore(until) ? from : until;
        }
        List<Due.Span> kept = new ArrayList<>();
        for (int i = 1; i < due.size(); i++) {
            if (due.get(i - 1).to().isBefore(due.get(i).from())) {
                kept.add(new Due.Span(due.get(i - 1).to(), due.get(i).from()));
            }
        }
        // the oldest version has no first day, so there is always something that it would let go
        return new CutOff(due.get(due.size() - 1).to(), kept);
    }

    /** As the newest version alone has it: later events never end earlier, so the border is found by halving. */
    private static LocalDate before(RetentionRule rule, LocalDate today) {
        RetentionRule alone = rule.alone();
        long due = today.minus(alone.period()).minusYears(2).minusMonths(2).toEpochDay();
        long notDue = today.toEpochDay();
        while (notDue - due > 1) {
            long middle = due + (notDue - due) / 2;
            if (alone.until(LocalDate.ofEpochDay(middle)).isBefore(today)) {
                due = middle;
            } else {
                notDue = middle;
            }
        }
        return LocalDate.ofEpochDay(notDue);
    }
}
