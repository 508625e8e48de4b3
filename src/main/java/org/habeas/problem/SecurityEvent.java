package org.habeas.problem;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Something that an administrator should see when it happens often: fired where it happens, in whatever transaction, and
 * counted by whoever watches. {@code about} is the account or the request that was tried; only a keyed hash of it is kept.
 */
public record SecurityEvent(Kind kind, String about) {
    public enum Kind {
        /** A code that was wrong or too old. */
        FAILED_CODE,
        /** A passphrase that opens no request of that reference. */
        FAILED_PASSPHRASE,
        /** A name and password, or a token, that nobody has. */
        REFUSED_SIGN_IN,
        /** Somebody signed in asked for what her role does not allow. */
        REFUSED_ROLE,
        /** More than a limit lets through. */
        LIMIT_HIT,
        /** A form without the token of its page, or sent from another site. */
        REFUSED_FORM,
        /** Data changed between the approval of a plan and its execution. */
        CHANGED_DATA;

        public String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        public static Optional<Kind> of(String code) {
            return Arrays.stream(values()).filter(k -> k.code().equals(code)).findFirst();
        }
    }

    @Override
    public String toString() {
        return "SecurityEvent[" + kind + "]";
    }
}
