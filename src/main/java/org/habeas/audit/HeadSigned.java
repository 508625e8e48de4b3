package org.habeas.audit;

/**
 * A new head was signed. Fired in the transaction that stores it, so that whoever carries heads out of the operator's hands
 * (mail, webhook) can do so by the outbox.
 */
public record HeadSigned(SignedHistory.Head head) {}
