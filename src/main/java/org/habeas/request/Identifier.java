package org.habeas.request;

/**
 * What may identify the person in a system: {@code kind} as the data map's {@code identity} names it. It counts, and is
 * searched, only once it is proven; until then it is a hint for the officer. Prints without its value.
 */
public record Identifier(String kind, String value, boolean proven) {
    public static final String EMAIL = "email";

    @Override
    public String toString() {
        return kind + (proven ? " (proven)" : " (hint)");
    }
}
