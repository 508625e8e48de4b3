package org.habeas.outbox;

import java.util.UUID;

/** A mail that will never arrive: refused by the server for good, or come back. Told in the transaction that notes it. */
public record MailRefused(UUID mail, String status) {}
