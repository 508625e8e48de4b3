package org.habeas.outbox;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** A mail as it lies in the outbox, opened. {@code failure} is the server's reply code, where it refused for good. */
record Posted(
        UUID id,
        String messageId,
        Instant at,
        State state,
        Optional<String> failure,
        String to,
        Optional<String> sender,
        String subject,
        String text,
        Optional<String> html) {

    /** What became of a mail. */
    enum State {
        WAITING,
        SENT,
        FAILED,
        OUTDATED;

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        static State of(String code) {
            return valueOf(code.toUpperCase(Locale.ROOT));
        }
    }

    /** Whether a server refused it for good. */
    public boolean failed() {
        return state == State.FAILED;
    }

    @Override
    public String toString() {
        return "Posted[" + id + ", " + state + "]";
    }
}
