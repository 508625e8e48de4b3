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
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.habeas.problem.StartFailure;

/** The key above all others: {@code keys/master.key} under HABEAS_HOME, made at the first start, readable by its owner. */
@ApplicationScoped
class MasterKey {
    private final byte[] key;
    private final Map<String, byte[]> derived = new ConcurrentHashMap<>();

    MasterKey(@ConfigProperty(name = "habeas.home") Path home) {
        this.key = load(home.resolve("keys").resolve("master.key"));
    }

    /** A key of its own for each purpose (RFC 5869); the caller does not change it. */
    byte[] derive(String purpose) {
        return derived.computeIfAbsent(purpose, this::derived);
    }

    private byte[] derived(String purpose) {
        try {
            return Hkdf.computeHkdf("HmacSha256", key, new byte[0], purpose.getBytes(StandardCharsets.UTF_8), 32);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] load(Path file) {
        try {
            if (!Files.exists(file)) {
                create(file);
            }
            byte[] key = Files.readAllBytes(file);
            if (key.length != 32) {
                throw stop(file, "is not a master key: it must have 32 bytes");
            }
            return key;
        } catch (IOException e) {
            throw stop(file, "cannot be read or made (" + e.getClass().getSimpleName() + ")");
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
