package org.habeas.notification;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.habeas.cancellation.CancellationOffered;
import org.habeas.datamap.DataMap;
import org.habeas.outbox.Mail;
import org.habeas.request.RightsRequest;
import org.habeas.words.Words;

/** Tells an address on file that somebody asked for erasure. Repeats nothing that came with the request. */
@ApplicationScoped
class CancellationLetters {
    private final Postman postman;
    private final DataMap map;
    private final String portal;

    CancellationLetters(Postman postman, DataMap map, @ConfigProperty(name = "habeas.public-url") String portal) {
        this.postman = postman;
        this.map = map;
        this.portal = portal;
    }

    void offered(@Observes CancellationOffered event) {
        RightsRequest request = event.request();
        String address = event.address().text();
        if (Mail.deliverable(address)) {
            Words words = Words.of(request.language()).in(map.organisation().zone());
            Letterhead head = Letterhead.of(map.organisation(), request.organisation(), portal);
            Letter letter = Draft.hello(head, words)
                    .say("letter_cancellation_asked", head.company(), request.receivedOn())
                    .say("letter_cancellation_you")
                    .say("letter_cancellation_stop")
                    .text(event.link())
                    .say("letter_cancellation_until")
                    .brief("cancellation", words.say("letter_cancellation_subject", head.company()));
            postman.post(request, address, letter);
        }
    }
}
