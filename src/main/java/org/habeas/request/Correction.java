package org.habeas.request;

import org.jspecify.annotations.Nullable;

/** One value that the person says is wrong (Article 16). System and collection may be left to the officer. */
public record Correction(
        @Nullable String system, @Nullable String collection, String field, @Nullable String from, String to) {
    @Override
    public String toString() {
        return "Correction[" + field + "]";
    }
}
