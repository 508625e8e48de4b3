package org.habeas.demo;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;
import org.habeas.problem.StartFailure;

/** PostgreSQL's programs out of the jar, unpacked once; a folder's name is the archive's digest. */
final class Binaries {
    private final Path folder;

    private Binaries(Path folder) {
        this.folder = folder;
    }

    /** Unpacks into a folder beside its place and moves it there, so that a crash leaves nothing half done. */
    static Binaries in(Path parent) throws IOException {
        Path folder = parent.resolve("programs-" + digest());
        if (Files.notExists(folder)) {
            Path fresh = Files.createTempDirectory(parent, "unpacking");
            Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rwxr-xr-x"));
            unpack(fresh);
            Files.move(fresh, folder, StandardCopyOption.ATOMIC_MOVE);
            removeOthers(parent, folder);
        }
        return new Binaries(folder);
    }

    Path folder() {
        return folder;
    }

    String program(String name) {
        return folder.resolve("bin").resolve(name).toString();
    }

    /** The archive for this machine: zonky knows its name, and whether the machine's C library is musl. */
    private static InputStream open() {
        String system = System.getProperty("os.name").startsWith("Mac") ? "Darwin" : "Linux";
        String processor = System.getProperty("os.arch");
        try {
            return DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(system, processor);
        } catch (IOException | IllegalStateException e) {
            throw new StartFailure("This build has no PostgreSQL for " + system + " on " + processor
                    + ": build it on this machine, or name a database in QUARKUS_DATASOURCE_JDBC_URL");
        }
    }

    private static String digest() throws IOException {
        try (var stream = new DigestInputStream(open(), MessageDigest.getInstance("SHA-256"))) {
            stream.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(stream.getMessageDigest().digest(), 0, 6);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void unpack(Path folder) throws IOException {
        try (var tar = new TarArchiveInputStream(new XZCompressorInputStream(new BufferedInputStream(open())))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path target = folder.resolve(entry.getName()).normalize();
                if (!target.startsWith(folder)) {
                    throw new IOException("the archive of PostgreSQL is damaged");
                }
                write(tar, entry, target);
            }
        }
    }

    private static void write(TarArchiveInputStream tar, TarArchiveEntry entry, Path target) throws IOException {
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            return;
        }
        Files.createDirectories(target.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
        } else {
            Files.copy(tar, target);
            boolean runs = (entry.getMode() & 0100) != 0;
            Files.setPosixFilePermissions(target, PosixFilePermissions.fromString(runs ? "rwxr-xr-x" : "rw-r--r--"));
        }
    }

    /** Programs of an earlier build, and what a killed start left half unpacked. */
    private static void removeOthers(Path parent, Path keep) throws IOException {
        try (var children = Files.newDirectoryStream(parent, "{programs-*,unpacking*}")) {
            for (Path child : children) {
                if (!child.equals(keep)) {
                    remove(child);
                }
            }
        }
    }

    static void remove(Path folder) throws IOException {
        if (Files.notExists(folder)) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, IOException failure) throws IOException {
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
