package org.habeas.identity;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.habeas.request.Reference;
import org.habeas.vault.Secrets;
import org.habeas.vault.Vault;

/**
 * The value of the cookie with which a person's pages remember that she showed the passphrase: for one request, for thirty
 * minutes, sealed with the portal's key. Nothing of it is kept in the portal.
 */
@ApplicationScoped
public class PersonSession {
    public static final Duration LASTS = Duration.ofMinutes(30);

    private final Vault vault;
    private final Clock clock;

    PersonSession(Vault vault, Clock clock) {
        this.vault = vault;
        this.clock = clock;
    }

    /** A value for the cookie of this holder; make a new one with every page, so that the time counts from the last. */
    public String value(Holder holder) {
        return sealed(holder.reference() + "." + clock.instant().plus(LASTS).getEpochSecond());
    }

    /** The holder that the value was made for, as long as it is valid and unchanged. */
    public Optional<Holder> holder(String value) {
        String[] parts = value == null || value.length() > 200 ? new String[0] : value.split("\\.");
        if (parts.length != 3 || !Secrets.same(value, sealed(parts[0] + "." + parts[1]))) {
            return Optional.empty();
        }
        Instant until = Instant.ofEpochSecond(Long.parseLong(parts[1]));
        return clock.instant().isBefore(until) ? Optional.of(new Holder(new Reference(parts[0]))) : Optional.empty();
    }

    /** The holder of the session, if it is one for this request. */
    public Optional<Holder> holder(String value, Reference reference) {
        return holder(value).filter(holder -> holder.reference().equals(reference));
    }

    private String sealed(String text) {
        return text + "." + vault.keyedHash("person-session", text);
    }
}
