package org.habeas.policy;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Whether a version of the policy uses the data as before, or for something that people must be asked about. */
public enum Use {
    SAME,
    DIFFERENT;

    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Use> of(String code) {
        return Arrays.stream(values()).filter(u -> u.code().equals(code)).findFirst();
    }
}
