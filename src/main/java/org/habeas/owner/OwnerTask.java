package org.habeas.owner;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.habeas.request.Identifier;

/** A task as its owner sees it once she has typed the code; {@code identifiers} are the proven ones to look for. */
public record OwnerTask(
        UUID id,
        String system,
        boolean execute,
        Instant expiresAt,
        List<Identifier> identifiers,
        List<String> collections,
        String ticket) {
    @Override
    public String toString() {
        return "OwnerTask[" + system + "]";
    }
}
