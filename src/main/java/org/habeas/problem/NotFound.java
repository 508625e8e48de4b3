package org.habeas.problem;

/** It does not exist, or not for this actor; the two are told apart by nobody. */
public final class NotFound extends Problem {
    public NotFound(String detail) {
        super(detail);
    }
}
