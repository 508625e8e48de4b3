package org.habeas.audit;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** A bundle as it is downloaded. */
final class ZippedBundle implements BundleFiles, AutoCloseable {
    private final ZipFile zip;

    ZippedBundle(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new Malformed("there is no file " + file);
        }
        try {
            this.zip = new ZipFile(file.toFile());
        } catch (IOException | IllegalArgumentException e) {
            throw new Malformed(file + " is no zip file");
        }
    }

    @Override
    public List<String> names() {
        return zip.stream().map(ZipEntry::getName).toList();
    }

    @Override
    public InputStream open(String name) throws IOException {
        InputStream content = zip.getInputStream(zip.getEntry(name));
        if (content == null) {
            throw new IOException("no content");
        }
        return content;
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
