package org.habeas.notification;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.habeas.audit.Anchors;
import org.habeas.audit.HeadSigned;
import org.habeas.audit.SignedHistory;
import org.habeas.datamap.DataMap;
import org.habeas.datamap.Organisation;
import org.habeas.outbox.Mail;
import org.habeas.outbox.Outbox;
import org.habeas.outbox.Webhooks;
import org.habeas.words.Words;

/**
 * Carries signed heads out of the operator's hands: every one to the webhook ({@code HABEAS_ANCHOR_WEBHOOK}), one a day to
 * the auditor's mailbox ({@code HABEAS_ANCHOR_MAIL}).
 */
@ApplicationScoped
class HeadAnchors {
    private static final String PURPOSE = "anchor";

    private final Anchors anchors;
    private final Outbox outbox;
    private final Webhooks webhooks;
    private final Organisation organisation;
    private final Duration between;
    private final Clock clock;

    HeadAnchors(
            Anchors anchors,
            Outbox outbox,
            Webhooks webhooks,
            DataMap map,
            @ConfigProperty(name = "habeas.anchor-mail-every") Duration between,
            Clock clock) {
        this.anchors = anchors;
        this.outbox = outbox;
        this.webhooks = webhooks;
        this.organisation = map.organisation();
        this.between = between;
        this.clock = clock;
    }

    void carry(@Observes HeadSigned signed) {
        SignedHistory.Head head = signed.head();
        if (webhooks.named(PURPOSE)) {
            webhooks.post(
                    PURPOSE,
                    String.valueOf(head.checkpoint().size()),
                    "text/plain; charset=utf-8",
                    head.note().toString());
        }
        Optional<String> mailbox = anchors.place(Anchors.Kind.MAIL).filter(Mail::deliverable);
        if (mailbox.isPresent() && mailDue()) {
            outbox.post(letter(mailbox.get(), head));
            anchors.reached(Anchors.Kind.MAIL, head.checkpoint().size());
        }
    }

    /** Only what the receiver has taken counts as anchored. */
    void taken(@Observes Webhooks.Delivered delivered) {
        if (delivered.purpose().equals(PURPOSE)) {
            anchors.reached(Anchors.Kind.WEBHOOK, Long.parseLong(delivered.topic()));
        }
    }

    private boolean mailDue() {
        return anchors.last(Anchors.Kind.MAIL)
                .map(last -> Duration.between(last, clock.instant()).abs().compareTo(between) >= 0)
                .orElse(true);
    }

    private Mail letter(String to, SignedHistory.Head head) {
        Words words = Words.of(organisation.languages().get(0));
        String text = words.say(
                        "anchor_mail_text",
                        organisation.name(),
                        head.checkpoint().size()) + "\n\n" + head.note() + "\n" + words.say("anchor_mail_key") + "\n"
                + head.key() + "\n";
        return Mail.to(
                        to,
                        words.say(
                                "anchor_mail_subject",
                                organisation.name(),
                                head.checkpoint().size()),
                        text)
                .from(organisation.contact());
    }
}
