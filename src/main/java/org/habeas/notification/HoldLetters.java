package org.habeas.notification;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.habeas.actor.StaffAddresses;
import org.habeas.datamap.DataMap;
import org.habeas.datamap.Organisation;
import org.habeas.outbox.Mail;
import org.habeas.outbox.Outbox;
import org.habeas.retention.HoldToReview;
import org.habeas.words.Words;

/**
 * Reminds the owner of a legal hold of its review. Says nothing of whom it is about: that stands behind the sign-in. Whoever
 * gets the {@link Reminders} of the day finds the hold there, and no second mail.
 */
@ApplicationScoped
class HoldLetters {
    private final StaffAddresses addresses;
    private final Outbox outbox;
    private final Organisation organisation;
    private final String portal;

    HoldLetters(
            StaffAddresses addresses,
            Outbox outbox,
            DataMap map,
            @ConfigProperty(name = "habeas.public-url") String portal) {
        this.addresses = addresses;
        this.outbox = outbox;
        this.organisation = map.organisation();
        this.portal = portal.replaceAll("/+$", "");
    }

    void review(@Observes HoldToReview due) {
        boolean reminded =
                addresses.all().stream().anyMatch(a -> a.account().equals(due.owner()) && Mail.deliverable(a.email()));
        if (reminded) {
            return;
        }
        String to = reach(due.owner());
        if (!Mail.deliverable(to)) {
            return;
        }
        Words words = Words.of(organisation.languages().get(0));
        String text = words.say("letter_hold_review", due.owner(), words.date(due.reviewOn()), portal + "/holds");
        outbox.post(Mail.to(to, words.say("letter_hold_review_subject"), text).from(organisation.contact()));
    }

    /** Her own address where the account is one; else whoever watches over data protection here. */
    private String reach(String owner) {
        return Mail.deliverable(owner)
                ? owner
                : organisation
                        .dataProtectionOfficer()
                        .flatMap(Organisation.Contact::email)
                        .filter(Mail::deliverable)
                        .orElse(organisation.contact());
    }
}
