package org.habeas.request;

import java.util.Locale;

/** Where a request stands (contract section 5). Extension, pause, hold and assignment are facts beside it. */
public enum State {
    UNVERIFIED,
    OPEN,
    WAITING,
    REVIEW,
    APPROVAL,
    EXECUTING,
    CLOSED;

    /** The name on the wire. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
