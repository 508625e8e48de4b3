package org.habeas.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A policy that lies beside the data map as {@code policy.LANGUAGE.md}: Markdown, and before it, between two lines of three
 * dashes, what it promises in YAML ({@code purposes}, {@code recipients}, {@code kept}).
 */
public record PolicyFile(Path path, String markdown, Optional<Promises> promises) {
    private static final String FENCE = "---";

    /** The file in this language, else the one without a language. */
    public static Optional<PolicyFile> in(Path folder, String language) {
        return Stream.of("policy." + language + ".md", "policy.md")
                .map(folder::resolve)
                .filter(Files::isRegularFile)
                .findFirst()
                .map(PolicyFile::read);
    }

    /** The first file of these languages that says what it promises. */
    public static Optional<PolicyFile> promising(Path folder, List<String> languages) {
        return languages.stream()
                .flatMap(language -> in(folder, language).stream())
                .filter(file -> file.promises().isPresent())
                .findFirst();
    }

    /** Reads a file; what stands before the Markdown and is no YAML of this kind is an {@link IllegalArgumentException}. */
    static PolicyFile read(Path path) {
        try {
            List<String> lines = Files.readAllLines(path);
            int end = lines.isEmpty() || !lines.get(0).strip().equals(FENCE)
                    ? -1
                    : lines.subList(1, lines.size()).indexOf(FENCE);
            if (end < 0) {
                return new PolicyFile(path, String.join("\n", lines), Optional.empty());
            }
            String before = String.join("\n", lines.subList(1, end + 1));
            String after = String.join("\n", lines.subList(end + 2, lines.size()));
            return new PolicyFile(path, after.strip(), Optional.of(promises(path, before)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Promises promises(Path path, String yaml) {
        try {
            JsonNode root = new ObjectMapper(new YAMLFactory()).readTree(yaml);
            Map<String, Period> kept = new TreeMap<>();
            root.path("kept")
                    .properties()
                    .forEach(e -> kept.put(e.getKey(), Period.parse(e.getValue().asText())));
            return new Promises(texts(root.path("purposes")), texts(root.path("recipients")), kept);
        } catch (IOException | DateTimeException e) {
            throw new IllegalArgumentException(path.getFileName()
                    + ":1: what stands before the text must be purposes: [KEY], recipients: [NAME], kept: {KEY: P5Y}");
        }
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(item -> texts.add(item.asText()));
        return texts;
    }
}
