package org.habeas.identity;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.Optional;
import org.habeas.actor.Actor;
import org.habeas.problem.NotPossible;
import org.habeas.problem.Text;
import org.habeas.request.EmailAddress;
import org.habeas.request.Identifier;
import org.habeas.request.Message;
import org.habeas.request.Requests;
import org.habeas.request.RightsRequest;
import org.habeas.request.State;
import org.habeas.request.Verification;
import org.habeas.words.Words;

/** What the person can do with her own request, on its page and over the API. */
@ApplicationScoped
public class OwnRequest {
    private static final int LONGEST_MESSAGE = 10_000;

    private final Requests requests;
    private final Codes codes;
    private final Mailboxes mailboxes;
    private final Clock clock;

    OwnRequest(Requests requests, Codes codes, Mailboxes mailboxes, Clock clock) {
        this.requests = requests;
        this.codes = codes;
        this.mailboxes = mailboxes;
        this.clock = clock;
    }

    /** How it stands, told in the language that the person chose for it. */
    @Transactional
    public OwnStatus status(Holder holder) {
        RightsRequest request = requests.read(holder.reference());
        return OwnStatus.of(request, requests, Words.of(request.language()), clock.instant());
    }

    /** How it stands, told in these words. */
    @Transactional
    public OwnStatus status(Holder holder, Words words) {
        return OwnStatus.of(requests.read(holder.reference()), requests, words, clock.instant());
    }

    /** All of it on one paper, for a complaint. */
    @Transactional
    public CasePaper paper(Holder holder, Words words) {
        return new CasePaper(status(holder, words), requests.particulars(requests.read(holder.reference())));
    }

    /** Proves with a code that the address is hers; the first time that opens the request. */
    @Transactional(Transactional.TxType.NEVER)
    public void verify(Holder holder, String code) {
        QuarkusTransaction.requiringNew().run(() -> mustBeGoingOn(requests.read(holder.reference())));
        codes.redeem(holder, code);
        EmailAddress address = QuarkusTransaction.requiringNew().call(() -> proven(holder));
        mailboxes.proven(address);
    }

    private EmailAddress proven(Holder holder) {
        RightsRequest request = requests.get(holder.reference());
        EmailAddress address = requests.email(request);
        if (!isProven(request, address)) {
            var proof = request.verify(holder.actor(), Verification.CODE.code(), clock.instant());
            // first the identifier, so that whoever listens finds it proven
            requests.prove(request, Identifier.EMAIL, address.text());
            requests.record(proof);
            requests.together(request).stream()
                    .filter(r -> r.state() == State.UNVERIFIED)
                    .forEach(other -> provenWith(other, holder, address));
        }
        return address;
    }

    /** One code proves the address to every company that she asked at once. */
    private void provenWith(RightsRequest other, Holder holder, EmailAddress address) {
        var proof = other.verify(holder.actor(), Verification.CODE.code(), clock.instant());
        requests.prove(other, Identifier.EMAIL, address.text());
        requests.record(proof);
    }

    /**
     * Writes to the officers; where they had asked something, this is the answer. What she writes to the first of several
     * companies all of them read that are still at it.
     */
    @Transactional
    public Message write(Holder holder, String text) {
        RightsRequest request = requests.get(holder.reference());
        String clean = Text.required("text", Text.clean("text", text, LONGEST_MESSAGE));
        Message message = write(request, holder, clean);
        if (requests.isFirst(request)) {
            requests.together(request).stream()
                    .filter(other -> other != request && other.state() != State.CLOSED)
                    .forEach(other -> write(other, holder, clean));
        }
        return message;
    }

    private Message write(RightsRequest request, Holder holder, String text) {
        Message message = requests.addMessage(request, holder.actor(), text);
        if (request.state() == State.WAITING) {
            requests.record(request.answered(Actor.system("request")));
        }
        return message;
    }

    /** Takes the request back, as long as nothing irreversible has begun; to several companies from all that can. */
    @Transactional
    public void withdraw(Holder holder) {
        RightsRequest request = requests.get(holder.reference());
        boolean first = requests.isFirst(request);
        requests.record(request.withdraw(holder.actor(), clock.instant()));
        if (first) {
            requests.together(request).stream()
                    .filter(other -> other != request && OwnStatus.cancellable(other))
                    .forEach(other -> requests.record(other.withdraw(holder.actor(), clock.instant())));
        }
    }

    /** The address of the request, masked, for the page on which the code is typed. */
    @Transactional
    public String maskedAddress(Holder holder) {
        RightsRequest request = requests.read(holder.reference());
        return request.forgotten()
                ? "•••"
                : requests.address(request).map(EmailAddress::masked).orElse("•••");
    }

    private boolean isProven(RightsRequest request, EmailAddress address) {
        Optional<Identifier> email = requests.identifiers(request).stream()
                .filter(i -> i.kind().equals(Identifier.EMAIL) && i.value().equals(address.text()))
                .findFirst();
        return request.verifiedAt().isPresent()
                && email.filter(Identifier::proven).isPresent();
    }

    private static void mustBeGoingOn(RightsRequest request) {
        if (request.state() == State.CLOSED) {
            throw new NotPossible("identity_closed");
        }
    }
}
