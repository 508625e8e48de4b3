package org.habeas.datamap;

import java.util.List;

/**
 * A fides_meta reference on a field X. {@code FROM}: rows of X's collection are found by values of {@code other};
 * {@code TO}: rows of {@code other}'s collection are found by X's values; {@code BOTH}: no direction was given.
 * {@code groups} are the composite keys that the field is a part of, where the map names them; without them the primary
 * key decides what belongs together.
 */
public record FieldReference(FieldAddress other, Direction direction, List<String> groups) {
    public FieldReference {
        groups = List.copyOf(groups);
    }

    public FieldReference(FieldAddress other, Direction direction) {
        this(other, direction, List.of());
    }

    public enum Direction {
        FROM,
        TO,
        BOTH
    }
}
