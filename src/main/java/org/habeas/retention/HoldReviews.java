package org.habeas.retention;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Reminds of holds whose day of review has come, and every month again: a hold must not outlive its reason unseen. */
@ApplicationScoped
class HoldReviews {
    private static final Duration AGAIN = Duration.ofDays(30);

    private final EntityManager entities;
    private final Event<HoldToReview> reminders;
    private final Timetable timetable;
    private final Clock clock;

    HoldReviews(EntityManager entities, Event<HoldToReview> reminders, Timetable timetable, Clock clock) {
        this.entities = entities;
        this.reminders = reminders;
        this.timetable = timetable;
        this.clock = clock;
    }

    @Transactional
    void remind() {
        Instant now = clock.instant();
        List<LegalHold> holds = entities.createQuery(
                        "from LegalHold where liftedAt is null and reviewOn <= ?1 and (remindedAt is null or remindedAt <"
                                + " ?2 or remindedAt > ?3)",
                        LegalHold.class)
                .setParameter(1, timetable.today())
                .setParameter(2, now.minus(AGAIN))
                .setParameter(3, now)
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .getResultList();
        for (LegalHold hold : holds) {
            hold.remindedAt = now;
            reminders.fire(new HoldToReview(hold.id, hold.reviewOn, hold.placedBy));
        }
    }
}
