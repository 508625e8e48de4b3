package org.habeas.problem;

/** The actor is known but may not do this. */
public final class NotAllowed extends Problem {
    public NotAllowed(String detail) {
        super(detail);
    }
}
