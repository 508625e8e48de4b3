package org.habeas.casework;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a page confirms after something was done: a word in the address, one of these and nothing else. */
final class Said {
    private static final Set<String> ALL = Set.of(
            "written",
            "noted",
            "assigned",
            "told",
            "ending",
            "kept",
            "letter",
            "dropped",
            "duplicate",
            "let_in",
            "extended",
            "paused",
            "resumed",
            "verified",
            "waived",
            "answered",
            "decided",
            "approved",
            "sent_back",
            "fee_proposed",
            "fee_asked",
            "fee_paid",
            "fee_waived");

    private Said() {}

    static @Nullable String known(@Nullable String said) {
        return said != null && ALL.contains(said) ? said : null;
    }
}
