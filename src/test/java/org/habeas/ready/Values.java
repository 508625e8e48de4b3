package org.habeas.ready;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Values for fields: what belongs there, and what does not. */
final class Values {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** What nobody expects. */
    static final List<String> ODD = List.of(
            "",
            " ",
            "\u0000",
            "\u0007\u001b[31m",
            "\n\r\t",
            "\u202Egpj.exe",
            "\uffff",
            "a\u030a",
            "👩‍🚀",
            "日本語",
            "\u00ff\u00fe",
            "'; drop table rights_request; --",
            "' or '1'='1",
            "\"",
            "\\",
            "%",
            "%00",
            "%zz",
            "_%_",
            "${jndi:ldap://127.0.0.1/x}",
            "{{7*7}}",
            "{cdi:request}",
            "#{1+1}",
            "<script>alert(1)</script>",
            "=cmd|' /C'!A0",
            "../../../../etc/passwd",
            "..%2f..%2f",
            "//evil.example",
            "http://169.254.169.254/",
            "file:///etc/passwd",
            "-1",
            "0",
            "1",
            "2147483648",
            "9223372036854775808",
            "1e400",
            "NaN",
            "0x10",
            "true",
            "null",
            "[]",
            "{}",
            "2026-02-30",
            "0000-00-00",
            "9999-12-31",
            "-999999999-01-01",
            "+1000000000-01-01",
            "2026-11-22T25:00:00Z",
            "2026-11-22",
            "2026-11-22T10:00:00Z",
            "P1D",
            "PT-1S",
            "a@b",
            "ada@example.org\nBcc: all@example.org",
            "00000000-0000-0000-0000-000000000000",
            "H-0000-0000-00",
            "AAAA",
            "eyJhIjoxfQ",
            "AAAAAAAAAAAAAAAAAAAAAA==");

    /** What fits, by the field's name. */
    private static final Map<String, List<String>> FITTING = Map.ofEntries(
            Map.entry(
                    "right",
                    List.of(
                            "access",
                            "erasure",
                            "correction",
                            "restriction",
                            "portability",
                            "objection",
                            "withdrawal",
                            "human-review")),
            Map.entry("outcome", List.of("fulfil", "refuse", "partly", "fulfilled")),
            Map.entry("ground", List.of("art-17-1", "art-17-1-b", "art-12-2", "art-15-4", "not-held", "popplyl-16-a")),
            Map.entry("language", List.of("en", "nb", "nn")),
            Map.entry("channel", List.of("post", "telephone", "in-person", "email")),
            Map.entry("method", List.of("in-person", "document-seen", "call-back")),
            Map.entry("state", List.of("open", "review", "closed", "open,review", "unverified")),
            Map.entry("sort", List.of("due", "-due", "received_at", "-received_at")),
            Map.entry("format", List.of("csv", "jsonl", "xlsx")),
            Map.entry("received_at", List.of("2026-11-01", "2026-11-01T08:00:00Z")),
            Map.entry("review_on", List.of("2027-01-01")),
            Map.entry("from", List.of("2026-01-01", "Oslo")),
            Map.entry("to", List.of("2026-12-31", "Bergen", "/cases", "ada@example.org")),
            Map.entry("email", List.of("ada@example.org", "bea@example.org", "cato@example.org", "dag@example.org")),
            Map.entry("assignee", List.of("officer", "officer2", "none")),
            Map.entry("limit", List.of("1", "50", "200")),
            Map.entry("system", List.of("library", "accounts", "archive", "crm", "shop")),
            Map.entry("name", List.of("library", "accounts", "archive", "crm", "Ada")),
            Map.entry("collection", List.of("reader", "loan", "Invoice", "customer")),
            Map.entry("field", List.of("city", "full_name", "email")),
            Map.entry("code", List.of("123456", "000000")),
            Map.entry("text", List.of("Takk for henvendelsen.")),
            Map.entry("reason", List.of("the archive is being moved")),
            Map.entry("note", List.of("known voice")),
            Map.entry("step", List.of("right", "contact", "corrections", "details", "check")),
            Map.entry("regime", List.of("gdpr", "gdpr-no", "ccpa")),
            Map.entry("username", List.of("officer", "admin")),
            Map.entry("password", List.of("test")));

    private final Operations operations;
    private final Random random;

    Values(Operations operations, Random random) {
        this.operations = operations;
        this.random = random;
    }

    /** A text for a field of this name: mostly one that fits. */
    String text(String name, List<String> known) {
        List<String> fitting = known.isEmpty() ? FITTING.getOrDefault(name, List.of()) : known;
        if (!fitting.isEmpty() && random.nextInt(10) < 7) {
            return pick(fitting);
        }
        return odd();
    }

    String odd() {
        int dice = random.nextInt(100);
        if (dice == 0) {
            return "x".repeat(200_000);
        } else if (dice < 6) {
            return pick(ODD).repeat(1 + random.nextInt(400));
        } else if (dice < 20) {
            StringBuilder text = new StringBuilder();
            random.ints(1 + random.nextInt(30), 0, 0x2fff).forEach(text::appendCodePoint);
            return text.toString();
        } else if (dice < 30) {
            return pick(ODD) + pick(ODD);
        }
        return pick(ODD);
    }

    /** A JSON value for this schema: mostly of its type, at times of another. */
    JsonNode json(String name, JsonNode schema, int depth) {
        JsonNode resolved = operations.resolved(schema);
        if (depth > 5 || random.nextInt(12) == 0) {
            return mistyped();
        }
        String type = type(resolved);
        return switch (type) {
            case "object" -> object(name, resolved, depth);
            case "array" -> array(name, resolved, depth);
            case "integer", "number" -> random.nextInt(3) == 0
                    ? JSON.numberNode(random.nextLong())
                    : JSON.numberNode(random.nextInt(4));
            case "boolean" -> JSON.booleanNode(random.nextBoolean());
            default -> resolved.has("enum") && random.nextInt(4) > 0
                    ? resolved.get("enum")
                            .get(random.nextInt(resolved.get("enum").size()))
                    : TextNode.valueOf(text(name, List.of()));
        };
    }

    private JsonNode object(String name, JsonNode schema, int depth) {
        ObjectNode object = JSON.objectNode();
        schema.path("properties").properties().forEach(property -> {
            if (random.nextInt(8) > 0) {
                object.set(property.getKey(), json(property.getKey(), property.getValue(), depth + 1));
            }
        });
        if (!schema.has("properties")) {
            object.put(name.equals("identifiers") ? "email" : text("field", List.of()), text("email", List.of()));
        }
        if (random.nextInt(10) == 0) {
            object.set(odd(), mistyped());
        }
        return object;
    }

    private JsonNode array(String name, JsonNode schema, int depth) {
        ArrayNode array = JSON.arrayNode();
        int length = random.nextInt(40) == 0 ? 300 : random.nextInt(3);
        for (int i = 0; i < length; i++) {
            array.add(json(name, schema.path("items"), depth + 1));
        }
        return array;
    }

    private JsonNode mistyped() {
        return switch (random.nextInt(8)) {
            case 0 -> NullNode.instance;
            case 1 -> JSON.objectNode().put(odd(), odd());
            case 2 -> JSON.arrayNode().add(odd());
            case 3 -> JSON.numberNode(random.nextLong());
            case 4 -> JSON.numberNode(new java.math.BigDecimal("1e400"));
            case 5 -> JSON.booleanNode(random.nextBoolean());
            case 6 -> JSON.numberNode(random.nextGaussian());
            default -> TextNode.valueOf(odd());
        };
    }

    private static String type(JsonNode schema) {
        JsonNode type = schema.path("type");
        if (type.isArray()) {
            List<String> types = new ArrayList<>();
            type.forEach(t -> types.add(t.asText()));
            types.remove("null");
            return types.isEmpty() ? "string" : types.get(0);
        }
        return type.asText(schema.has("properties") ? "object" : "string");
    }

    <T> T pick(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }
}
