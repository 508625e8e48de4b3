package org.habeas.ready;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.habeas.datamap.DataMapLoader;
import org.habeas.datamap.Finding;
import org.habeas.datamap.Loaded;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the documentation shows and needs no running portal: links lead somewhere, and every piece of a data map is one. */
class DocumentsTest {
    private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:|mailto:|#)([^)#\\s]+)(?:#[^)]*)?\\)");
    private static final Pattern NAMED = Pattern.compile("<!-- example: (\\S+) -->\n```yaml\n(.*?)```", Pattern.DOTALL);
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    @TempDir
    Path folder;

    @Test
    void everyLinkLeadsToAFile() throws IOException {
        Set<String> broken = new TreeSet<>();
        for (Path page : pages()) {
            Matcher link = LINK.matcher(Files.readString(page).replaceAll("(?ms)^```.*?^```$", ""));
            while (link.find()) {
                if (!Files.exists(page.resolveSibling(link.group(1)))) {
                    broken.add(page + " -> " + link.group(1));
                }
            }
        }
        assertEquals(Set.of(), broken);
    }

    @Test
    void everyPieceOfYamlIsWhole() throws IOException {
        for (Path page : pages()) {
            for (String block : Document.of(page.toString()).blocks("yaml")) {
                if (!page.endsWith("worked-example.md")) {
                    YAML.readTree(block);
                }
            }
        }
    }

    /** The helpdesk of both pages, with a dataset as it would have. */
    @Test
    void everySystemThatIsShownLoads() throws IOException {
        int shown = 0;
        for (String page : List.of("docs/data-map.md", "docs/for-integrators.md")) {
            for (String block : Document.of(page).blocks("yaml")) {
                if (block.startsWith("systems:") && block.contains("kind: http")) {
                    Files.writeString(folder.resolve("organisation.yml"), "name: A\ncontact: a@b.example\n");
                    Files.writeString(folder.resolve("systems.yml"), block);
                    Files.writeString(
                            folder.resolve("helpdesk.yml"),
                            """
                            dataset:
                              - fides_key: helpdesk
                                collections:
                                  - name: ticket
                                    fields:
                                      - {name: id, fides_meta: {primary_key: true}}
                                      - {name: email, data_categories: [user.contact.email], fides_meta: {identity: email}}
                            """);
                    assertEquals(List.of(), wrong(), page);
                    shown++;
                }
            }
        }
        assertEquals(2, shown);
    }

    @Test
    void theCheckSaysWhatThePageShows() throws IOException {
        Document page = Document.of("docs/data-map.md");
        Matcher example = NAMED.matcher(page.text());
        while (example.find()) {
            String text =
                    example.group(2).replace("retention: {rule: no-bookkeeping,", "retention: {rule: no-bookeeping,");
            Files.writeString(folder.resolve(example.group(1)), text);
        }
        String shown = page.blocks("").stream()
                .filter(block -> block.startsWith("$ habeas check-map"))
                .findFirst()
                .orElseThrow();
        Loaded loaded = load();
        List<String> said = loaded.findings().stream().map(Object::toString).toList();
        for (String line : shown.lines().filter(l -> l.contains(".yml:")).toList()) {
            assertTrue(said.contains(line), line + " is not said: " + said);
        }
        assertEquals(1, loaded.count(Finding.Severity.ERROR));
        assertEquals(0, loaded.count(Finding.Severity.WARNING));
        assertTrue(shown.contains("1 error, 0 warnings, "), shown);
    }

    private List<Finding> wrong() {
        Loaded loaded = load();
        assertFalse(loaded.map().systems().isEmpty());
        return loaded.findings().stream()
                .filter(f -> f.severity() != Finding.Severity.NOTE)
                .toList();
    }

    private Loaded load() {
        return new DataMapLoader(name -> Optional.of("secret")).load(folder);
    }

    private static List<Path> pages() throws IOException {
        try (Stream<Path> docs = Files.walk(Path.of("docs"))) {
            return Stream.concat(docs, Stream.of(Path.of("README.md"), Path.of("deploy/README.md")))
                    .filter(path -> path.toString().endsWith(".md"))
                    .toList();
        }
    }
}
