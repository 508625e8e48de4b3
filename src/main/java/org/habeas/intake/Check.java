package org.habeas.intake;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.habeas.problem.Invalid;
import org.jspecify.annotations.Nullable;

/** Collects everything that is wrong with an input, so that all of it is told at once. */
final class Check {
    private final List<Invalid.Violation> violations = new ArrayList<>();

    /** The value, or null after its violation was noted. */
    <T> @Nullable T of(Supplier<T> value) {
        try {
            return value.get();
        } catch (Invalid e) {
            violations.addAll(e.violations());
            return null;
        }
    }

    /** The value, or null after a violation was noted because there is none. */
    <T> @Nullable T present(Optional<T> value, String field, String message) {
        if (value.isEmpty()) {
            add(field, message);
        }
        return value.orElse(null);
    }

    void add(String field, String message) {
        violations.add(new Invalid.Violation(field, message));
    }

    /** Throws {@link Invalid} with all that was noted. */
    void done() {
        if (!violations.isEmpty()) {
            throw new Invalid(violations);
        }
    }
}
