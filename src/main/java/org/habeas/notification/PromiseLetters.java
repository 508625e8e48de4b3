package org.habeas.notification;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.habeas.datamap.DataMap;
import org.habeas.datamap.SystemEntry;
import org.habeas.outbox.Mail;
import org.habeas.outbox.Outbox;
import org.habeas.promise.PromiseKept;
import org.habeas.words.Words;

/** Tells whoever asked for it that what her erasure had to keep is erased too. The case may be long gone by then. */
@ApplicationScoped
class PromiseLetters {
    private final Outbox outbox;
    private final DataMap map;
    private final String portal;

    PromiseLetters(Outbox outbox, DataMap map, @ConfigProperty(name = "habeas.public-url") String portal) {
        this.outbox = outbox;
        this.map = map;
        this.portal = portal;
    }

    void kept(@Observes PromiseKept event) {
        if (!Mail.deliverable(event.address())) {
            return;
        }
        Words words = Words.of(event.language()).in(map.organisation().zone());
        Letterhead head = Letterhead.of(map.organisation(), event.organisation(), portal);
        Letter letter = Draft.hello(head, words)
                .say("letter_promise_text", event.reference().text())
                .list(event.gone().stream()
                        .map(g -> words.say(
                                "letter_kept_rows",
                                map.system(g.system()).map(SystemEntry::title).orElse(g.system()) + ", "
                                        + g.collection().replace('_', ' '),
                                g.rows()))
                        .toList())
                .say("letter_promise_address")
                .remedies()
                .letter(
                        "promise",
                        words.say("letter_promise_subject", event.reference().text()));
        outbox.post(Mail.to(event.address(), letter.subject(), letter.text()).from(head.contact()));
    }
}
