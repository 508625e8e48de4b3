package org.habeas.words;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Keeps the languages in step with each other and with the code. */
class VocabularyTest {
    private static final Path CODE = Path.of("src/main/java");
    private static final Path TEMPLATES = Path.of("src/main/resources/templates");

    private static final Set<String> FUNCTIONS =
            Set.of("name", "tell", "say", "date", "short", "moment", "money", "stamp");

    private final List<String> sources =
            Stream.concat(texts(CODE), texts(TEMPLATES)).toList();
    private final Set<String> english = Vocabulary.all().get(Words.FALLBACK).keys();

    @Test
    void everyLanguageHasEveryKey() {
        List<String> wrong = new ArrayList<>();
        for (Vocabulary language : Vocabulary.all().values()) {
            missing(english, language.keys()).forEach(key -> wrong.add(language.language() + " lacks " + key));
            missing(language.keys(), english).forEach(key -> wrong.add("en lacks " + key));
        }
        assertEquals(List.of(), wrong);
    }

    @Test
    void everyLanguageHasTheSamePlaceholders() {
        List<String> wrong = new ArrayList<>();
        for (Vocabulary language : Vocabulary.all().values()) {
            for (String key : english) {
                String here = language.pattern(key).orElse("");
                if (!placeholders(here).equals(placeholders(Words.FALLBACK, key))) {
                    wrong.add(language.language() + ": " + key);
                }
                if (here.isBlank()) {
                    wrong.add(language.language() + ": " + key + " is empty");
                }
            }
        }
        assertEquals(List.of(), wrong);
    }

    @Test
    void noKeyStandsTwice() throws IOException {
        List<String> wrong = new ArrayList<>();
        for (String language : Vocabulary.all().keySet()) {
            Set<String> seen = new TreeSet<>();
            for (String line : Files.readAllLines(Path.of("src/main/resources/words/" + language + ".properties"))) {
                if (line.matches("[a-z0-9_]+=.*") && !seen.add(line.substring(0, line.indexOf('=')))) {
                    wrong.add(language + ": " + line.substring(0, line.indexOf('=')));
                }
            }
        }
        assertEquals(List.of(), wrong);
    }

    @Test
    void whatIsSaidIsThere() {
        List<String> wrong = new ArrayList<>();
        for (String source : sources) {
            all("\\bw:([a-z][a-z0-9_]*)", source).stream()
                    .filter(key -> !FUNCTIONS.contains(key) && !english.contains(key))
                    .forEach(wrong::add);
            all("\\bsay\\(\\s*\"([a-z0-9_]+)\"\\s*[,)]", source).stream()
                    .filter(key -> !english.contains(key))
                    .forEach(wrong::add);
            prefixes(source).stream()
                    .filter(prefix -> english.stream().noneMatch(key -> key.startsWith(prefix)))
                    .map(prefix -> prefix + "...")
                    .forEach(wrong::add);
        }
        assertEquals(List.of(), wrong);
    }

    @Test
    void whatIsThereIsSaid() {
        String everything = String.join("\n", sources);
        Set<String> words = Set.copyOf(all("([a-z0-9]+(?:_[a-z0-9]+)+)", everything));
        List<String> prefixes = Stream.concat(
                        prefixes(everything).stream(), all("[\"']([a-z0-9_]+_)[\"']", everything).stream())
                .toList();
        List<String> unused = new TreeSet<>(english)
                .stream()
                        .filter(key -> !words.contains(key))
                        .filter(key -> prefixes.stream().noneMatch(key::startsWith))
                        .toList();
        assertEquals(List.of(), unused);
    }

    /** Keys made of parts: {@code name("right", …)}, {@code w:name('right', …)}, {@code "errors_title_" + …}. */
    private static List<String> prefixes(String source) {
        return Stream.concat(
                        all("\\bname\\(\\s*['\"]([a-z0-9_]+)['\"]\\s*,", source).stream()
                                .map(prefix -> prefix + "_"),
                        all("\\bsay\\(\\s*\"([a-z0-9_]+_)\"\\s*\\+", source).stream())
                .toList();
    }

    private static Set<String> placeholders(String language, String key) {
        return placeholders(Vocabulary.all().get(language).pattern(key).orElse(""));
    }

    private static Set<String> placeholders(String pattern) {
        return Set.copyOf(all("\\{(\\d+)[,}]", pattern));
    }

    private static List<String> all(String regex, String text) {
        Matcher matcher = Pattern.compile(regex).matcher(text);
        return matcher.results().map(result -> result.group(1)).toList();
    }

    private static Set<String> missing(Set<String> wanted, Set<String> there) {
        return wanted.stream().filter(key -> !there.contains(key)).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<String> texts(Path folder) {
        if (!Files.isDirectory(folder)) {
            return Stream.empty();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).map(VocabularyTest::read).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).replaceAll("(?s)/\\*\\*.*?\\*/", "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
