package org.habeas.vault;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.UUID;

/** What of a case goes at a time of its own and therefore lies under a key of its own; all else lies under the case's. */
public enum Part {
    /** What was found, and what was done with it. */
    FINDINGS,
    /** What showed who asks, or that she may. */
    EVIDENCE;

    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The id of this part's key, there or not ({@link Vault#partKey}). */
    public UUID of(UUID whole) {
        return UUID.nameUUIDFromBytes((whole + ":" + code()).getBytes(StandardCharsets.US_ASCII));
    }
}
