package org.habeas.problem;

/** The input is larger than the limit that the message names. */
public final class TooLarge extends Problem {
    public TooLarge(String detail) {
        super(detail);
    }
}
