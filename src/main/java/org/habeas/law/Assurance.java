package org.habeas.law;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** How strongly it is proven who asks, weakest first (Article 12(6)). The {@link #code()} is the name in organisation.yml. */
public enum Assurance {
    NONE("none"),
    /** A code that reached the address. */
    ADDRESS("address"),
    /** A document that an officer saw; only that it was seen is kept. */
    DOCUMENT("document"),
    /** An officer met the person or called back on a number that was on file. */
    OFFICER("officer"),
    /** Signed in with an identity provider (BankID, ID-porten). */
    SIGNED_IN("signed-in");

    private final String code;

    Assurance(String code) {
        this.code = code;
    }

    public String code() {
        return code;
    }

    public boolean satisfies(Assurance required) {
        return compareTo(required) >= 0;
    }

    public static Optional<Assurance> of(String code) {
        return Arrays.stream(values()).filter(a -> a.code.equals(code)).findFirst();
    }

    /** All names, for messages that say what is allowed. */
    public static String codes() {
        return Arrays.stream(values()).map(Assurance::code).collect(Collectors.joining(", "));
    }
}
