package org.habeas.retention;

import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;

/** The alarm clock of every replica. */
@ApplicationScoped
class RetentionJobs {
    private final Schedule schedule;
    private final Outlook outlook;
    private final OwnRecords ownRecords;
    private final HoldReviews reviews;

    RetentionJobs(Schedule schedule, Outlook outlook, OwnRecords ownRecords, HoldReviews reviews) {
        this.schedule = schedule;
        this.outlook = outlook;
        this.ownRecords = ownRecords;
        this.reviews = reviews;
    }

    // not at the start: whoever has just changed a rule or the map can look at a dry run first
    @Scheduled(
            identity = Schedule.LOOK,
            every = "{habeas.retention-every}",
            delayed = "{habeas.retention-every}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void look() {
        schedule.look();
    }

    @Scheduled(every = "{habeas.retention-outlook-every}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void count() {
        outlook.order();
    }

    @Scheduled(every = "{habeas.retention-every}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void lookAtOwnRecords() {
        ownRecords.look();
    }

    @Scheduled(every = "{habeas.retention-every}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void remindOfHolds() {
        reviews.remind();
    }
}
