package org.habeas.vault;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Locale;

/** What people are given to keep or to type: made at random, compared in constant time. */
public final class Secrets {
    /** Crockford's base 32: no I, L, O, U. */
    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    private static final SecureRandom RANDOM = new SecureRandom();

    private Secrets() {}

    /** 140 random bits as seven groups of four characters. */
    public static String passphrase() {
        return String.join("-", symbols(4), symbols(4), symbols(4), symbols(4), symbols(4), symbols(4), symbols(4));
    }

    /** A passphrase made of these random bytes, of which 18 are used: the same bytes give the same one. */
    public static String passphrase(byte[] random) {
        BigInteger bits = new BigInteger(1, Arrays.copyOf(random, 18));
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 28; i++) {
            text.append(i > 0 && i % 4 == 0 ? "-" : "");
            text.append(ALPHABET.charAt(bits.shiftRight(5 * i).intValue() & 31));
        }
        return text.toString();
    }

    /** Six digits. */
    public static String code() {
        return String.format(Locale.ROOT, "%06d", RANDOM.nextInt(1_000_000));
    }

    /** So many random symbols of Crockford's base 32, five bits each. */
    public static String symbols(int count) {
        StringBuilder text = new StringBuilder(count);
        for (int i = 0; i < count; i++) {
            text.append(ALPHABET.charAt(RANDOM.nextInt(32)));
        }
        return text.toString();
    }

    /** A passphrase as typed: without regard to case, spaces, dashes, and the letters that look like digits. */
    public static String normal(String typed) {
        return typed.strip()
                .toUpperCase(Locale.ROOT)
                .replaceAll("[\\s-]", "")
                .replace('I', '1')
                .replace('L', '1')
                .replace('O', '0');
    }

    /** Whether both are equal, in a time that does not depend on where they differ. */
    public static boolean same(String a, String b) {
        return MessageDigest.isEqual(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
    }
}
