package org.habeas.limit;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.habeas.problem.TooMany;
import org.habeas.vault.Secrets;
import org.habeas.vault.Vault;

/**
 * Work that a machine can show to have done, without anybody being told who it is: a number that gives the SHA-256 of
 * {@code CHALLENGE:NUMBER} so many leading zero bits. The challenge carries its own end and seal, so nothing is kept until a
 * solution is used, and then only that it was.
 */
@ApplicationScoped
public class Puzzles {
    /** About a million tries: a second or two in a browser. */
    static final int BITS = 20;

    private static final Duration VALID = Duration.ofHours(1);
    private static final Rate ONCE = new Rate(1, VALID);
    private static final Pattern CHALLENGE = Pattern.compile("([0-9]{1,12})\\.([0-9]{1,2})\\.[0-9A-Z]{16}");
    private static final Pattern SOLVED = Pattern.compile("(.{1,60})\\.([A-Za-z0-9_-]{43}):([0-9]{1,18})");

    private final Limits limits;
    private final Vault vault;
    private final Clock clock;

    Puzzles(Limits limits, Vault vault, Clock clock) {
        this.limits = limits;
        this.vault = vault;
        this.clock = clock;
    }

    /** A challenge, how many bits must be zero, and until when a solution counts. */
    public record Puzzle(String challenge, int bits, Instant expiresAt) {}

    public Puzzle next() {
        return next(BITS);
    }

    Puzzle next(int bits) {
        Instant end = clock.instant().plus(VALID);
        String plain = end.getEpochSecond() + "." + bits + "." + Secrets.symbols(16);
        return new Puzzle(plain + "." + seal(plain), bits, Instant.ofEpochSecond(end.getEpochSecond()));
    }

    /** Whether {@code CHALLENGE:NUMBER} is a solution of a puzzle of ours that is neither too old nor used; it is used now. */
    public boolean redeem(String solved) {
        Matcher parts = SOLVED.matcher(solved);
        if (!parts.matches() || !Secrets.same(parts.group(2), seal(parts.group(1)))) {
            return false;
        }
        Matcher challenge = CHALLENGE.matcher(parts.group(1));
        if (!challenge.matches()
                || !Secrets.lasts(Instant.ofEpochSecond(Long.parseLong(challenge.group(1))), VALID, clock.instant())
                || zeros(solved) < Integer.parseInt(challenge.group(2))) {
            return false;
        }
        try {
            limits.take("puzzle", parts.group(1), ONCE);
            return true;
        } catch (TooMany used) {
            return false;
        }
    }

    /** How many leading bits of its SHA-256 are zero. */
    static int zeros(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            int zeros = 0;
            for (byte b : hash) {
                if (b != 0) {
                    return zeros + Integer.numberOfLeadingZeros(b & 0xFF) - 24;
                }
                zeros += 8;
            }
            return zeros;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private String seal(String plain) {
        return vault.keyedHash("puzzle", plain);
    }
}
