package org.habeas.limit;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** So many in so long, written {@code 100/PT1H}; the allowance comes back evenly. */
public record Rate(long count, Duration per) {
    private static final Pattern FORM = Pattern.compile("(\\d{1,9})/(P\\S+)");

    public Rate {
        if (count < 1 || per.isZero() || per.isNegative()) {
            throw new IllegalArgumentException("a rate is at least 1 in some time");
        }
    }

    /** A rate as the settings write it, or an {@link IllegalArgumentException} that says what is allowed. */
    public static Rate parse(CharSequence text) {
        Matcher form = FORM.matcher(text);
        try {
            if (form.matches()) {
                return new Rate(Long.parseLong(form.group(1)), Duration.parse(form.group(2)));
            }
        } catch (DateTimeParseException | IllegalArgumentException e) {
            // told below, with what is allowed
        }
        throw new IllegalArgumentException(
                "'" + text + "' is no rate; allowed is a count and a duration, as in 100/PT1H");
    }

    @Override
    public String toString() {
        return count + "/" + per;
    }
}
