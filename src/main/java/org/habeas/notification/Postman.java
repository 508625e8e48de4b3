package org.habeas.notification;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.habeas.actor.Actor;
import org.habeas.datamap.DataMap;
import org.habeas.outbox.Mail;
import org.habeas.outbox.Outbox;
import org.habeas.request.Identifier;
import org.habeas.request.Requests;
import org.habeas.request.RightsRequest;

/** Brings letters to the person: onto her status page, and to her address as soon as that is proven. */
@ApplicationScoped
class Postman {
    private static final Actor SELF = Actor.system("notification");

    private final Requests requests;
    private final Outbox outbox;
    private final DataMap map;

    Postman(Requests requests, Outbox outbox, DataMap map) {
        this.requests = requests;
        this.outbox = outbox;
        this.map = map;
    }

    /** Keeps the letter with the request and sends it. */
    void bring(RightsRequest request, Letter letter) {
        requests.addLetter(request, SELF, letter.kind(), letter.text());
        send(request, letter);
    }

    /** Only sends it: what it says stands with the request already. To an address that is not proven nothing goes. */
    void send(RightsRequest request, Letter letter) {
        provenAddress(request).ifPresent(address -> post(request, address, letter));
    }

    /** Sends it to this address, whoever that belongs to. */
    void post(RightsRequest request, String address, Letter letter) {
        post(request, address, letter, mail -> mail);
    }

    /** The same; a code is of no use after a while, or once there is a newer one. */
    void postCode(RightsRequest request, String address, Letter letter, Instant usefulUntil) {
        post(request, address, letter, mail -> mail.until(usefulUntil).inPlaceOf("code:" + request.id()));
    }

    private void post(RightsRequest request, String address, Letter letter, UnaryOperator<Mail> more) {
        String contact =
                Letterhead.of(map.organisation(), request.organisation(), "").contact();
        outbox.post(more.apply(
                Mail.to(address, letter.subject(), letter.text()).from(contact).under(request.vaultKey())));
    }

    private Optional<String> provenAddress(RightsRequest request) {
        return requests.identifiers(request).stream()
                .filter(i -> i.kind().equals(Identifier.EMAIL) && i.proven())
                .map(Identifier::value)
                .filter(Mail::deliverable)
                .findFirst();
    }
}
