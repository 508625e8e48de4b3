package org.habeas.datamap;

/** Where in the map's files something was said; printed as {@code file:line}. */
public record Position(String file, int line) {
    public static final Position NONE = new Position("", 0);

    @Override
    public String toString() {
        return file + ":" + line;
    }
}
