package org.habeas.law;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;

/**
 * The organisation's own goals inside the law's time (law.md section 2): working days until a receipt is sent and until
 * identity is asked about, then days after receipt on which a case turns amber, an extension must be decided, and red.
 */
public record OwnTargets(int acknowledgeWorkingDays, int identityWorkingDays, int amberDay, int decideDay, int redDay) {

    /** How a case stands today. */
    public enum Urgency {
        CALM,
        AMBER,
        RED,
        OVERDUE
    }

    /**
     * How urgent a case is: amber and red begin that many days after receipt, later by as many days as extension and pause
     * moved the due date beyond {@code firstDue}.
     */
    public Urgency urgency(LocalDate receivedOn, LocalDate firstDue, LocalDate due, LocalDate today) {
        long day = ChronoUnit.DAYS.between(receivedOn, today) - Math.max(0, ChronoUnit.DAYS.between(firstDue, due));
        if (today.isAfter(due)) {
            return Urgency.OVERDUE;
        }
        return day >= redDay ? Urgency.RED : day >= amberDay ? Urgency.AMBER : Urgency.CALM;
    }
}
