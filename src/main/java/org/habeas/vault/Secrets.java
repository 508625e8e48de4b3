package org.habeas.vault;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;

/** What people are given to keep or to type: made at random, compared in constant time. */
public final class Secrets {
    /** Crockford's base 32: no I, L, O, U. */
    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    private static final SecureRandom RANDOM = new SecureRandom();

    private static final Duration BETWEEN_CLOCKS = Duration.ofMinutes(1);

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

    /**
     * Whether what was given for this long and until then still counts: it is not over, and does not last longer than it was
     * given for, as it would after the clock was set back (a minute apart do replicas' clocks not matter).
     */
    public static boolean lasts(Instant until, Duration given, Instant now) {
        return now.isBefore(until) && !until.isAfter(now.plus(given).plus(BETWEEN_CLOCKS));
    }

    /** Whether both are equal, in a time that does not depend on where they differ. */
    public static boolean same(String a, String b) {
        return MessageDigest.isEqual(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
    }
}
