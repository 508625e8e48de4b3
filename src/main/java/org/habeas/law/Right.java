package org.habeas.law;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a person can ask for, by article of the GDPR. The {@link #code()} is the name on the wire. */
public enum Right {
    ACCESS("access", "15"),
    CORRECTION("correction", "16"),
    ERASURE("erasure", "17"),
    RESTRICTION("restriction", "18"),
    PORTABILITY("portability", "20"),
    OBJECTION("objection", "21"),
    WITHDRAWAL("withdrawal", "7(3)"),
    HUMAN_REVIEW("human-review", "22");

    private final String code;
    private final String article;

    Right(String code, String article) {
        this.code = code;
        this.article = article;
    }

    public String code() {
        return code;
    }

    public String article() {
        return article;
    }

    /** The right of this wire name, or empty: names are exact. */
    public static Optional<Right> of(String code) {
        return Arrays.stream(values()).filter(r -> r.code.equals(code)).findFirst();
    }

    /** All wire names, for messages that say what is allowed. */
    public static String codes() {
        return Arrays.stream(values()).map(Right::code).collect(Collectors.joining(", "));
    }

    /** Whether fulfilling it changes data in the organisation's systems, so that it needs a plan (Articles 16, 17). */
    public boolean changesData() {
        return this == CORRECTION || this == ERASURE;
    }

    /** Whether fulfilling it hands out a copy of the data (Articles 15, 20). */
    public boolean handsOutData() {
        return this == ACCESS || this == PORTABILITY;
    }
}
