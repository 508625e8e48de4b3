package org.habeas.fulfilment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.habeas.datamap.DataMap;
import org.habeas.datamap.DataMapLoader;
import org.habeas.datamap.Loaded;

/** Data maps out of the text that a user would write. */
final class Maps {
    private static final String RULES =
            """
            rules:
              - {id: five-years, citation: Act section 13, title: Vouchers, period: P5Y, starts: financial-year-end, mode: auto}
              - {id: one-year, citation: Act section 1, title: Letters, period: P1Y, starts: event, mode: auto}
            """;

    private Maps() {}

    /** Systems by name with their JDBC address; every text is the {@code collections:} of one system. */
    static DataMap of(Map<String, String> urls, Map<String, String> collections) {
        try {
            Path folder = Files.createTempDirectory(
                    Files.createDirectories(Path.of("target", "maps").toAbsolutePath()), "map");
            Files.writeString(folder.resolve("organisation.yml"), "name: Test\ncontact: privacy@test.example\n");
            Files.writeString(folder.resolve("retention.yml"), RULES);
            Files.writeString(
                    folder.resolve("systems.yml"),
                    "systems:\n"
                            + urls.entrySet().stream()
                                    .map(u -> "  - {name: " + u.getKey() + ", kind: jdbc, url: \"" + u.getValue()
                                            + "\"}\n")
                                    .collect(Collectors.joining()));
            for (var one : collections.entrySet()) {
                Files.writeString(
                        folder.resolve(one.getKey() + ".yml"),
                        "dataset:\n  - fides_key: " + one.getKey() + "\n    name: " + one.getKey()
                                + "\n    collections:\n"
                                + one.getValue().indent(6));
            }
            Loaded loaded = DataMapLoader.ofProcess().load(folder);
            if (!loaded.ok()) {
                throw new IllegalStateException(loaded.errors().toString());
            }
            return loaded.map();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
