package org.habeas.audit;

import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/** A SHA-256 value of the tree: 32 bytes, immutable, printed in hex. */
public final class Hash {
    public static final int BYTES = 32;

    private final byte[] value;

    private Hash(byte[] value) {
        this.value = value;
    }

    /** The hash with these 32 bytes; anything of another length is refused. */
    public static Hash of(byte[] value) {
        if (value.length != BYTES) {
            throw new IllegalArgumentException("a hash has " + BYTES + " bytes, not " + value.length);
        }
        return new Hash(value.clone());
    }

    /** Takes the array over without a copy: for arrays that nobody else holds. */
    static Hash owning(byte[] value) {
        return new Hash(value);
    }

    public byte[] bytes() {
        return value.clone();
    }

    /** The bytes without a copy, for readers in this package that do not change them. */
    byte[] shared() {
        return value;
    }

    public String base64() {
        return Base64.getEncoder().encodeToString(value);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Hash that && Arrays.equals(value, that.value);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(value);
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(value);
    }
}
