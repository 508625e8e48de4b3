package org.habeas.mandate;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.habeas.request.Behalf;

/** Whether somebody may act for another person: what she sent to show it, and what an officer says of it. */
public record Mandate(
        String reference,
        Behalf behalf,
        State state,
        Optional<String> officer,
        Optional<Instant> decidedAt,
        Optional<String> reason,
        List<Sent> files,
        boolean open) {
    public enum State {
        AWAITED,
        ACCEPTED,
        REJECTED;

        public String code() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** A file that was sent; until it is {@code ready} nobody reads it. {@code name} is what the sender called it. */
    public record Sent(UUID id, String name, String type, long size, Instant at, boolean ready) {
        public long kilobytes() {
            return Math.max(1, size / 1024);
        }

        @Override
        public String toString() {
            return "Sent[" + id + "]";
        }
    }

    public boolean undecided() {
        return open && state != State.ACCEPTED;
    }

    @Override
    public String toString() {
        return "Mandate[" + reference + ", " + state + "]";
    }
}
