package org.habeas.datamap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.habeas.law.Regimes;
import org.habeas.law.RetentionRules;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** docs/data-map.md is true: its example loads, and it names what there is. */
class DataMapPageTest {
    private static final Pattern EXAMPLE =
            Pattern.compile("<!-- example: (\\S+) -->\n```yaml\n(.*?)```", Pattern.DOTALL);

    @TempDir
    Path folder;

    @Test
    void itsExampleLoadsWithoutAnythingToComplainOf() throws IOException {
        Matcher example = EXAMPLE.matcher(page());
        while (example.find()) {
            Files.writeString(folder.resolve(example.group(1)), example.group(2));
        }
        Loaded loaded = new DataMapLoader(name -> Optional.of("secret")).load(folder);

        assertEquals(
                List.of(),
                loaded.findings().stream()
                        .filter(f -> f.severity() != Finding.Severity.NOTE)
                        .toList());
        assertEquals(2, loaded.map().systems().size());
        assertEquals(4, loaded.map().collections().size());
        Links links = Links.of(loaded.map());
        assertTrue(links.from(new CollectionKey("shop", "customer")).stream()
                .anyMatch(l -> l.target().name().equals("invoice") && l.targetPoints()));
        assertTrue(links.from(new CollectionKey("shop", "customer")).stream()
                .anyMatch(l -> l.target().name().equals("address") && !l.targetPoints()));
    }

    @Test
    void itNamesEveryRegimeAndEveryRuleThatShips() throws IOException {
        String page = page();
        Regimes.ids().forEach(id -> assertTrue(page.contains("`" + id + "`"), id));
        RetentionRules.shipped().forEach(r -> assertTrue(page.contains("`" + r.id() + "`"), r.id()));
    }

    private static String page() throws IOException {
        return Files.readString(Path.of("docs/data-map.md"));
    }
}
