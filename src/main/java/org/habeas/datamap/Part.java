package org.habeas.datamap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * A value in a file of the map, or the place where it is missing. Asking for it as something that it is not is a finding
 * at its line, and the answer is then empty; nothing here throws.
 */
final class Part {
    private static final int DEEPEST = 40;

    private final MapFile file;
    private final Node node;
    private final Position at;
    private final String label;

    Part(MapFile file, Node node, Position at, String label) {
        this.file = file;
        this.node = node;
        this.at = at;
        this.label = label;
    }

    Position at() {
        return at;
    }

    Findings findings() {
        return file.findings();
    }

    boolean missing() {
        return node == null;
    }

    boolean isNull() {
        return node != null && node.getTag().equals(Tag.NULL);
    }

    /** Given, and not as null. */
    boolean given() {
        return node != null && !isNull();
    }

    boolean isMapping() {
        return node instanceof MappingNode;
    }

    boolean isText() {
        return node instanceof ScalarNode && !isNull();
    }

    void error(String message) {
        findings().error(at, message);
    }

    void warning(String message) {
        findings().warning(at, message);
    }

    /** The same place, called so in messages. */
    Part called(String name) {
        return new Part(file, node, at, name);
    }

    /** Says that it is missing, where the whole stands. */
    void required() {
        if (!given()) {
            error(label + " is missing");
        }
    }

    /** The value under the first of these keys that is there; else the place where it is missing. */
    Part get(String... keys) {
        for (String key : keys) {
            Part found = find(key);
            if (!found.missing()) {
                return found;
            }
        }
        return new Part(file, null, at, keys[0]);
    }

    private Part find(String key) {
        if (given() && !isMapping()) {
            error((label.isEmpty() ? "the file" : label) + " must be a mapping of keys to values");
        }
        if (node instanceof MappingNode mapping && file.mayRead(at)) {
            for (NodeTuple tuple : mapping.getValue()) {
                if (tuple.getKeyNode() instanceof ScalarNode name
                        && name.getValue().equals(key)) {
                    return new Part(file, tuple.getValueNode(), file.at(name.getStartMark()), key);
                }
            }
        }
        return new Part(file, null, at, key);
    }

    /** The entries of a mapping, in the order of the file. */
    Map<String, Part> entries() {
        Map<String, Part> entries = new LinkedHashMap<>();
        if (given() && !isMapping()) {
            error(label + " must be a mapping of keys to values");
        }
        if (node instanceof MappingNode mapping && file.mayRead(at)) {
            for (NodeTuple tuple : mapping.getValue()) {
                if (tuple.getKeyNode() instanceof ScalarNode name) {
                    entries.putIfAbsent(
                            name.getValue(),
                            new Part(file, tuple.getValueNode(), file.at(name.getStartMark()), name.getValue()));
                }
            }
        }
        return entries;
    }

    /** Warns of keys that nobody reads. */
    void onlyKnows(List<String> keys) {
        if (isMapping()) {
            entries().forEach((key, value) -> {
                if (!keys.contains(key)) {
                    value.warning("unknown key " + key + " under " + (label.isEmpty() ? "the root" : label)
                            + " is ignored; known are " + String.join(", ", keys));
                }
            });
        }
    }

    List<Part> items() {
        List<Part> items = new ArrayList<>();
        if (given() && !(node instanceof SequenceNode)) {
            error(label + " must be a list");
        }
        if (node instanceof SequenceNode sequence) {
            for (Node item : sequence.getValue()) {
                Part part = new Part(file, item, file.at(item.getStartMark()), label);
                if (file.mayRead(part.at)) {
                    items.add(part);
                }
            }
        }
        return items;
    }

    /** The items that are mappings; others are a finding. */
    List<Part> mappings() {
        return items().stream()
                .filter(item -> {
                    if (!item.isMapping()) {
                        item.error("an entry of " + label + " must be a mapping of keys to values");
                    }
                    return item.isMapping();
                })
                .toList();
    }

    Optional<String> text() {
        if (!given()) {
            return Optional.empty();
        }
        if (node instanceof ScalarNode scalar) {
            return Optional.of(file.resolved(scalar.getValue(), at).strip()).filter(t -> !t.isEmpty());
        }
        error(label + " must be text");
        return Optional.empty();
    }

    List<String> texts() {
        return items().stream().flatMap(i -> i.text().stream()).toList();
    }

    boolean flag(boolean otherwise) {
        Optional<String> text = text();
        if (text.isEmpty()) {
            return otherwise;
        }
        return switch (text.get().toLowerCase(java.util.Locale.ROOT)) {
            case "true", "yes", "on" -> true;
            case "false", "no", "off" -> false;
            default -> {
                error(label + " must be true or false, not " + text.get());
                yield otherwise;
            }
        };
    }

    /** The text as something else; {@code allowed} says what may stand there when {@code parse} finds nothing. */
    <T> Optional<T> as(Function<String, Optional<T>> parse, String allowed) {
        Optional<String> text = text();
        Optional<T> value = text.flatMap(parse);
        if (text.isPresent() && value.isEmpty()) {
            error(label + " is " + text.get() + "; allowed is " + allowed);
        }
        return value;
    }

    /** Parses with something that throws on what it does not understand. */
    static <T> Function<String, Optional<T>> parsing(Function<String, T> parse) {
        return text -> {
            try {
                return Optional.of(parse.apply(text));
            } catch (RuntimeException e) {
                return Optional.empty();
            }
        };
    }

    /** The text, or what stands for it when it is missing; then a note names it. */
    String textOr(String otherwise) {
        return text().orElseGet(() -> noted(otherwise));
    }

    <T> T noted(T otherwise) {
        if (!given()) {
            findings().note(at, label + " is not given: " + otherwise);
        }
        return otherwise;
    }

    /** The whole value as JSON, variables replaced. */
    ObjectNode json() {
        return json(0) instanceof ObjectNode object ? object : JsonNodeFactory.instance.objectNode();
    }

    private JsonNode json(int depth) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        if (depth > DEEPEST) {
            error(label + " is nested more than " + DEEPEST + " deep");
            return json.nullNode();
        }
        if (isMapping()) {
            ObjectNode object = json.objectNode();
            entries().forEach((key, value) -> object.set(key, value.json(depth + 1)));
            return object;
        }
        if (node instanceof SequenceNode) {
            ArrayNode array = json.arrayNode();
            items().forEach(item -> array.add(item.json(depth + 1)));
            return array;
        }
        return scalar(json);
    }

    private JsonNode scalar(JsonNodeFactory json) {
        if (!(node instanceof ScalarNode scalar) || isNull()) {
            return json.nullNode();
        }
        String text = file.resolved(scalar.getValue(), at);
        if (node.getTag().equals(Tag.BOOL)) {
            return json.booleanNode(flag(false));
        }
        if (node.getTag().equals(Tag.INT)) {
            return parsing(Long::valueOf)
                    .apply(text)
                    .<JsonNode>map(json::numberNode)
                    .orElse(json.textNode(text));
        }
        return json.textNode(text);
    }
}
