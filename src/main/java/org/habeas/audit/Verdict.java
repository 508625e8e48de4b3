package org.habeas.audit;

/** What a verifier found, in one line. */
public record Verdict(boolean sound, String line) {
    public Verdict {
        line = line.replaceAll("[\\p{Cntrl}]+", " ");
    }

    static Verdict sound(String line) {
        return new Verdict(true, line);
    }

    static Verdict wrong(String line) {
        return new Verdict(false, line);
    }
}
