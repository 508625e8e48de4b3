package org.habeas.problem;

/** The command does not fit the present state, for example a decision on a case still being searched. */
public final class NotPossible extends Problem {
    public NotPossible(String detail) {
        super(detail);
    }
}
