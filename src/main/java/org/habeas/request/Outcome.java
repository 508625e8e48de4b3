package org.habeas.request;

import java.util.Locale;

/** How a closed request ended. */
public enum Outcome {
    FULFILLED,
    PARTLY_FULFILLED,
    REFUSED,
    WITHDRAWN,
    ABANDONED,
    DUPLICATE;

    /** The name on the wire. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
