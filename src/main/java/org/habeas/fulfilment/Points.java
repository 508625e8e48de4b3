package org.habeas.fulfilment;

import jakarta.enterprise.context.ApplicationScoped;

/** The named points of an execution at which a crash must do no harm; a test crashes at each of them. */
@ApplicationScoped
class Points {
    enum Point {
        PLANNED,
        KEPT_WRITTEN,
        STEPS_WRITTEN,
        BEGUN,
        BEFORE_STEP,
        STEP_APPLIED,
        STEP_RECORDED,
        ALL_DONE,
        READ_BACK
    }

    /** Passed; does nothing. */
    void pass(Point point) {}
}
