package org.habeas.request;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/**
 * The data is kept and not used (Article 18), on a ground of Article 18(1); once the person was told, {@code endsOn} is the
 * first day on which it may be used again (18(3)).
 */
public record Restriction(String ground, Instant since, Optional<LocalDate> endsOn, Optional<Instant> liftedAt) {
    public boolean stands() {
        return liftedAt.isEmpty();
    }
}
