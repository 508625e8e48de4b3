package org.habeas.outbox;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * A mail to one address. {@code sender} is the organisation's contact, to which answers go; {@code key} the vault's key of
 * the case, with which the mail becomes unreadable; after {@code usefulUntil}, or once a later one of the same {@code topic}
 * is posted, it is not sent any more. What would end a header line is refused here, so nothing that a stranger wrote can
 * add one.
 */
public record Mail(
        String to,
        Optional<String> sender,
        String subject,
        String text,
        Optional<String> html,
        Optional<UUID> key,
        Optional<Instant> usefulUntil,
        Optional<String> topic) {
    private static final Pattern ADDRESS =
            Pattern.compile("[^\\s<>,;:\"()\\[\\]\\\\@\\p{Cntrl}]{1,64}@[^\\s<>,;:\"()\\[\\]\\\\@\\p{Cntrl}]{1,189}");
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}]");
    private static final int LONGEST_SUBJECT = 200;

    public Mail {
        if (!ADDRESS.matcher(to).matches()
                || sender.filter(s -> !ADDRESS.matcher(s).matches()).isPresent()) {
            throw new IllegalArgumentException("not an address that mail can go to or come from");
        }
        if (subject.isBlank()
                || subject.length() > LONGEST_SUBJECT
                || CONTROL.matcher(subject).find()) {
            throw new IllegalArgumentException("a subject is one line of at most " + LONGEST_SUBJECT + " characters");
        }
    }

    public static Mail to(String address, String subject, String text) {
        return new Mail(
                address,
                Optional.empty(),
                subject,
                text,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** Whether mail can go to this: a plain address and nothing else. */
    public static boolean deliverable(String address) {
        return ADDRESS.matcher(address).matches();
    }

    /** The same mail from this contact; one that is no address, such as a telephone number, changes nothing. */
    public Mail from(String contact) {
        return new Mail(
                to, Optional.of(contact).filter(Mail::deliverable), subject, text, html, key, usefulUntil, topic);
    }

    /** The same mail, sealed under the key of a case. */
    public Mail under(UUID caseKey) {
        return new Mail(to, sender, subject, text, html, Optional.of(caseKey), usefulUntil, topic);
    }

    /** The same mail, with its text as HTML beside the plain one. */
    public Mail alternative(String asHtml) {
        return new Mail(to, sender, subject, text, Optional.of(asHtml), key, usefulUntil, topic);
    }

    /** The same mail, of use only until then. */
    public Mail until(Instant moment) {
        return new Mail(to, sender, subject, text, html, key, Optional.of(moment), topic);
    }

    /** The same mail, which makes those of this topic that have not been sent yet superfluous. */
    public Mail inPlaceOf(String earlier) {
        return new Mail(to, sender, subject, text, html, key, usefulUntil, Optional.of(earlier));
    }

    @Override
    public String toString() {
        return "Mail[…]";
    }
}
