package org.habeas.identity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;
import org.habeas.problem.NotFound;
import org.habeas.problem.SecurityEvent;
import org.habeas.request.Reference;
import org.habeas.request.Requests;
import org.habeas.request.RightsRequest;

/** The door to one's own request. An unknown reference and a wrong passphrase look the same. */
@ApplicationScoped
public class Passphrases {
    /** Longer than any passphrase with whatever spaces people type. */
    private static final int LONGEST = 200;

    private final Requests requests;
    private final Event<SecurityEvent> failures;

    Passphrases(Requests requests, Event<SecurityEvent> failures) {
        this.requests = requests;
        this.failures = failures;
    }

    /** Lets the holder of the passphrase in, or throws {@link NotFound}. */
    @Transactional
    public Holder open(String reference, String passphrase) {
        Reference typed = Reference.required(reference);
        try {
            if (passphrase.length() > LONGEST || !requests.opens(requests.read(typed), passphrase)) {
                throw new NotFound(Requests.UNKNOWN);
            }
        } catch (NotFound e) {
            failures.fire(new SecurityEvent(SecurityEvent.Kind.FAILED_PASSPHRASE, typed.text()));
            throw e;
        }
        return new Holder(typed);
    }

    /** All requests that the same passphrase opens, because they were made at once. */
    @Transactional
    List<Reference> together(Reference reference) {
        return requests.readTogether(requests.read(reference)).stream()
                .map(RightsRequest::reference)
                .toList();
    }

    /** The passphrase in an {@code Authorization: Bearer} header; empty when there is none. */
    public static Optional<String> bearer(String header) {
        String text = header == null ? "" : header.strip();
        return text.regionMatches(true, 0, "Bearer ", 0, 7)
                ? Optional.of(text.substring(7).strip())
                : Optional.empty();
    }
}
