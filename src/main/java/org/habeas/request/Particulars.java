package org.habeas.request;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the person said of herself and her wish; kept sealed under the case's key. */
public record Particulars(@Nullable String name, @Nullable String message, List<Correction> corrections) {
    public Particulars {
        corrections = corrections == null ? List.of() : List.copyOf(corrections);
    }

    @Override
    public String toString() {
        return "Particulars[…]";
    }
}
