package org.habeas.notification;

import java.util.Optional;
import org.habeas.law.Ground;
import org.habeas.law.Regime.RefusalPart;
import org.habeas.problem.NotPossible;

/**
 * What an answer says that refuses something: the ground and why it applies here. It is whole or cannot be made (Article
 * 12(4) and the regime's {@link org.habeas.law.Regime#refusal() parts}).
 */
record Refusal(Ground ground, String why) {
    /** The refusal, or {@link NotPossible} that names the part which is missing. */
    static Refusal of(Facts facts, Letterhead head, Optional<Ground> ground, Optional<String> why) {
        for (RefusalPart part : facts.regime().refusal()) {
            missing(part, head, ground, why).ifPresent(key -> {
                throw new NotPossible(key);
            });
        }
        return new Refusal(
                ground.orElseThrow(() -> new NotPossible("letter_lacks_ground")),
                why.orElseThrow(() -> new NotPossible("letter_lacks_why")));
    }

    /** The sentence that says what is missing; what and court stand in every such letter by themselves. */
    private static Optional<String> missing(
            RefusalPart part, Letterhead head, Optional<Ground> ground, Optional<String> why) {
        return switch (part) {
            case WHAT, COURT -> Optional.empty();
            case GROUND -> ground.isPresent() ? Optional.empty() : Optional.of("letter_lacks_ground");
            case WHY -> why.filter(w -> !w.isBlank()).isPresent() ? Optional.empty() : Optional.of("letter_lacks_why");
            case OWN_COMPLAINT -> head.contact().isBlank()
                    ? Optional.of("letter_lacks_own_complaint")
                    : Optional.empty();
            case AUTHORITY -> head.authorityCanBeReached() ? Optional.empty() : Optional.of("letter_lacks_authority");
        };
    }
}
