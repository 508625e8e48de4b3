package org.habeas.retention;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.habeas.work.Timers;

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

    void start(@Observes StartupEvent event, Timers timers) {
        // not at the start: whoever has just changed a rule or the map can look at a dry run first
        timers.every("{habeas.retention-every}", "{habeas.retention-every}", Schedule.LOOK, schedule::look);
        timers.every("{habeas.retention-outlook-every}", "retention.count", outlook::order);
        timers.every("{habeas.retention-every}", "retention.own-records", ownRecords::look);
        timers.every("{habeas.retention-every}", "retention.holds", reviews::remind);
    }
}
