package org.habeas.law;

import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One law's rules for answering people, as data (law.md section 7). {@code period} is the time to answer; {@code
 * extension} the longest further time, or empty; {@code extensionOpen} where the person is only told the new date. The
 * {@code version} is frozen on every request. {@code authority} and {@code zone} stand where the organisation names none.
 */
public record Regime(
        String id,
        String version,
        LocalDate validFrom,
        String title,
        String citation,
        Period period,
        Optional<Period> extension,
        boolean extensionOpen,
        Set<Start> starts,
        Set<Pause> pauses,
        WorkingDays workingDays,
        Set<RefusalPart> refusal,
        OwnTargets targets,
        Map<Right, Assurance> proof,
        Authority authority,
        ZoneId zone) {

    /** Whom people complain to where the organisation names nobody else (Article 77). */
    public record Authority(String name, Optional<String> postalAddress, Optional<String> website) {}

    /** What must have arrived before the clock runs; with several, the latest of them. */
    public enum Start {
        RECEIPT,
        IDENTITY,
        FEE
    }

    /** What the clock stands still for. */
    public enum Pause {
        IDENTITY,
        CLARIFICATION
    }

    /** What a letter that refuses must hold (Article 12(4)). */
    public enum RefusalPart {
        WHAT,
        GROUND,
        WHY,
        OWN_COMPLAINT,
        AUTHORITY,
        COURT
    }

    /** The due date of a request: the regime's own time, without extension or pause. */
    public Deadline deadline(LocalDate receivedOn) {
        return deadline(receivedOn, 0, 0);
    }

    /**
     * The due date of a request. An extension is counted from the receipt and never chained from a rolled date; where the
     * regime counts days, any extension is the whole one. {@code pausedDays} move the date before it is rolled.
     *
     * @throws IllegalArgumentException for an extension beyond {@link #maxExtensionMonths()}
     */
    public Deadline deadline(LocalDate receivedOn, int extensionMonths, long pausedDays) {
        if (extensionMonths < 0 || extensionMonths > maxExtensionMonths() || pausedDays < 0) {
            throw new IllegalArgumentException("an extension of " + extensionMonths + " months, a pause of "
                    + pausedDays + " days: " + id + " allows up to " + maxExtensionMonths() + " months");
        }
        List<Deadline.Reason> why = new ArrayList<>();
        Period extra = extra(extensionMonths);
        LocalDate end = count(receivedOn, extra, why);
        if (pausedDays > 0) {
            boolean counts = !pauses.isEmpty();
            LocalDate later = counts ? end.plusDays(pausedDays) : end;
            why.add(step(
                    counts ? Deadline.Kind.PAUSED : Deadline.Kind.PAUSE_IGNORED,
                    end,
                    later,
                    Period.ofDays(Math.toIntExact(pausedDays))));
            end = later;
        }
        return new Deadline(roll(end, why), end, why);
    }

    /** Months by which an answer can be put off: 0 where the law has no extension; 1 where it is a number of days. */
    public int maxExtensionMonths() {
        return extension.map(e -> Math.max(1, (int) e.toTotalMonths())).orElse(0);
    }

    /** Whether the person can still be told of an extension: only inside the first period (Article 12(3)). */
    public boolean extensionAllowed(LocalDate receivedOn, long pausedDays, LocalDate today) {
        return maxExtensionMonths() > 0
                && !today.isAfter(deadline(receivedOn, 0, pausedDays).date());
    }

    /** The least proof of identity with which this right may be fulfilled. */
    public Assurance proofFor(Right right) {
        return proof.get(right);
    }

    private Period extra(int extensionMonths) {
        if (extensionMonths == 0) {
            return Period.ZERO;
        }
        Period longest = extension.orElse(Period.ZERO);
        return longest.toTotalMonths() > 0 ? Period.ofMonths(extensionMonths) : longest;
    }

    private LocalDate count(LocalDate receivedOn, Period extra, List<Deadline.Reason> why) {
        Period whole = period.plus(extra).normalized();
        LocalDate end = receivedOn.plus(whole);
        if (whole.getDays() > 0) {
            why.add(step(Deadline.Kind.DAYS, receivedOn, receivedOn.plusDays(whole.getDays()), whole));
        }
        if (whole.toTotalMonths() > 0) {
            end = receivedOn.plusDays(whole.getDays()).plusMonths(whole.toTotalMonths());
            why.add(step(Deadline.Kind.MONTHS, receivedOn, end, Period.ofMonths((int) whole.toTotalMonths())));
            if (end.getDayOfMonth() < receivedOn.plusDays(whole.getDays()).getDayOfMonth()) {
                why.add(step(Deadline.Kind.LAST_OF_MONTH, receivedOn, end, Period.ZERO));
            }
        }
        if (!extra.isZero()) {
            why.add(step(Deadline.Kind.EXTENDED, receivedOn, end, extra));
        }
        return end;
    }

    private LocalDate roll(LocalDate end, List<Deadline.Reason> why) {
        LocalDate day = end;
        while (!workingDays.isWorkingDay(day)) {
            Optional<String> holiday = workingDays.holiday(day);
            Deadline.Kind kind = holiday.isPresent()
                    ? Deadline.Kind.HOLIDAY
                    : Deadline.Kind.valueOf(day.getDayOfWeek().name());
            why.add(new Deadline.Reason(kind, day, day.plusDays(1), Period.ofDays(1), holiday));
            day = day.plusDays(1);
        }
        return day;
    }

    private static Deadline.Reason step(Deadline.Kind kind, LocalDate from, LocalDate to, Period amount) {
        return new Deadline.Reason(kind, from, to, amount, Optional.empty());
    }
}
