package org.habeas.demo;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.function.Supplier;
import org.habeas.problem.StartFailure;

/** HABEAS_HOME: where the embedded database, keys and packages lie. What it makes only its owner can read. */
public final class Home {
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> OWNER_FILE = PosixFilePermissions.fromString("rw-------");

    private final Path path;

    private Home(Path path) {
        this.path = path;
    }

    /** The folder, made where it is missing; fails with one line where it cannot be used. */
    public static Home at(Path path) {
        Home home = new Home(path.toAbsolutePath().normalize());
        try {
            if (Files.exists(home.path) && !Files.isDirectory(home.path)) {
                throw new StartFailure(home + " is not a folder");
            }
            makeFolder(home.path);
            Files.delete(Files.createTempFile(home.path, "write", ".probe"));
            return home;
        } catch (IOException e) {
            throw home.unusable("cannot be written to", e);
        }
    }

    public Path path() {
        return path;
    }

    /** A folder in it, made where it is missing. */
    public Path folder(String name) {
        try {
            return makeFolder(path.resolve(name));
        } catch (IOException e) {
            throw unusable("cannot be written to", e);
        }
    }

    /** The secret of this name, made once and kept. */
    public String secret(String name, Supplier<String> made) {
        Path file = folder("secrets").resolve(name);
        try {
            if (Files.notExists(file)) {
                keep(file, made.get() + System.lineSeparator());
            }
            String secret = Files.readString(file).strip();
            if (secret.isEmpty()) {
                throw new StartFailure(this + ": " + path.relativize(file)
                        + " is empty: put it back from a copy, or start with another HABEAS_HOME");
            }
            return secret;
        } catch (IOException e) {
            throw unusable("cannot be read", e);
        }
    }

    /** Writes beside its place and links it there: whole or not at all, and where two start at once the first one counts. */
    private static void keep(Path file, String text) throws IOException {
        Path fresh = Files.createTempFile(file.getParent(), file.getFileName().toString(), ".new");
        Files.writeString(fresh, text, StandardOpenOption.SYNC);
        restrict(fresh, OWNER_FILE);
        try {
            Files.createLink(file, fresh);
        } catch (FileAlreadyExistsException e) {
            // the other start's secret is read next
        } finally {
            Files.delete(fresh);
        }
    }

    /** Holds the folder for this process; the operating system gives it back however the process ends. */
    public Closeable lock() {
        try {
            FileChannel file = FileChannel.open(
                    path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (tryLock(file)) {
                return file;
            }
            file.close();
        } catch (IOException e) {
            throw unusable("cannot be locked", e);
        }
        throw new StartFailure(
                this + " is in use by another portal: stop that one, or start this one with another HABEAS_HOME");
    }

    private static boolean tryLock(FileChannel file) throws IOException {
        try {
            return file.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    private static Path makeFolder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder);
            restrict(folder, OWNER_ONLY);
        }
        return folder;
    }

    private static void restrict(Path path, Set<PosixFilePermission> permissions) throws IOException {
        if (Files.getFileStore(path).supportsFileAttributeView("posix")) {
            Files.setPosixFilePermissions(path, permissions);
        }
    }

    StartFailure unusable(String how, IOException why) {
        String reason = why instanceof FileSystemException file && file.getReason() != null
                ? file.getReason()
                : why.getClass().getSimpleName().replace("Exception", "");
        String where =
                why instanceof FileSystemException file && file.getFile() != null ? file.getFile() : path.toString();
        return new StartFailure(this + " " + how + ": " + where + ": " + reason);
    }

    @Override
    public String toString() {
        return "HABEAS_HOME " + path;
    }
}
