package org.habeas.fulfilment;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.habeas.law.Right;
import org.habeas.request.Outcome;
import org.habeas.request.RequestEvent;
import org.habeas.request.RightsRequest;
import org.habeas.retention.Suppressions;

/** Whoever objected and was right (Article 21(3)) is known to importers from then on. */
@ApplicationScoped
class Objections {
    private final Subjects subjects;
    private final Suppressions suppressions;

    Objections(Subjects subjects, Suppressions suppressions) {
        this.subjects = subjects;
        this.suppressions = suppressions;
    }

    void follow(@Observes RequestEvent event) {
        RightsRequest request = event.request();
        boolean right = request.outcome()
                .filter(o -> o == Outcome.FULFILLED || o == Outcome.PARTLY_FULFILLED)
                .isPresent();
        if (event instanceof RequestEvent.Closed && request.right() == Right.OBJECTION && right) {
            suppressions.objected(subjects.hashes(request));
        }
    }
}
