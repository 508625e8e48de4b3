package org.habeas.intake;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.habeas.law.Right;

/** One question of the form, in the order in which they are asked. */
enum Step {
    RIGHT,
    WHOM,
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
                .filter(s -> s != WHOM || draft.filing().onBehalfOf() != null)
                .toList();
    }

    String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    Step next(Draft draft) {
        List<Step> steps = of(draft);
        return steps.stream()
                .filter(step -> step.ordinal() > ordinal())
                .findFirst()
                .orElse(CHECK);
    }

    /** Counted from one. */
    int number(Draft draft) {
        return (int)
                of(draft).stream().filter(step -> step.ordinal() <= ordinal()).count();
    }

    /** Whether a violation of the filing belongs to this question. */
    boolean asks(String field) {
        return switch (this) {
            case RIGHT -> field.equals("right");
            case CONTACT -> field.equals("identifiers.email");
            case WHOM -> field.startsWith("on_behalf_of");
            case CORRECTIONS -> field.startsWith("corrections");
            case DETAILS -> !field.startsWith("corrections")
                    && !field.startsWith("on_behalf_of")
                    && !field.equals("right")
                    && !field.equals("identifiers.email");
            case CHECK -> true;
        };
    }
}
