package org.habeas.datamap;

/**
 * A fides_meta reference on a field X. {@code FROM}: rows of X's collection are found by values of {@code other};
 * {@code TO}: rows of {@code other}'s collection are found by X's values; {@code BOTH}: no direction was given.
 */
public record FieldReference(FieldAddress other, Direction direction) {
    public enum Direction {
        FROM,
        TO,
        BOTH
    }
}
