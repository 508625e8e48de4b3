package org.habeas.request;

import java.util.Optional;
import java.util.regex.Pattern;
import org.habeas.problem.NotFound;
import org.habeas.vault.Secrets;

/** The name of a request that a person can read out: {@code H-7K3Q-9M2X-4T}; ten random symbols, it does not count up. */
public record Reference(String text) {
    private static final Pattern FORM =
            Pattern.compile("H-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{2}");

    public Reference {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException("not a reference");
        }
    }

    public static Reference random() {
        return ofSymbols(Secrets.symbols(10));
    }

    /** A reference as people type it: without regard to case, dashes, spaces. Empty when it cannot be one. */
    public static Optional<Reference> typed(String text) {
        String symbols = Secrets.normal(text);
        return symbols.matches("H[0-9A-HJKMNP-TV-Z]{10}")
                ? Optional.of(ofSymbols(symbols.substring(1)))
                : Optional.empty();
    }

    /** The reference that was typed; what cannot be one names nothing, so {@link NotFound}. */
    public static Reference required(String text) {
        return typed(text).orElseThrow(() -> new NotFound(Requests.UNKNOWN));
    }

    private static Reference ofSymbols(String s) {
        return new Reference("H-" + s.substring(0, 4) + "-" + s.substring(4, 8) + "-" + s.substring(8));
    }

    @Override
    public String toString() {
        return text;
    }
}
