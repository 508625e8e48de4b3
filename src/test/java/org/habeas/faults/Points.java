package org.habeas.faults;

import java.util.List;

/** The named points of an execution, in the order in which they are passed. */
final class Points {
    static final List<String> PLANNING = List.of("PLANNED", "KEPT_WRITTEN", "STEPS_WRITTEN", "BEGUN");
    static final List<String> STEPS = List.of("BEFORE_STEP", "STEP_APPLIED", "STEP_RECORDED");
    static final List<String> ENDING = List.of("ALL_DONE", "READ_BACK");

    private Points() {}
}
