package org.habeas.audit;

import com.google.crypto.tink.subtle.Ed25519Verify;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/** An Ed25519 public key with its name, in the C2SP form {@code name+hexid+base64(0x01 || key)} (c2sp.org/signed-note). */
public final class VerifierKey {
    static final byte ED25519 = 0x01;
    static final int ID_BYTES = 4;

    private static final int KEY_BYTES = 32;

    private final String name;
    private final byte[] id;
    private final byte[] raw;

    private VerifierKey(String name, byte[] raw) {
        this.name = name;
        this.raw = raw;
        this.id = idOf(name, raw);
    }

    /** The key with this name and these 32 bytes (RFC 8032). */
    static VerifierKey of(String name, byte[] raw) {
        if (!isName(name)) {
            throw new Malformed("a key's name is not empty and has neither spaces nor +");
        }
        if (raw.length != KEY_BYTES) {
            throw new Malformed("an Ed25519 public key has " + KEY_BYTES + " bytes, not " + raw.length);
        }
        return new VerifierKey(name, raw.clone());
    }

    static VerifierKey of(String name, PublicKey key) {
        byte[] encoded = key.getEncoded();
        return of(name, Arrays.copyOfRange(encoded, encoded.length - KEY_BYTES, encoded.length));
    }

    /** Reads the C2SP form; every departure from it is {@link Malformed}. One newline at the end is allowed. */
    public static VerifierKey parse(String text) {
        String line = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
        String[] parts = line.split("\\+", 3);
        if (parts.length != 3) {
            throw new Malformed("a verifier key is name+id+key");
        }
        byte[] typed = StrictBase64.decode(parts[2], "a verifier key");
        if (typed.length != KEY_BYTES + 1 || typed[0] != ED25519) {
            throw new Malformed("only Ed25519 verifier keys are understood");
        }
        VerifierKey key = of(parts[0], Arrays.copyOfRange(typed, 1, typed.length));
        if (!key.id().equals(parts[1])) {
            throw new Malformed("the verifier key's id is " + key.id() + ", not what it says");
        }
        return key;
    }

    static boolean isName(String name) {
        return !name.isEmpty()
                && name.chars().noneMatch(c -> c == '+' || Character.isSpaceChar(c) || Character.isWhitespace(c));
    }

    public String name() {
        return name;
    }

    /** The key's id: the first four bytes of SHA-256(name || 0x0A || 0x01 || key), in hex. */
    public String id() {
        return HexFormat.of().formatHex(id);
    }

    byte[] idBytes() {
        return id.clone();
    }

    /** Whether this is the key's signature over the text. */
    boolean verifies(byte[] text, byte[] signature) {
        try {
            // several times as fast as the one in Java 17, which counts where a bundle has thousands of heads
            new Ed25519Verify(raw).verify(signature, text);
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static byte[] idOf(String name, byte[] raw) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update((name + "\n").getBytes(StandardCharsets.UTF_8));
            sha256.update(ED25519);
            return Arrays.copyOf(sha256.digest(raw), ID_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VerifierKey that && name.equals(that.name) && Arrays.equals(raw, that.raw);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(raw);
    }

    /** The C2SP form. */
    @Override
    public String toString() {
        byte[] typed = new byte[KEY_BYTES + 1];
        typed[0] = ED25519;
        System.arraycopy(raw, 0, typed, 1, KEY_BYTES);
        return name + "+" + id() + "+" + Base64.getEncoder().encodeToString(typed);
    }
}
