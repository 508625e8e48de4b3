package org.habeas.policy;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;

/**
 * Somebody's data was given to somebody outside the declared list. {@code ground} is the law that it was given under;
 * {@code withheld} the code of the ground that forbids telling the person, if one does.
 */
public record Disclosure(
        UUID id,
        String recipient,
        boolean authority,
        String what,
        String ground,
        LocalDate disclosedOn,
        Optional<String> withheld,
        String recordedBy,
        Instant recordedAt) {
    @Override
    public String toString() {
        return "Disclosure[" + id + "]";
    }
}
