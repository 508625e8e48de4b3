package org.habeas.connector;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a system with an API is asked, read from its entry in systems.yml (docs/data-map.md, "Systems with an API").
 * {@code allow} names hosts that may lie on a private network; {@code pause} is the least time between two calls.
 */
record HttpDescription(
        URI base,
        Map<String, String> headers,
        Set<String> allow,
        Duration timeout,
        Duration pause,
        Map<String, Collection> collections) {
    private static final Pattern PLACE = Pattern.compile("\\{([A-Za-z0-9_.-]+)}");

    /** The calls for one collection; {@code rows} and {@code next} are JSON pointers into an answer. */
    record Collection(List<Call> find, Optional<Call> change, Optional<Call> erase, Optional<Call> due) {
        /** The call that finds by exactly these fields. */
        Optional<Call> findBy(List<String> fields) {
            return find.stream()
                    .filter(c -> new TreeSet<>(c.by()).equals(new TreeSet<>(fields)))
                    .findFirst();
        }
    }

    /**
     * One call: {@code by} are the fields whose values it takes; {@code path} and {@code body} hold {@code {field}} where a
     * value goes. {@code next} points at the next page's address, or at a cursor where {@code cursor} names its parameter.
     */
    record Call(
            String method,
            List<String> by,
            String path,
            Optional<JsonNode> body,
            String rows,
            Optional<String> next,
            Optional<String> cursor) {
        /** The path with the values in it, each percent-encoded (RFC 3986). */
        String path(Function<String, Object> values) {
            return fill(path, name -> URLEncoder.encode(text(values.apply(name)), StandardCharsets.UTF_8)
                    .replace("+", "%20"));
        }

        /** The body with the values in it: a text that is one place alone becomes the value with its own type. */
        Optional<JsonNode> body(Function<String, JsonNode> values) {
            return body.map(b -> filled(b, values));
        }
    }

    static HttpDescription of(String url, ObjectNode settings) {
        Map<String, Collection> collections = new LinkedHashMap<>();
        settings.path("collections")
                .properties()
                .forEach(e -> collections.put(e.getKey(), collection(e.getKey(), e.getValue())));
        Map<String, String> headers = new LinkedHashMap<>();
        settings.path("headers")
                .properties()
                .forEach(e -> headers.put(e.getKey(), e.getValue().asText()));
        Set<String> allow = new TreeSet<>();
        settings.path("allow").forEach(host -> allow.add(host.asText()));
        return new HttpDescription(
                URI.create(url.replaceAll("/+$", "")),
                headers,
                allow,
                duration(settings, "timeout", Duration.ofSeconds(20)),
                pause(settings.path("rate").asText("")),
                collections);
    }

    private static Collection collection(String name, JsonNode node) {
        List<Call> find = new ArrayList<>();
        JsonNode finds = node.path("find");
        (finds.isArray() ? finds : List.of(finds)).forEach(f -> find.add(call(name, f, "GET")));
        return new Collection(
                find,
                optional(name, node, "change", "PATCH"),
                optional(name, node, "erase", "DELETE"),
                optional(name, node, "due", "GET"));
    }

    private static Optional<Call> optional(String collection, JsonNode node, String key, String method) {
        return node.has(key) ? Optional.of(call(collection, node.get(key), method)) : Optional.empty();
    }

    private static Call call(String collection, JsonNode node, String method) {
        String path = node.path("path").asText("");
        if (!path.startsWith("/")) {
            throw new IllegalArgumentException(collection + ": every call needs a path that begins with /");
        }
        List<String> by = new ArrayList<>();
        node.path("by").forEach(f -> by.add(f.asText()));
        if (by.isEmpty()) {
            PLACE.matcher(path).results().forEach(m -> by.add(m.group(1)));
        }
        return new Call(
                node.path("method").asText(method),
                by,
                path,
                Optional.ofNullable(node.get("body")),
                node.path("rows").asText(""),
                Optional.ofNullable(node.get("next")).map(JsonNode::asText),
                Optional.ofNullable(node.get("cursor")).map(JsonNode::asText));
    }

    /** {@code 10/PT1S}, ten a second, is a pause of 100 ms. */
    private static Duration pause(String rate) {
        if (rate.isEmpty()) {
            return Duration.ZERO;
        }
        String[] parts = rate.split("/");
        try {
            return Duration.parse(parts[1]).dividedBy(Long.parseLong(parts[0]));
        } catch (ArithmeticException | ArrayIndexOutOfBoundsException | NumberFormatException | DateTimeException e) {
            throw new IllegalArgumentException("rate: a number and a duration such as 10/PT1S", e);
        }
    }

    private static Duration duration(ObjectNode settings, String key, Duration otherwise) {
        try {
            return settings.has(key) ? Duration.parse(settings.get(key).asText()) : otherwise;
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(key + ": a duration such as PT20S", e);
        }
    }

    private static JsonNode filled(JsonNode template, Function<String, JsonNode> values) {
        if (template instanceof TextNode text) {
            Matcher whole = PLACE.matcher(text.textValue());
            return whole.matches()
                    ? values.apply(whole.group(1))
                    : TextNode.valueOf(
                            fill(text.textValue(), name -> values.apply(name).asText()));
        }
        JsonNode copy = template.deepCopy();
        if (copy instanceof ObjectNode object) {
            object.fieldNames().forEachRemaining(name -> object.set(name, filled(object.get(name), values)));
        }
        return copy;
    }

    private static String fill(String template, Function<String, String> values) {
        return PLACE.matcher(template).replaceAll(m -> Matcher.quoteReplacement(values.apply(m.group(1))));
    }

    static String text(Object value) {
        return value instanceof BigDecimal number ? number.toPlainString() : String.valueOf(value);
    }

    /** Without the headers, which hold secrets. */
    @Override
    public String toString() {
        return "HttpDescription" + collections.keySet();
    }
}
