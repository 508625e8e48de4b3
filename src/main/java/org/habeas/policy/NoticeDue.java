package org.habeas.policy;

import java.util.List;
import java.util.UUID;

/**
 * Somebody is to be told of a different use, now and in this transaction; {@code id} is the mail's, so that telling her
 * twice is one mail. {@code link} leads to her choice.
 */
public record NoticeDue(
        UUID id, String address, String language, PolicyVersion version, List<String> purposes, String link) {
    @Override
    public String toString() {
        return "NoticeDue[" + id + "]";
    }
}
