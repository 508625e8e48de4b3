package org.habeas.ready;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.habeas.ready.Operations.Operation;

/** What the contract's section 3 says of an answer, and what the portal's own OpenAPI document says of its status. */
final class Verdicts {
    private static final Set<Integer> API =
            Set.of(200, 201, 202, 204, 401, 403, 404, 405, 406, 409, 413, 415, 422, 429, 503);
    private static final Set<Integer> PAGES =
            Set.of(200, 302, 303, 400, 401, 403, 404, 405, 406, 409, 413, 415, 422, 429, 503);
    private static final Pattern INSIDES =
            Pattern.compile("\\bat (org|io|java|com)\\.|Exception\\b|SQLSTATE|org\\.habeas|NullPointer");

    private Verdicts() {}

    /** Why this answer is off the contract, if it is. */
    static Optional<String> wrong(Operation operation, String method, HttpResponse<String> answer) {
        int status = answer.statusCode();
        String type = answer.headers().firstValue("Content-Type").orElse("");
        boolean asked = method.equals(operation.method());
        if (status == 414 || status == 431) {
            return Optional.empty(); // said by the HTTP server before anything of ours is asked
        } else if (!(operation.api() ? API : PAGES).contains(status)) {
            return Optional.of("status " + status);
        } else if (method.equals("HEAD") || method.equals("OPTIONS") && status == 200) {
            return Optional.empty();
        } else if (asked && operation.api() && !documented(operation, status)) {
            return Optional.of("status " + status + " is not in /q/openapi");
        } else if (INSIDES.matcher(answer.body()).find() && status >= 400) {
            return Optional.of("tells of its insides");
        } else if (status == 429 && answer.headers().firstValue("Retry-After").isEmpty()) {
            return Optional.of("429 without Retry-After");
        } else if (status >= 400 && operation.api()) {
            return problem(status, type, answer.body());
        } else if (status >= 400 && !type.startsWith("text/html") && !type.startsWith("application/problem+json")) {
            return Optional.of("an error that is neither page nor problem: " + type);
        } else if (type.startsWith("application/json") && !json(answer.body())) {
            return Optional.of("no JSON");
        }
        return Optional.empty();
    }

    private static boolean documented(Operation operation, int status) {
        return operation.answers().has(String.valueOf(status))
                || operation.answers().has(status / 100 + "XX")
                || operation.answers().has("default");
    }

    private static Optional<String> problem(int status, String type, String body) {
        if (!type.startsWith("application/problem+json")) {
            return Optional.of("an error that is no problem+json: " + type);
        }
        try {
            JsonNode problem = Caller.JSON.readTree(body);
            for (String field : Set.of("type", "title", "detail")) {
                if (!problem.path(field).isTextual()
                        || problem.get(field).asText().isBlank()) {
                    return Optional.of("a problem without " + field);
                }
            }
            if (problem.path("status").asInt() != status) {
                return Optional.of("a problem with another status");
            }
            if (status != 422) {
                return Optional.empty();
            }
            boolean listed = problem.path("violations").isArray()
                    && !problem.get("violations").isEmpty();
            for (JsonNode violation : problem.path("violations")) {
                listed &= violation.path("field").isTextual()
                        && !violation.path("message").asText().isBlank();
            }
            return listed ? Optional.empty() : Optional.of("422 without violations");
        } catch (IOException e) {
            return Optional.of("a problem that is no JSON");
        }
    }

    private static boolean json(String body) {
        try {
            Caller.JSON.readTree(body);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
