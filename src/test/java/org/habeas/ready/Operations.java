package org.habeas.ready;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the portal says at {@code /q/openapi} that it can be asked. */
record Operations(JsonNode document, List<Operation> all) {
    private static final Set<String> METHODS = Set.of("get", "post", "put", "delete", "patch");

    /** A value in the address or a header. */
    record Parameter(String name, String in, JsonNode schema) {}

    /** One method of one path; {@code bodies} are the media types that it takes. */
    record Operation(
            String method,
            String path,
            List<Parameter> parameters,
            List<String> bodies,
            JsonNode body,
            JsonNode answers) {
        boolean api() {
            return path.startsWith("/api/");
        }

        /** Answers with everything there is: asked now and then only. */
        boolean heavy() {
            return path.contains("bundle")
                    || path.contains("drift")
                    || path.endsWith("/check")
                    || path.endsWith(".pdf");
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    static Operations of(JsonNode document) {
        List<Operation> all = new ArrayList<>();
        document.get("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(method -> {
                    if (METHODS.contains(method.getKey()) && !path.getKey().startsWith("/api/v1/echo")) {
                        all.add(operation(path.getKey(), method.getKey(), method.getValue()));
                    }
                }));
        return new Operations(document, all);
    }

    private static Operation operation(String path, String method, JsonNode spec) {
        List<Parameter> parameters = new ArrayList<>();
        spec.path("parameters")
                .forEach(p -> parameters.add(
                        new Parameter(p.get("name").asText(), p.get("in").asText(), p.path("schema"))));
        List<String> bodies = new ArrayList<>();
        JsonNode content = spec.path("requestBody").path("content");
        content.fieldNames().forEachRemaining(bodies::add);
        JsonNode body = bodies.isEmpty() ? content : content.get(bodies.get(0)).path("schema");
        return new Operation(
                method.toUpperCase(java.util.Locale.ROOT), path, parameters, bodies, body, spec.path("responses"));
    }

    /** Follows references of the document. */
    JsonNode resolved(JsonNode schema) {
        JsonNode found = schema;
        for (int i = 0; i < 5; i++) {
            Optional<String> ref = Optional.ofNullable(found.get("$ref")).map(JsonNode::asText);
            if (ref.isPresent()) {
                found = document.at(ref.get().substring(1));
            } else if (found.has("anyOf") || found.has("oneOf") || found.has("allOf")) {
                JsonNode choice = found.has("anyOf")
                        ? found.get("anyOf")
                        : found.has("oneOf") ? found.get("oneOf") : found.get("allOf");
                found = choice.get(0).has("$ref") || choice.size() == 1 ? choice.get(0) : choice.get(choice.size() - 1);
            } else {
                return found;
            }
        }
        return found;
    }
}
