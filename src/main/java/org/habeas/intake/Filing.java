package org.habeas.intake;

import java.util.List;
import java.util.Map;
import org.habeas.law.Right;
import org.jspecify.annotations.Nullable;

/**
 * What somebody typed into the form or sent to the API, unchecked, in the contract's words (section 4). {@code channel} and
 * {@code receivedAt} are for staff, who type in what came by another way (section 6), and so are {@code rights}: several
 * wishes of one letter. {@code organisations} names several companies of the group at once; each gets a case of its own.
 * {@code onBehalfOf} is for agents, parents, guardians and estates.
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
        @Nullable String receivedAt,
        @Nullable List<String> rights,
        @Nullable List<String> organisations,
        @Nullable OnBehalfOf onBehalfOf) {
    /** The wishes of a letter, one filing each; what is to be corrected stays with the wish for that. */
    List<Filing> wishes() {
        if (rights == null || rights.isEmpty()) {
            return List.of(this);
        }
        return rights.stream()
                .distinct()
                .map(wish -> new Filing(
                        wish,
                        identifiers,
                        name,
                        language,
                        message,
                        organisation,
                        Right.CORRECTION.code().equals(wish) || rights.size() == 1 ? corrections : List.of(),
                        channel,
                        receivedAt,
                        null,
                        organisations,
                        onBehalfOf))
                .toList();
    }

    /** The companies that were named, {@code all} among them meaning every one; empty when nobody was. */
    List<String> companies() {
        if (organisations != null && !organisations.isEmpty()) {
            return organisations;
        }
        return organisation == null || organisation.isBlank() ? List.of() : List.of(organisation);
    }

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

    /** The person for whom somebody else asks, as typed. */
    public record OnBehalfOf(@Nullable String relation, @Nullable String name, @Nullable String email) {
        @Override
        public String toString() {
            return "OnBehalfOf[…]";
        }
    }

    /** By somebody who asks for herself. */
    public Filing(
            @Nullable String right,
            @Nullable Map<String, String> identifiers,
            @Nullable String name,
            @Nullable String language,
            @Nullable String message,
            @Nullable String organisation,
            @Nullable List<Wrong> corrections,
            @Nullable String channel,
            @Nullable String receivedAt) {
        this(
                right,
                identifiers,
                name,
                language,
                message,
                organisation,
                corrections,
                channel,
                receivedAt,
                null,
                null,
                null);
    }

    @Override
    public String toString() {
        return "Filing[" + right + "]";
    }
}
