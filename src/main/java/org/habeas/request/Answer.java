package org.habeas.request;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What an officer decides. */
public enum Answer {
    FULFIL,
    PARTLY,
    REFUSE;

    /** The name on the wire. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Answer> of(String code) {
        return Arrays.stream(values()).filter(a -> a.code().equals(code)).findFirst();
    }

    Outcome outcome() {
        return switch (this) {
            case FULFIL -> Outcome.FULFILLED;
            case PARTLY -> Outcome.PARTLY_FULFILLED;
            case REFUSE -> Outcome.REFUSED;
        };
    }
}
