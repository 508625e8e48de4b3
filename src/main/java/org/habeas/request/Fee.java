package org.habeas.request;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A fee for answering (Articles 12(5)(a) and 15(3)): proposed by one officer, asked for when another approved, and at its end
 * paid, waived, or not approved. {@code reason} is gone once the case has forgotten the person.
 */
public record Fee(
        UUID id,
        BigDecimal amount,
        String currency,
        String ground,
        List<String> checklist,
        Optional<String> reason,
        String officer,
        Instant proposedAt,
        Optional<String> approver,
        Optional<Instant> askedAt,
        Optional<Ending> ending) {
    /** How it ended. */
    public enum Ending {
        PAID,
        WAIVED,
        REJECTED;

        /** The name on the wire. */
        public String code() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** Proposed or asked for: the request is not fulfilled before it has an end. */
    public boolean stands() {
        return ending.isEmpty();
    }

    /** The person was told of it. */
    public boolean asked() {
        return askedAt.isPresent();
    }

    @Override
    public String toString() {
        return "Fee[" + id + "]";
    }
}
