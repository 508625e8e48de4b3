package org.habeas.problem;

import java.util.List;
import java.util.Optional;

/** The input breaks a rule; every violation names its field and what is allowed there. */
public final class Invalid extends Problem {
    /** One broken rule. {@code field} is the name on the wire, {@code message} says what is allowed. */
    public record Violation(String field, String message) {}

    private final transient List<Violation> violations;

    public Invalid(List<Violation> violations) {
        super(violations.size() == 1 ? violations.get(0).message() : violations.size() + " fields are not valid");
        this.violations = List.copyOf(violations);
    }

    /** Nothing is wrong (yet): what a form starts with. */
    public static Invalid nothing() {
        return new Invalid(List.of());
    }

    public static Invalid field(String field, String message) {
        return new Invalid(List.of(new Violation(field, message)));
    }

    public List<Violation> violations() {
        return violations;
    }

    public boolean any() {
        return !violations.isEmpty();
    }

    /** What is wrong with this field, if anything is. */
    public Optional<String> of(String field) {
        return violations.stream()
                .filter(v -> v.field().equals(field))
                .map(Violation::message)
                .findFirst();
    }
}
