package org.habeas.request;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the person said of herself and her wish; kept sealed under the case's key. */
public record Particulars(
        @Nullable String name, @Nullable String message, List<Correction> corrections, @Nullable Behalf behalf) {
    public Particulars {
        corrections = corrections == null ? List.of() : List.copyOf(corrections);
    }

    /** Of somebody who asks for herself. */
    public Particulars(@Nullable String name, @Nullable String message, List<Correction> corrections) {
        this(name, message, corrections, null);
    }

    @Override
    public String toString() {
        return "Particulars[…]";
    }
}
