package org.habeas.delivery;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** The zip being written, which remembers size and digest of every file for the manifest. */
final class PackageZip {
    /** One line of the manifest; the digest is SHA-256 in hex. */
    record Written(String name, long size, String sha256) {}

    interface File {
        void writeTo(OutputStream out) throws IOException;
    }

    private final ZipOutputStream zip;
    private final FileTime time;
    private final List<Written> written = new ArrayList<>();
    private final Set<String> names = new HashSet<>();

    PackageZip(OutputStream out, Instant time) {
        this.zip = new ZipOutputStream(out);
        this.time = FileTime.from(time);
    }

    /** A name without anything that could lead out of a folder or that some system does not allow. */
    static String safe(String name) {
        return name.replaceAll("[^\\p{L}\\p{N}._ -]", "_");
    }

    /** Adds a file under this name, or one like it where the name is taken. */
    void add(String wanted, File file) throws IOException {
        String name = free(wanted);
        ZipEntry entry = new ZipEntry(name);
        entry.setLastModifiedTime(time);
        zip.putNextEntry(entry);
        Measuring measuring = new Measuring(zip);
        BufferedOutputStream buffered = new BufferedOutputStream(measuring, 32 * 1024);
        file.writeTo(buffered);
        buffered.flush();
        zip.closeEntry();
        written.add(new Written(name, measuring.size, HexFormat.of().formatHex(measuring.digest.digest())));
    }

    List<Written> written() {
        return List.copyOf(written);
    }

    /** Ends the zip and leaves the stream below open. */
    void finish() throws IOException {
        zip.finish();
        zip.flush();
    }

    private String free(String wanted) {
        int dot = wanted.lastIndexOf('.');
        String name = wanted;
        // names that differ in case alone are one file to some systems
        for (int i = 2; !names.add(name.toLowerCase(Locale.ROOT)); i++) {
            name = wanted.substring(0, dot) + "-" + i + wanted.substring(dot);
        }
        return name;
    }

    /** Counts and digests what goes by, and leaves the zip open. */
    private static final class Measuring extends FilterOutputStream {
        private final MessageDigest digest;
        private long size;

        Measuring(OutputStream out) {
            super(out);
            try {
                this.digest = MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
            digest.update(bytes, offset, length);
            size += length;
        }
    }
}
