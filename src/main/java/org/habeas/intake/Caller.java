package org.habeas.intake;

import java.util.Optional;

/** Who sends a request: the network address it came from, and the solved puzzle, if it brought one. */
public record Caller(String address, Optional<String> work) {
    /** A longer one solves nothing. */
    private static final int LONGEST = 200;

    public static Caller of(String address, String work) {
        return new Caller(address, Optional.ofNullable(work).filter(w -> !w.isBlank() && w.length() <= LONGEST));
    }

    @Override
    public String toString() {
        return "Caller[…]";
    }
}
