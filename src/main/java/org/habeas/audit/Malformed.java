package org.habeas.audit;

/** A note, key or bundle that is not in its format; the message says what is wrong and is fit for one line. */
public final class Malformed extends RuntimeException {
    public Malformed(String message) {
        super(message, null, false, false);
    }
}
