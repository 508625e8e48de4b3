package org.habeas.problem;

/** Why the portal cannot start, in words for whoever starts it: a line a mistake, no secrets, no stack trace. */
public final class StartFailure extends RuntimeException {
    public StartFailure(String lines) {
        super(lines, null, false, false);
    }
}
