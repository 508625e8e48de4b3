package org.habeas.fulfilment;

/**
 * Whose a found row is (contract section 10). {@code OWN} carries her identifier or points at a row of her own; {@code
 * REACHED} is pointed at by hers alone and holds personal data, so it goes with her; {@code SHARED} is pointed at by others
 * too; {@code CONTEXT} is pointed at by nobody else, but says nothing about a person.
 */
public enum Standing {
    OWN,
    REACHED,
    SHARED,
    CONTEXT;

    /** Whether an erasure may touch it. */
    public boolean hers() {
        return this == OWN || this == REACHED;
    }
}
