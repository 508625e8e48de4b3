package org.habeas.datamap;

/** What a blanked field becomes (contract section 10). Pseudonymised ({@link Hash}, {@link Random}) is not erased. */
public sealed interface Mask {
    /** SQL NULL. */
    record Clear() implements Mask {}

    /** The empty string. */
    record Empty() implements Mask {}

    /** A fixed text. */
    record Text(String text) implements Mask {}

    /** A keyed hash whose key is destroyed with the case. */
    record Hash() implements Mask {}

    /** Only the year of a date is kept: 1 January of that year. */
    record Year() implements Mask {}

    /** Random characters of the same format (letters, digits, e-mail shape). */
    record Random() implements Mask {}
}
