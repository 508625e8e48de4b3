package org.habeas.request;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** For whom somebody asks who does not ask for herself: what she is to that person, the person's name and, if known, address. */
public record Behalf(Relation relation, String name, @Nullable String email) {
    public enum Relation {
        AGENT,
        PARENT,
        GUARDIAN,
        ESTATE;

        /** The name on the wire. */
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Optional<Relation> of(String code) {
            return Arrays.stream(values()).filter(r -> r.code().equals(code)).findFirst();
        }
    }

    @Override
    public String toString() {
        return "Behalf[" + relation + "]";
    }
}
