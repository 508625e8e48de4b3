package org.habeas.problem;

/** A part that the command needs is away for the moment; the same command may succeed later. */
public final class Unavailable extends Problem {
    public Unavailable(String detail) {
        super(detail);
    }
}
