package org.habeas.notification;

import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;

/** Looks from time to time whether the morning's reminders are due. */
@ApplicationScoped
class ReminderJobs {
    private final Reminders reminders;

    ReminderJobs(Reminders reminders) {
        this.reminders = reminders;
    }

    @Scheduled(every = "10m", delayed = "1m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void look() {
        reminders.send();
    }
}
