package org.habeas.intake;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.habeas.actor.Actor;
import org.habeas.actor.SignedInPerson;
import org.habeas.identity.Mailboxes;
import org.habeas.identity.OwnRequests;
import org.habeas.request.EmailAddress;
import org.habeas.request.Identifier;
import org.habeas.request.Receipt;
import org.habeas.request.Requests;
import org.habeas.vault.Secrets;
import org.jspecify.annotations.Nullable;

/**
 * How a request comes in. Nothing here knows or asks whether anybody knows the person: whatever is looked up is looked up
 * after the answer.
 */
@ApplicationScoped
public class Intake {
    private final Receiving receiving;
    private final Requests requests;
    private final Mailboxes mailboxes;
    private final Gate gate;
    private final Attempts attempts;
    private final OwnRequests own;

    Intake(Receiving receiving, Requests requests, Mailboxes mailboxes, Gate gate, Attempts attempts, OwnRequests own) {
        this.receiving = receiving;
        this.requests = requests;
        this.mailboxes = mailboxes;
        this.gate = gate;
        this.attempts = attempts;
        this.own = own;
    }

    /**
     * Takes in what a person sends and mails her a code. {@code acceptLanguage} counts where she chose no language. Throws
     * Invalid and TooMany.
     */
    @Transactional(Transactional.TxType.NEVER)
    public Requests.Opened file(Filing filing, Caller caller, @Nullable String acceptLanguage) {
        gate.admit(caller);
        List<Receipt> receipts = receiving.fromPerson(filing, acceptLanguage);
        mailboxes.takeOne(email(receipts));
        return requests.receiveTogether(receipts, Actor.Kind.PERSON, "", Secrets.passphrase());
    }

    /**
     * The same for a form that may be sent twice: the same {@code attempt} (128 random bits or more) is one request, and is
     * answered as it was the first time, also when both come at once.
     */
    @Transactional(Transactional.TxType.NEVER)
    public Requests.Opened fileOnce(
            Filing filing,
            Caller caller,
            @Nullable String acceptLanguage,
            String attempt,
            Optional<SignedInPerson> signedIn) {
        gate.admit(caller);
        List<Receipt> receipts = receiving.fromPerson(filing, acceptLanguage).stream()
                .map(typed -> signedIn.filter(person -> typed.particulars().behalf() == null)
                        .map(person -> proven(typed, person))
                        .orElse(typed))
                .toList();
        return attempts.first(attempt).orElseGet(() -> {
            mailboxes.takeOne(email(receipts));
            return attempts.receive(attempt, receipts, request -> signedIn.ifPresent(p -> own.belongs(request, p)));
        });
    }

    /** What the provider has proven counts; what was typed and is something else stays a hint. */
    private static Receipt proven(Receipt typed, SignedInPerson person) {
        Map<String, Identifier> all = new LinkedHashMap<>();
        typed.identifiers().forEach(i -> all.put(i.kind() + " " + i.value(), i));
        person.proven().forEach((kind, claimed) -> {
            Optional<String> value = kind.equals(Identifier.EMAIL)
                    ? EmailAddress.of(claimed).map(EmailAddress::text)
                    : Optional.of(claimed);
            value.ifPresent(v -> all.put(kind + " " + v, new Identifier(kind, v, true)));
        });
        return typed.with(List.copyOf(all.values()));
    }

    /** Checks what a person typed so far, as {@link #file} would, and keeps nothing. */
    public void check(Filing filing, @Nullable String acceptLanguage) {
        receiving.fromPerson(filing, acceptLanguage);
    }

    private static String email(List<Receipt> receipts) {
        return receipts.get(0).identifiers().stream()
                .filter(i -> i.kind().equals(Identifier.EMAIL))
                .findFirst()
                .orElseThrow()
                .value();
    }
}
