package org.habeas.audit;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The hashing of RFC 6962 section 2.1: a leaf is SHA-256(0x00 || bytes), a node SHA-256(0x01 || left || right), so that no
 * leaf can pass for a node. Cheap to make, kept for a loop, not for two threads.
 */
public final class TreeHasher {
    private static final byte LEAF = 0x00;
    private static final byte NODE = 0x01;

    private final MessageDigest sha256;

    public TreeHasher() {
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }

    /** The root of the tree without leaves: SHA-256 of nothing. */
    public Hash empty() {
        return finish();
    }

    public Hash leaf(byte[] entry) {
        return leaf(entry, 0, entry.length);
    }

    /** The leaf hash of a part of a buffer, which saves the reader of a million lines a million copies. */
    Hash leaf(byte[] buffer, int offset, int length) {
        sha256.update(LEAF);
        sha256.update(buffer, offset, length);
        return finish();
    }

    public Hash node(Hash left, Hash right) {
        sha256.update(NODE);
        sha256.update(left.shared(), 0, Hash.BYTES);
        sha256.update(right.shared(), 0, Hash.BYTES);
        return finish();
    }

    private Hash finish() {
        byte[] out = new byte[Hash.BYTES];
        try {
            sha256.digest(out, 0, out.length);
        } catch (DigestException e) {
            throw new IllegalStateException("a SHA-256 has 32 bytes", e);
        }
        return Hash.owning(out);
    }
}
