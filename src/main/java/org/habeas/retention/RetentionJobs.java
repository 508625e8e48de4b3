package org.habeas.retention;

import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;

/** The alarm clock of every replica. */
@ApplicationScoped
class RetentionJobs {
    private final Schedule schedule;
    private final Outlook outlook;

    RetentionJobs(Schedule schedule, Outlook outlook) {
        this.schedule = schedule;
        this.outlook = outlook;
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
}
