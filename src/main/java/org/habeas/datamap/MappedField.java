package org.habeas.datamap;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One field of a collection. {@code name} is the column, or a dotted path inside a structured column; {@code categories}
 * are fideslang keys ({@code user.contact.email}); {@code identity} names the kind of identifier it carries ({@code email},
 * {@code phone_number}, {@code customer_number}); {@code mask} is the field's own mask, if the map gives one.
 */
public record MappedField(
        String name,
        List<String> categories,
        boolean primaryKey,
        Optional<String> identity,
        List<FieldReference> references,
        Optional<String> dataType,
        OptionalInt length,
        boolean readOnly,
        boolean exactMatch,
        Optional<Mask> mask,
        boolean correctable,
        Position at) {

    /** Whether it says something about a person: a category under {@code user}. */
    public boolean personal() {
        return categories.stream().anyMatch(c -> c.equals("user") || c.startsWith("user."));
    }

    /** Left out of an answer: it has categories and all of them lie under {@code system}. */
    public boolean technical() {
        return !categories.isEmpty()
                && categories.stream().allMatch(c -> c.equals("system") || c.startsWith("system."));
    }
}
