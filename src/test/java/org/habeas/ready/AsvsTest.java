package org.habeas.ready;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/asvs.md answers every line of levels 1 and 2 once, and the tests that it and docs/security.md name are there. */
class AsvsTest {
    private static final Pattern LINE =
            Pattern.compile("(?m)^\\| (\\d+\\.\\d+\\.\\d+) \\| ([^|]+) \\| ([^|]+) \\| ([^|]+) \\|$");
    private static final Pattern TEST = Pattern.compile("`([A-Z]\\w+(?:Test|Property|Bench))(?:\\.(\\w+))?`");
    /** Levels 1 and 2 of version 5.0.0: 70 and 183. */
    private static final int LINES = 253;

    @Test
    void everyLineIsAnsweredOnce() throws IOException {
        List<String> lines = new ArrayList<>();
        List<String> words = new ArrayList<>();
        Matcher line = LINE.matcher(Files.readString(Path.of("docs/asvs.md")));
        while (line.find()) {
            lines.add(line.group(1));
            words.add(line.group(3).replace("**", ""));
            assertTrue(line.group(4).length() > 3, line.group());
        }
        assertEquals(LINES, lines.size());
        assertEquals(LINES, new HashSet<>(lines).size(), "one of them twice");
        assertEquals(Set.of("met", "not applicable", "not met"), new HashSet<>(words));
        String head = Files.readString(Path.of("docs/asvs.md"));
        for (String word : Set.of("met", "not applicable", "not met")) {
            long count = words.stream().filter(word::equals).count();
            assertTrue(
                    head.contains(count
                            + (word.equals("met")
                                    ? " lines are met"
                                    : word.equals("not met") ? " are not met" : " are about")),
                    count + " are " + word);
        }
    }

    @Test
    void everyTestThatIsNamedIsThere() throws IOException {
        Set<String> missing = new TreeSet<>();
        for (String page : List.of("docs/asvs.md", "docs/security.md")) {
            Matcher test = TEST.matcher(Files.readString(Path.of(page)));
            while (test.find()) {
                Set<Path> files = files(test.group(1) + ".java");
                if (files.size() != 1
                        || test.group(2) != null
                                && !Files.readString(files.iterator().next()).contains(" " + test.group(2) + "(")) {
                    missing.add(page + ": " + test.group());
                }
            }
        }
        assertEquals(Set.of(), missing);
    }

    private static Set<Path> files(String name) throws IOException {
        try (Stream<Path> all = Files.walk(Path.of("src/test/java"))) {
            return all.filter(file -> file.getFileName().toString().equals(name))
                    .collect(Collectors.toSet());
        }
    }
}
