package org.habeas.datamap;

import java.util.Locale;

/** What the check of a data map has to say about one place; printed as {@code file:line: severity: message}. */
public record Finding(Position at, Severity severity, String message) {
    /** An error stops the start; a warning is probably a mistake; a note names a default that was used. */
    public enum Severity {
        ERROR,
        WARNING,
        NOTE
    }

    public boolean isError() {
        return severity == Severity.ERROR;
    }

    @Override
    public String toString() {
        return at + ": " + severity.name().toLowerCase(Locale.ROOT) + ": " + message;
    }
}
