package org.habeas.outbox;

import io.quarkus.mailer.Mail;
import io.quarkus.mailer.reactive.ReactiveMailer;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.mail.SMTPException;
import io.vertx.mutiny.core.Context;
import io.vertx.mutiny.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.IDN;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigValue;

/** The organisation's mail server, where one is named (QUARKUS_MAILER_HOST). */
@ApplicationScoped
class MailServer {
    static final Duration PATIENCE = Duration.ofSeconds(50);

    /** Replies that concern this mail and will be the same tomorrow (RFC 5321 section 4.2.3). */
    private static final Set<Integer> FOR_GOOD = Set.of(501, 550, 551, 552, 553, 554, 555, 556);

    private final ReactiveMailer mailer;
    /** The client talks on one event loop: begun from a thread of ours, it now and then misses the server's greeting. */
    private final Context context;

    private final boolean named;
    private final Optional<String> from;

    MailServer(ReactiveMailer mailer, Config config, Vertx vertx) {
        this.context = vertx.getOrCreateContext();
        this.mailer = mailer;
        this.named = named(config.getConfigValue("quarkus.mailer.host"));
        this.from = config.getOptionalValue("quarkus.mailer.from", String.class).filter(f -> !f.isBlank());
    }

    /** The server does not take this mail and never will. */
    static final class Refused extends Exception {
        private final int reply;

        Refused(int reply) {
            super("reply " + reply, null, false, false);
            this.reply = reply;
        }

        int reply() {
            return reply;
        }
    }

    boolean named() {
        return named;
    }

    /** Hands the mail over; returns once the server has taken it. Any exception but {@link Refused} means: again later. */
    void send(Posted posted) throws Refused {
        try {
            Uni.createFrom()
                    .<Void>emitter(sent -> context.runOnContext(
                            () -> mailer.send(mail(posted)).subscribe().with(sent::complete, sent::fail)))
                    .await()
                    .atMost(PATIENCE);
        } catch (CompletionException e) {
            if (e.getCause() instanceof SMTPException reply && FOR_GOOD.contains(reply.getReplyCode())) {
                throw new Refused(reply.getReplyCode());
            }
            throw e;
        }
    }

    private Mail mail(Posted posted) {
        Mail mail = Mail.withText(ascii(posted.to()), posted.subject(), posted.text());
        posted.html().ifPresent(mail::setHtml);
        mail.setFrom(from.or(() -> posted.sender().map(MailServer::ascii)).orElse("habeas@localhost"));
        posted.sender().map(MailServer::ascii).ifPresent(mail::addReplyTo);
        mail.addHeader("Message-ID", posted.messageId());
        // RFC 3834: absence notes do not answer it
        mail.addHeader("Auto-Submitted", "auto-generated");
        return mail;
    }

    private static String ascii(String address) {
        int at = address.lastIndexOf('@');
        return address.substring(0, at + 1) + IDN.toASCII(address.substring(at + 1), IDN.ALLOW_UNASSIGNED);
    }

    /** Quarkus itself has a default for the host; only one that somebody wrote counts. */
    private static boolean named(ConfigValue host) {
        return host.getValue() != null && !host.getValue().isBlank() && host.getSourceOrdinal() > Integer.MIN_VALUE;
    }
}
