package org.habeas.outbox;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.habeas.work.Lease;
import org.habeas.work.WorkHandler;
import org.jboss.logging.Logger;

/**
 * Sends one mail. Between the server's "taken" and our own note of it a crash means that it is sent again, under the same
 * Message-ID, by which mail systems know it. Without a mail server it stays where it is, to be read by staff.
 */
@ApplicationScoped
class MailSending implements WorkHandler {
    private static final Logger LOG = Logger.getLogger(MailSending.class);

    private final Outbox outbox;
    private final MailServer server;

    MailSending(Outbox outbox, MailServer server) {
        this.outbox = outbox;
        this.server = server;
    }

    @Override
    public String kind() {
        return Outbox.WORK;
    }

    @Override
    public Duration lease() {
        return MailServer.PATIENCE.multipliedBy(3);
    }

    @Override
    public Result work(Lease lease) {
        if (!server.named()) {
            return Result.DONE;
        }
        send(UUID.fromString(lease.subject()));
        return Result.DONE;
    }

    /** Sends the mail unless that is settled; throws what means "again later". */
    void send(UUID id) {
        Optional<Posted> mail = outbox.due(id);
        if (mail.isEmpty()) {
            return;
        }
        try {
            server.send(mail.get());
            outbox.settle(id, Posted.State.SENT, Optional.empty());
        } catch (MailServer.Refused e) {
            LOG.warnf("mail %s was refused for good with reply %d", id, e.reply());
            outbox.settle(id, Posted.State.FAILED, Optional.of(String.valueOf(e.reply())));
        }
    }
}
