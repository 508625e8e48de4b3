package org.habeas.intake;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.habeas.law.Right;

/** One question of the form, in the order in which they are asked. */
enum Step {
    RIGHT,
    CONTACT,
    CORRECTIONS,
    DETAILS,
    CHECK;

    static Optional<Step> of(String code) {
        return Arrays.stream(values()).filter(s -> s.code().equals(code)).findFirst();
    }

    /** The steps that somebody takes who asks for this right. */
    static List<Step> of(Draft draft) {
        return Arrays.stream(values())
                .filter(s -> s != CORRECTIONS || draft.right() == Right.CORRECTION)
                .toList();
    }

    String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    Step next(Draft draft) {
        List<Step> steps = of(draft);
        return steps.get(Math.min(steps.indexOf(this) + 1, steps.size() - 1));
    }

    /** Counted from one. */
    int number(Draft draft) {
        return of(draft).indexOf(this) + 1;
    }

    /** Whether a violation of the filing belongs to this question. */
    boolean asks(String field) {
        return switch (this) {
            case RIGHT -> field.equals("right");
            case CONTACT -> field.equals("identifiers.email");
            case CORRECTIONS -> field.startsWith("corrections");
            case DETAILS -> !field.startsWith("corrections")
                    && !field.equals("right")
                    && !field.equals("identifiers.email");
            case CHECK -> true;
        };
    }
}
