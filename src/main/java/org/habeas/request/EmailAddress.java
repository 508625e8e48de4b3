package org.habeas.request;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** An e-mail address in lower case, at most 254 characters (RFC 5321); prints masked. */
public record EmailAddress(String text) {
    private static final Pattern FORM = Pattern.compile(
            "[^\\s@<>()\\[\\],;:\\\\\"\\p{Cntrl}]{1,64}@(?=.{3,189}$)[\\p{L}\\p{N}](?:[\\p{L}\\p{N}-]*[\\p{L}\\p{N}])?(?:\\.[\\p{L}\\p{N}](?:[\\p{L}\\p{N}-]*[\\p{L}\\p{N}])?)+");

    public EmailAddress {
        if (!FORM.matcher(text).matches() || !text.equals(text.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException("not an e-mail address");
        }
    }

    /** The address as typed, trimmed and in lower case; empty when it is none. */
    public static Optional<EmailAddress> of(String typed) {
        String text = typed.strip().toLowerCase(Locale.ROOT);
        return text.length() <= 254 && FORM.matcher(text).matches()
                ? Optional.of(new EmailAddress(text))
                : Optional.empty();
    }

    /** {@code a•••@example.org}: enough for an officer to tell cases apart. */
    public String masked() {
        int at = text.indexOf('@');
        return text.substring(0, text.offsetByCodePoints(0, 1)) + "•••" + text.substring(at);
    }

    @Override
    public String toString() {
        return masked();
    }
}
