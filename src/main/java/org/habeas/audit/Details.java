package org.habeas.audit;

import java.util.UUID;

/** The personal side of an act: bytes that are sealed under the case's key and become unreadable with it. */
public record Details(UUID key, byte[] bytes) {
    public Details {
        bytes = bytes.clone();
    }

    @Override
    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public String toString() {
        return "Details[under key " + key + "]";
    }
}
