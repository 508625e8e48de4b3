package org.habeas.session;

import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;

/** Clears away sessions that have ended. */
@ApplicationScoped
class SessionJobs {
    private final SessionStore sessions;

    SessionJobs(SessionStore sessions) {
        this.sessions = sessions;
    }

    @Scheduled(every = "10m", delayed = "2m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void clear() {
        sessions.clear();
    }
}
