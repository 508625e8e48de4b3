package org.habeas.retention;

import java.util.Locale;

/** How far a run is (contract section 6). */
enum RunState {
    WAITING_FOR_APPROVAL,
    RUNNING,
    DONE,
    FAILED;

    String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    boolean finished() {
        return this == DONE || this == FAILED;
    }
}
