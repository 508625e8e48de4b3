package org.habeas.outbox;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.ZoneOffset;
import org.habeas.work.Timers;

/** Takes up what waited for a mail server, and clears away what nobody can or should read any more. */
@ApplicationScoped
class OutboxJobs {
    /** How long a mail that belongs to no case stays readable after it went out. */
    private static final Period WITHOUT_CASE = Period.ofDays(30);

    private final Outbox outbox;
    private final Webhooks webhooks;
    private final MailServer server;
    private final Clock clock;

    OutboxJobs(Outbox outbox, Webhooks webhooks, MailServer server, Clock clock) {
        this.outbox = outbox;
        this.webhooks = webhooks;
        this.server = server;
        this.clock = clock;
    }

    void start(@Observes StartupEvent event, Timers timers) {
        timers.every("1h", "1m", "outbox.clear", this::clear);
        if (server.named()) {
            outbox.resume();
        }
    }

    void clear() {
        OffsetDateTime before = clock.instant().atOffset(ZoneOffset.UTC).minus(WITHOUT_CASE);
        outbox.purge(before);
        webhooks.purge(before);
    }
}
