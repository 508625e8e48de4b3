package org.habeas.fulfilment;

import java.util.Locale;

/** How far one system has answered. */
public enum SystemStatus {
    PENDING,
    RUNNING,
    FOUND,
    NONE,
    FAILED,
    WAIVED;

    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether nothing more is expected of the system. */
    public boolean answered() {
        return this == FOUND || this == NONE || this == WAIVED;
    }
}
