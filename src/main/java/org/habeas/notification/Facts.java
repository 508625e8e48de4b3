package org.habeas.notification;

import java.time.LocalDate;
import java.util.Optional;
import org.habeas.law.Deadline;
import org.habeas.law.Regime;
import org.habeas.law.Right;
import org.habeas.request.Reference;
import org.habeas.request.RightsRequest;

/** What letters say of a case. {@code due} is the end of the first period, {@code deadline} how the present date came about. */
record Facts(
        Reference reference,
        Right right,
        Regime regime,
        LocalDate receivedOn,
        LocalDate due,
        Optional<LocalDate> extendedTo,
        Deadline deadline,
        long rowsFound,
        Optional<LocalDate> packageUntil) {

    static Facts of(RightsRequest request, LocalDate today, Optional<LocalDate> packageUntil) {
        return new Facts(
                request.reference(),
                request.right(),
                request.law(),
                request.receivedOn(),
                request.due(),
                request.extendedTo(),
                request.deadline(today),
                request.rowsFound(),
                packageUntil);
    }

    LocalDate answerBy() {
        return extendedTo.orElse(due);
    }
}
