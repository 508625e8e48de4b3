package org.habeas.intake;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What somebody typed into the form or sent to the API, unchecked, in the contract's words (section 4). {@code channel} and
 * {@code receivedAt} are for staff, who type in what came by another way (section 6).
 */
public record Filing(
        @Nullable String right,
        @Nullable Map<String, String> identifiers,
        @Nullable String name,
        @Nullable String language,
        @Nullable String message,
        @Nullable String organisation,
        @Nullable List<Wrong> corrections,
        @Nullable String channel,
        @Nullable String receivedAt) {
    /** One value that is said to be wrong, as typed. */
    public record Wrong(
            @Nullable String system,
            @Nullable String collection,
            @Nullable String field,
            @Nullable String from,
            @Nullable String to) {
        @Override
        public String toString() {
            return "Wrong[…]";
        }
    }

    @Override
    public String toString() {
        return "Filing[" + right + "]";
    }
}
