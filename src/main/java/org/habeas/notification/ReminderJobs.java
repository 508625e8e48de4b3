package org.habeas.notification;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.habeas.work.Timers;

/** Looks from time to time whether the morning's reminders are due. */
@ApplicationScoped
class ReminderJobs {
    private final Reminders reminders;

    ReminderJobs(Reminders reminders) {
        this.reminders = reminders;
    }

    void start(@Observes StartupEvent event, Timers timers) {
        timers.every("10m", "1m", "notification.remind", reminders::send);
    }
}
