package org.habeas.request;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How a request came in. Receipt is arrival in any official channel (law.md section 2). */
public enum Channel {
    PORTAL,
    POST,
    TELEPHONE,
    IN_PERSON,
    EMAIL;

    /** The name on the wire. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<Channel> of(String code) {
        return Arrays.stream(values()).filter(c -> c.code().equals(code)).findFirst();
    }
}
