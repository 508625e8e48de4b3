package org.habeas.identity;

import org.habeas.limit.Limits;
import org.habeas.limit.Rate;

/** Mailboxes with another allowance than the one that the tests' configuration gives. */
public final class MailboxesForTests {
    private MailboxesForTests() {}

    public static Mailboxes of(Limits limits, Rate rate) {
        return new Mailboxes(limits, rate);
    }
}
