package org.habeas.audit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/**
 * Where a history's key lies, apart from the database: {@code keys/history/ID} under HABEAS_HOME, for its owner alone.
 * {@code signing.key} is the key (its verifier key on the first line, then PKCS #8 in PEM), {@code retiring.key} the one
 * that it replaces and that vouches for it once, {@code last-checkpoint} the last head signed here: no database that was
 * rolled back or rewritten gets another one that contradicts it.
 */
final class KeyFolder {
    private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
    private static final String END = "-----END PRIVATE KEY-----";

    private final Path folder;
    private final String origin;

    KeyFolder(Path home, String origin) {
        this.folder = home.resolve("keys").resolve("history").resolve(origin.substring(origin.lastIndexOf('/') + 1));
        this.origin = origin;
    }

    /** The key that signs, made at the first call. */
    SigningKey signing() {
        Path file = folder.resolve("signing.key");
        try {
            if (!Files.exists(file)) {
                create(file, SigningKey.generate(origin));
            }
            return read(file);
        } catch (IOException e) {
            throw new UncheckedIOException("the history's key cannot be read or made: " + file, e);
        }
    }

    Optional<SigningKey> retiring() {
        Path file = folder.resolve("retiring.key");
        try {
            return Files.exists(file) ? Optional.of(read(file)) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("the history's old key cannot be read: " + file, e);
        }
    }

    /** The old key has vouched for the new one: only its public half is kept. */
    void retire(SigningKey old) {
        try {
            Path kept = folder.resolve("retired-" + old.verifier().id() + ".public.key");
            Files.writeString(kept, old.verifier() + "\n");
            Files.deleteIfExists(folder.resolve("retiring.key"));
        } catch (IOException e) {
            throw new UncheckedIOException("the history's old key cannot be retired", e);
        }
    }

    /** The last head that was signed here. */
    Optional<SignedNote> lastSigned() {
        Path file = folder.resolve("last-checkpoint");
        try {
            return Files.exists(file) ? Optional.of(SignedNote.parse(Files.readAllBytes(file))) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("the last signed head cannot be read: " + file, e);
        }
    }

    void remember(SignedNote head) {
        try {
            Path fresh = fresh("last-checkpoint");
            Files.writeString(fresh, head.toString(), StandardOpenOption.SYNC);
            Files.move(
                    fresh,
                    folder.resolve("last-checkpoint"),
                    StandardCopyOption.REPLACE_EXISTING,
                    StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("the signed head cannot be kept in " + folder, e);
        }
    }

    private void create(Path file, SigningKey key) throws IOException {
        Files.createDirectories(folder, ownerOnly(folder, "rwx------"));
        Path fresh = fresh("signing.key");
        String pem = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.pkcs8());
        Files.writeString(
                fresh, key.verifier() + "\n" + BEGIN + "\n" + pem + "\n" + END + "\n", StandardOpenOption.SYNC);
        try {
            Files.createLink(file, fresh);
        } catch (FileAlreadyExistsException e) {
            // another replica was quicker, and its key counts
        }
        Files.delete(fresh);
    }

    private Path fresh(String name) throws IOException {
        Path file = folder.resolve(name + "." + UUID.randomUUID());
        return Files.createFile(file, ownerOnly(folder, "rw-------"));
    }

    private static FileAttribute<?>[] ownerOnly(Path place, String permissions) {
        boolean posix = place.getFileSystem().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    private SigningKey read(Path file) throws IOException {
        String text = Files.readString(file, StandardCharsets.UTF_8);
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new Malformed(file + " is no key file");
        }
        VerifierKey verifier = VerifierKey.parse(text.substring(0, begin).strip());
        if (!verifier.name().equals(origin)) {
            throw new Malformed(file + " is the key of another history");
        }
        try {
            return SigningKey.of(Base64.getMimeDecoder().decode(text.substring(begin + BEGIN.length(), end)), verifier);
        } catch (IllegalArgumentException e) {
            throw new Malformed(file + " is no key file");
        }
    }
}
