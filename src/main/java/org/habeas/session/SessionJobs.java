package org.habeas.session;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.habeas.work.Timers;

/** Clears away sessions that have ended. */
@ApplicationScoped
class SessionJobs {
    private final SessionStore sessions;

    SessionJobs(SessionStore sessions) {
        this.sessions = sessions;
    }

    void start(@Observes StartupEvent event, Timers timers) {
        timers.every("10m", "2m", "session.clear", sessions::clear);
    }
}
