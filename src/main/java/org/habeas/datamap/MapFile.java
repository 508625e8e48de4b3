package org.habeas.datamap;

import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.reader.ReaderException;

/** One YAML file of the map: its tree with the line of every value, and what reading it found. */
final class MapFile {
    static final int MOST_BYTES = 32 * 1024 * 1024;
    /** Aliases may make a small file endless; no real one has so many values. */
    private static final int MOST_VALUES = 3_000_000;
    /** {@code on_erasure: keep: REASON} on one line is how people write it, and no YAML without the braces. */
    private static final Pattern KEEP = Pattern.compile("(?m)^([ \\t-]*on_erasure:[ \\t]+)keep:[ \\t]+([^\\r\\n]*)$");

    private static final Pattern VARIABLE = Pattern.compile("(\\$)?\\$\\{([A-Za-z_][A-Za-z0-9_.]*)(?::([^}]*))?}");

    private final String name;
    private final Findings findings;
    private final Function<String, Optional<String>> environment;
    private int left = MOST_VALUES;

    MapFile(String name, Findings findings, Function<String, Optional<String>> environment) {
        this.name = name;
        this.findings = findings;
        this.environment = environment;
    }

    Findings findings() {
        return findings;
    }

    Position line(int line) {
        return new Position(name, line);
    }

    Position at(Mark mark) {
        return line(mark == null ? 1 : mark.getLine() + 1);
    }

    /** The root of the file; empty where it cannot be read or holds nothing, which is then a finding. */
    Optional<Part> read(Path file) {
        try {
            if (Files.size(file) > MOST_BYTES) {
                findings.error(line(1), "is larger than " + MOST_BYTES / 1024 / 1024 + " MB");
                return Optional.empty();
            }
            return decoded(Files.readAllBytes(file)).flatMap(this::parsed);
        } catch (IOException e) {
            findings.error(line(1), "cannot be read (" + e.getClass().getSimpleName() + ")");
            return Optional.empty();
        }
    }

    private Optional<String> decoded(byte[] bytes) {
        CharBuffer text = CharBuffer.allocate(bytes.length);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(in, text, true);
        text.flip();
        if (!result.isError()) {
            return Optional.of(
                    text.length() > 0 && text.charAt(0) == '\uFEFF'
                            ? text.subSequence(1, text.length()).toString()
                            : text.toString());
        }
        int line = 1 + (int) text.chars().filter(c -> c == '\n').count();
        findings.error(line(line), "is not UTF-8; save the file in that encoding");
        return Optional.empty();
    }

    private Optional<Part> parsed(String text) {
        String readable = KEEP.matcher(text)
                .replaceAll(m -> Matcher.quoteReplacement(
                        m.group(2).startsWith("{") ? m.group() : m.group(1) + "{keep: " + quoted(m.group(2)) + "}"));
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(MOST_BYTES);
        options.setMergeOnCompose(true);
        options.setMaxAliasesForCollections(MOST_VALUES);
        try {
            Node root = new Yaml(new SafeConstructor(options)).compose(new StringReader(readable));
            if (root == null) {
                findings.error(line(1), "is empty");
                return Optional.empty();
            }
            sayDuplicates(root, Collections.newSetFromMap(new IdentityHashMap<>()));
            return Optional.of(new Part(this, root, at(root.getStartMark()), ""));
        } catch (MarkedYAMLException e) {
            Mark mark = e.getProblemMark() == null ? e.getContextMark() : e.getProblemMark();
            findings.error(at(mark), "is not YAML: " + e.getProblem() + hint(readable, mark));
        } catch (ReaderException e) {
            int before = Math.min(readable.length(), e.getPosition());
            int line = 1
                    + (int) readable.substring(0, before)
                            .chars()
                            .filter(c -> c == '\n')
                            .count();
            findings.error(line(line), "is not YAML: " + firstLine(e.getMessage()));
        } catch (YAMLException e) {
            findings.error(line(1), "is not YAML: " + firstLine(e.getMessage()));
        }
        return Optional.empty();
    }

    private static String quoted(String reason) {
        String bare = reason.strip();
        boolean already = bare.startsWith("\"") || bare.startsWith("'");
        return already ? bare : "'" + bare.replace("'", "''") + "'";
    }

    private static String hint(String text, Mark mark) {
        String line = mark == null
                ? ""
                : text.lines().skip(mark.getLine()).findFirst().orElse("");
        return line.contains("${") ? "; inside braces a variable needs quotes: \"${NAME}\"" : "";
    }

    private static String firstLine(String message) {
        return message == null ? "" : message.lines().findFirst().orElse("");
    }

    private void sayDuplicates(Node node, Set<Node> seen) {
        if (!seen.add(node)) {
            return;
        }
        if (node instanceof SequenceNode sequence) {
            sequence.getValue().forEach(n -> sayDuplicates(n, seen));
        } else if (node instanceof MappingNode mapping) {
            Map<String, Integer> keys = new HashMap<>();
            for (NodeTuple tuple : mapping.getValue()) {
                if (tuple.getKeyNode() instanceof ScalarNode key) {
                    Position at = at(key.getStartMark());
                    Integer first = keys.putIfAbsent(key.getValue(), at.line());
                    if (first != null && first != at.line()) {
                        findings.error(at, "the key " + key.getValue() + " was given on line " + first + " already");
                    } else if (first != null) {
                        findings.error(at, "the key " + key.getValue() + " is given twice");
                    }
                }
                sayDuplicates(tuple.getValueNode(), seen);
            }
        }
    }

    /** Counts a value that somebody looks at; false once the file turns out to have no end. */
    boolean mayRead(Position at) {
        if (left > 0) {
            left--;
            return true;
        }
        findings.error(line(1), "its aliases expand to more than " + MOST_VALUES + " values");
        return false;
    }

    /** The text with every {@code ${NAME}} and {@code ${NAME:default}} replaced; {@code $${} stands for itself. */
    String resolved(String text, Position at) {
        if (!text.contains("${")) {
            return text;
        }
        return VARIABLE.matcher(text)
                .replaceAll(m -> Matcher.quoteReplacement(
                        m.group(1) != null ? m.group().substring(1) : value(m.group(2), m.group(3), at)));
    }

    private String value(String variable, String otherwise, Position at) {
        return environment
                .apply(variable)
                .or(() -> Optional.ofNullable(otherwise))
                .orElseGet(() -> {
                    findings.error(at, "the environment has no variable " + variable);
                    return "";
                });
    }
}
