package org.habeas.ready;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A page of the documentation, and what it shows in fenced blocks. */
record Document(Path path, String text) {
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```([a-z]*)\\n(.*?)^```$");

    /** A command as typed, on one line, and what the page says it prints; nothing where it shows nothing. */
    record Step(String command, String shown) {}

    static Document of(String path) {
        try {
            return new Document(Path.of(path), Files.readString(Path.of(path)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<String> blocks(String language) {
        List<String> blocks = new ArrayList<>();
        Matcher block = BLOCK.matcher(text);
        while (block.find()) {
            if (block.group(1).equals(language)) {
                blocks.add(block.group(2));
            }
        }
        return blocks;
    }

    /** What a reader types at the terminal: lines after a dollar sign, which a backslash continues. */
    List<Step> steps() {
        List<Step> steps = new ArrayList<>();
        for (String block : blocks("console")) {
            for (String part : ("\n" + block).split("\\n\\$ ")) {
                if (!part.isBlank()) {
                    String joined = part.replaceAll("\\\\\\n\\s*", "");
                    int end = joined.indexOf('\n');
                    steps.add(new Step(
                            joined.substring(0, end < 0 ? joined.length() : end),
                            end < 0 ? "" : joined.substring(end)));
                }
            }
        }
        return steps;
    }
}
