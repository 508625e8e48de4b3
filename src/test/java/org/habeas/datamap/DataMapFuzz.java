package org.habeas.datamap;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The files of a data map, one after the other in one input: loaded, with whatever is found wrong. A target of Jazzer. */
public final class DataMapFuzz {
    private static final List<String> FILES = List.of("organisation.yml", "systems.yml", "retention.yml", "shop.yml");
    private static final String BETWEEN = "\n=====\n";
    private static final Path FOLDER = folder();

    private DataMapFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        String[] parts = new String(input, StandardCharsets.UTF_8).split(BETWEEN, FILES.size());
        try {
            for (int i = 0; i < FILES.size(); i++) {
                Files.writeString(FOLDER.resolve(FILES.get(i)), i < parts.length ? parts[i] : "");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Loaded loaded = new DataMapLoader(name -> Optional.of("secret")).load(FOLDER);
        if (loaded.ok()) {
            Links.of(loaded.map());
        }
        loaded.findings().forEach(Object::toString);
    }

    private static Path folder() {
        try {
            Path folder = Files.createTempDirectory("map");
            folder.toFile().deleteOnExit();
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
