package org.habeas.vault;

import com.google.crypto.tink.subtle.Hkdf;
import com.google.crypto.tink.subtle.Random;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.habeas.problem.StartFailure;

/**
 * The keys above all others: {@code keys/master.key} under HABEAS_HOME, made at the first start, readable by its owner, and
 * {@code master-1.key}, {@code master-2.key}, … that an operator puts beside it. The newest wraps keys; what is derived
 * for anything else stays with the first, because nobody could make its hashes again.
 */
@ApplicationScoped
class MasterKey {
    private static final Pattern LATER = Pattern.compile("master-([1-9][0-9]{0,5})\\.key");
    private static final long LOOK_AGAIN = TimeUnit.MINUTES.toNanos(1);

    private final Path folder;
    private final byte[] key;
    private final Map<String, byte[]> derived = new ConcurrentHashMap<>();
    private final Map<Integer, byte[]> wrapping = new ConcurrentHashMap<>();
    private volatile int newest;
    private volatile long lookedAt;

    MasterKey(@ConfigProperty(name = "habeas.home") Path home) {
        this.folder = home.resolve("keys");
        this.key = first(folder.resolve("master.key"));
        look();
    }

    /** A key of its own for each purpose (RFC 5869); the caller does not change it. */
    byte[] derive(String purpose) {
        return derived.computeIfAbsent(purpose, p -> derived(key, p));
    }

    /** The number of the key that wraps from now on: 0 is {@code master.key}. */
    int newest() {
        if (System.nanoTime() - lookedAt > LOOK_AGAIN) {
            look();
        }
        return newest;
    }

    /** What wraps keys under the master key of this number; the caller does not change it. */
    byte[] wrapping(int number) {
        return wrapping.computeIfAbsent(number, n -> derived(n == 0 ? key : read(file(n)), "wrap"));
    }

    /** Looks which keys there are. */
    final void look() {
        lookedAt = System.nanoTime();
        try (Stream<Path> files = Files.list(folder)) {
            newest = files.map(file -> LATER.matcher(file.getFileName().toString()))
                    .filter(Matcher::matches)
                    .mapToInt(number -> Integer.parseInt(number.group(1)))
                    .max()
                    .orElse(0);
        } catch (IOException e) {
            throw stop(folder, "cannot be read (" + e.getClass().getSimpleName() + ")");
        }
        // one that cannot be used stops here, and not when a key has been wrapped by it
        wrapping(newest);
    }

    private Path file(int number) {
        return folder.resolve("master-" + number + ".key");
    }

    private static byte[] derived(byte[] key, String purpose) {
        try {
            return Hkdf.computeHkdf("HmacSha256", key, new byte[0], purpose.getBytes(StandardCharsets.UTF_8), 32);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] first(Path file) {
        try {
            if (!Files.exists(file)) {
                create(file);
            }
        } catch (IOException e) {
            throw stop(file, "cannot be made (" + e.getClass().getSimpleName() + ")");
        }
        return read(file);
    }

    private static byte[] read(Path file) {
        try {
            byte[] key = Files.readAllBytes(file);
            if (key.length != 32) {
                throw stop(file, "is not a master key: it must have 32 bytes");
            }
            return key;
        } catch (IOException e) {
            throw stop(file, "cannot be read (" + e.getClass().getSimpleName() + ")");
        }
    }

    private static StartFailure stop(Path file, String why) {
        return new StartFailure("HABEAS_HOME: " + file + " " + why + "; put it back from a copy");
    }

    private static void create(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        boolean posix = Files.getFileStore(file.getParent()).supportsFileAttributeView("posix");
        Path fresh = file.resolveSibling("master.key." + ProcessHandle.current().pid());
        Files.deleteIfExists(fresh);
        if (posix) {
            Files.createFile(fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } else {
            Files.createFile(fresh);
        }
        byte[] key = Random.randBytes(32);
        Files.write(fresh, key, StandardOpenOption.WRITE, StandardOpenOption.SYNC);
        Arrays.fill(key, (byte) 0);
        // a link fails where another replica was quicker, and then its key counts
        try {
            Files.createLink(file, fresh);
        } catch (java.nio.file.FileAlreadyExistsException e) {
            // the other replica's key is read next
        }
        Files.delete(fresh);
    }
}
