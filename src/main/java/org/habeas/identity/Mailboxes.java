package org.habeas.identity;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.habeas.limit.Limits;
import org.habeas.limit.Rate;
import org.habeas.request.EmailAddress;

/**
 * How many mails an address may get that nobody has proven: whoever makes the portal write to a stranger shares one small
 * allowance with everybody who does, and it holds for any hour. A proof gives it back whole.
 */
@ApplicationScoped
public class Mailboxes {
    private static final String KIND = "mailbox";

    private final Limits limits;
    private final Rate rate;

    Mailboxes(Limits limits, @ConfigProperty(name = "habeas.limit-per-address") Rate rate) {
        this.limits = limits;
        this.rate = rate;
    }

    /** Counts a mail to this address, or refuses it with {@link org.habeas.problem.TooMany}. */
    public void takeOne(String address) {
        limits.takeStrictly(KIND, address.strip().toLowerCase(Locale.ROOT), rate);
    }

    /** Somebody proved that she reads what is sent there. */
    void proven(EmailAddress address) {
        limits.forgive(KIND, address.text(), rate);
    }
}
