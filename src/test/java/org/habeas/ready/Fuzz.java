package org.habeas.ready;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.habeas.ready.Operations.Operation;
import org.habeas.ready.Operations.Parameter;

/** Asks every endpoint everything, as everybody, and keeps what was answered against the contract (section 3). */
final class Fuzz {
    private static final List<String> MISTYPED = List.of(
            "text/plain",
            "application/xml",
            "application/json; charset=nonsense",
            "multipart/form-data",
            "*/*",
            "nonsense",
            "application/json;charset=utf-16");

    /** Who asks: a header for the API, a session's cookies and form token for pages. */
    private record Who(String name, String authorization, String cookies, String token) {}

    /** An answer off the contract, with all that is needed to ask again. */
    record Finding(String why, String request, String answer) {
        @Override
        public String toString() {
            return why + "\n   " + request + "\n   " + answer;
        }
    }

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(20))
            .build();
    private final URI portal;
    private final Operations operations;
    private final List<Who> everybody = new ArrayList<>();
    private final List<String> references;
    private final Queue<Finding> findings = new ConcurrentLinkedQueue<>();
    private final Map<Integer, LongAdder> statuses = new ConcurrentHashMap<>();

    Fuzz(URI portal, int cases) throws IOException, InterruptedException {
        this.portal = portal;
        this.operations = Operations.of(Caller.JSON.readTree(client.send(
                        HttpRequest.newBuilder(portal.resolve("/q/openapi?format=json"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body()));
        this.references = new ArrayList<>(List.of("H-0000-0000-00", "H-7K3Q-9M2X-4T"));
        everybody.add(new Who("nobody", "", "", ""));
        everybody.add(new Who("wrong", "Basic " + base64("officer:wrong"), "session=nonsense", "nonsense"));
        everybody.add(new Who("garbage", "Bearer \u00e6\u00f8\u00e5 ,=", "session=%00; =;;", ""));
        for (String account : List.of("officer", "officer2", "auditor", "admin")) {
            everybody.add(staff(account));
        }
        for (int i = 0; i < cases; i++) {
            everybody.add(person(i));
        }
    }

    /** Sends so many, spread over a few threads; the same seed sends the same. */
    Fuzz send(int count, int threads, long seed) throws InterruptedException {
        ExecutorService callers = Executors.newFixedThreadPool(threads);
        for (int t = 0; t < threads; t++) {
            Random random = new Random(seed + t);
            callers.execute(() -> {
                for (int i = 0; i < count / threads; i++) {
                    one(random);
                }
            });
        }
        callers.shutdown();
        if (!callers.awaitTermination(2, TimeUnit.HOURS)) {
            throw new AssertionError("the portal hangs");
        }
        return this;
    }

    /** How often each status came. */
    Map<Integer, Long> statuses() {
        Map<Integer, Long> sums = new TreeMap<>();
        statuses.forEach((status, sum) -> sums.put(status, sum.sum()));
        return sums;
    }

    /** What was found, the first of each sort, for somebody to read; empty is good. */
    static String told(Fuzz fuzz) {
        Map<String, Finding> sorts = new TreeMap<>();
        fuzz.findings.forEach(
                f -> sorts.putIfAbsent(f.why() + " " + f.request().replaceAll("[?].*|H-[0-9A-Z-]*|/api/v1", ""), f));
        return sorts.values().stream()
                .limit(40)
                .map(Finding::toString)
                .collect(java.util.stream.Collectors.joining(
                        "\n", sorts.isEmpty() ? "" : fuzz.findings.size() + " findings\n", ""));
    }

    private void one(Random random) {
        Values values = new Values(operations, random);
        Operation operation = values.pick(operations.all());
        if (operation.heavy() && random.nextInt(20) > 0) {
            return;
        }
        Who who = values.pick(everybody);
        String path = path(operation, values, random);
        HttpRequest.Builder request;
        try {
            request = HttpRequest.newBuilder(portal.resolve(path)).timeout(Duration.ofMinutes(2));
        } catch (IllegalArgumentException e) {
            return; // no address at all: NonsenseTest sends those
        }
        headers(request, operation, who, values, random);
        byte[] body = body(request, operation, who, values, random);
        String method = random.nextInt(60) == 0
                ? values.pick(List.of("PATCH", "DELETE", "PUT", "OPTIONS", "HEAD", "TRACE"))
                : operation.method();
        request.method(
                method,
                body.length == 0 ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofByteArray(body));
        check(operation, who, request.build(), body);
    }

    private String path(Operation operation, Values values, Random random) {
        String path = operation.path();
        StringBuilder query = new StringBuilder();
        for (Parameter parameter : operation.parameters()) {
            boolean reference =
                    parameter.name().equals("reference") || parameter.name().equals("id");
            if (parameter.in().equals("path")) {
                String value = values.text(parameter.name(), reference ? references : List.of());
                path = path.replace(
                        "{" + parameter.name() + "}", value.isEmpty() || value.length() > 5000 ? "x" : encoded(value));
            } else if (parameter.in().equals("query") && random.nextInt(3) > 0) {
                String value = values.text(parameter.name(), reference ? references : List.of());
                query.append(query.isEmpty() ? '?' : '&')
                        .append(parameter.name())
                        .append('=')
                        .append(encoded(value.substring(0, Math.min(1500, value.length()))));
            }
        }
        return path
                + (random.nextInt(20) == 0
                        ? (query.isEmpty() ? "?" : query + "&") + "lang="
                                + encoded(values.odd())
                                        .replaceAll("(?s)^(.{0,300}).*", "$1")
                                        .replaceAll("%.?$", "")
                        : query);
    }

    private static void headers(
            HttpRequest.Builder request, Operation operation, Who who, Values values, Random random) {
        if (!who.authorization().isEmpty() && (operation.api() || random.nextInt(10) == 0)) {
            request.header("Authorization", who.authorization());
        }
        if (!who.cookies().isEmpty() && !operation.api()) {
            request.header("Cookie", who.cookies());
        }
        if (random.nextInt(20) == 0) {
            request.header(
                    "Accept",
                    values.pick(List.of("*/*", "text/html", "application/json", "image/png", "*/", "text/html;q=x")));
        }
        if (random.nextInt(10) == 0) {
            request.header("Accept-Language", values.pick(List.of("nb", "nn-NO,en;q=0.5", "xx", ";;q=", "*")));
        }
    }

    private byte[] body(HttpRequest.Builder request, Operation operation, Who who, Values values, Random random) {
        if (operation.method().equals("GET")
                || operation.bodies().isEmpty() && operation.api() && random.nextInt(4) > 0) {
            return new byte[0];
        }
        String type = operation.bodies().isEmpty()
                ? "application/x-www-form-urlencoded"
                : operation.bodies().get(0);
        JsonNode made = values.json(
                "body", operation.body().isMissingNode() ? Caller.JSON.createObjectNode() : operation.body(), 0);
        String text = type.contains("json") ? made.toString() : form(made, who, random);
        if (type.startsWith("multipart/")) {
            type = "multipart/form-data; boundary=b";
            text = multipart(made, who, values, random);
        }
        if (random.nextInt(25) == 0) {
            text = text.substring(0, random.nextInt(text.length() + 1));
        }
        if (random.nextInt(20) == 0) {
            type = values.pick(MISTYPED);
        }
        if (random.nextInt(40) > 0) {
            request.header("Content-Type", type);
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > 0 && random.nextInt(40) == 0) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return random.nextInt(400) == 0 ? "x".repeat(1_200_000).getBytes(StandardCharsets.UTF_8) : bytes;
    }

    private static String form(JsonNode made, Who who, Random random) {
        StringBuilder form = new StringBuilder(random.nextInt(20) == 0 ? "" : "_csrf=" + encoded(who.token()));
        made.properties().forEach(field -> form.append('&')
                .append(encoded(field.getKey()))
                .append('=')
                .append(encoded(field.getValue().asText(field.getValue().toString()))));
        return form.toString();
    }

    private static String multipart(JsonNode made, Who who, Values values, Random random) {
        StringBuilder parts = new StringBuilder(part("_csrf", "", who.token()));
        made.properties().forEach(field -> {
            String value = field.getValue().asText(field.getValue().toString());
            parts.append(part(field.getKey().replaceAll("[\r\n\"]", ""), "", value));
        });
        parts.append(part(
                "file",
                "; filename=\"" + values.pick(List.of("a.csv", "a.json", "../a", "", "\u00e6")) + "\"",
                values.odd()));
        return random.nextInt(10) == 0 ? parts.toString() : parts + "--b--\r\n";
    }

    private static String part(String name, String more, String value) {
        return "--b\r\nContent-Disposition: form-data; name=\"" + name + "\"" + more + "\r\n\r\n" + value + "\r\n";
    }

    private void check(Operation operation, Who who, HttpRequest request, byte[] body) {
        try {
            HttpResponse<String> answer = sent(request);
            statuses.computeIfAbsent(answer.statusCode(), s -> new LongAdder()).increment();
            remember(operation, answer);
            Optional<String> wrong = Verdicts.wrong(operation, request.method(), answer);
            wrong.ifPresent(why -> findings.add(found(why, who, request, body, answer)));
        } catch (IOException e) {
            findings.add(new Finding(
                    "no answer: " + e, who.name() + " " + request.method() + " " + request.uri(), shown(body)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Again where the connection was one that the server had closed after an answer before, such as "too large". */
    private HttpResponse<String> sent(HttpRequest request) throws IOException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            try {
                return client.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
            } catch (IOException e) {
                if (attempt == 5) {
                    throw e;
                }
            }
        }
    }

    /** What exists from now on can be asked for. */
    private synchronized void remember(Operation operation, HttpResponse<String> answer) {
        if (answer.statusCode() < 300
                && operation.method().equals("POST")
                && operation.api()
                && references.size() < 400) {
            Matcher named = Pattern.compile("\"(?:reference|id)\":\"([^\"]+)\"").matcher(answer.body());
            if (named.find()) {
                references.add(named.group(1));
            }
        }
    }

    private static Finding found(String why, Who who, HttpRequest request, byte[] body, HttpResponse<String> answer) {
        return new Finding(
                why,
                who.name() + " " + request.method() + " "
                        + request.uri().toString().replaceAll("(?s)^(.{0,400}).*", "$1") + " "
                        + request.headers().map().getOrDefault("Content-Type", List.of()) + " "
                        + request.headers().map().getOrDefault("Accept", List.of()) + " " + shown(body),
                answer.statusCode() + " "
                        + answer.headers().firstValue("Content-Type").orElse("") + " "
                        + shown(answer.body().getBytes(StandardCharsets.UTF_8)));
    }

    private static String shown(byte[] body) {
        String text =
                new String(body, 0, Math.min(body.length, 700), StandardCharsets.UTF_8).replaceAll("\\p{Cntrl}", "?");
        return body.length + " bytes: " + text;
    }

    private Who staff(String account) throws IOException, InterruptedException {
        Sessions.Session in = Sessions.of(portal, account);
        return new Who(account, in.authorization(), in.cookies(), in.token());
    }

    private Who person(int number) throws IOException, InterruptedException {
        Caller nobody = new Caller(client, portal, "");
        String right = List.of("access", "erasure", "correction", "objection").get(number % 4);
        JsonNode filed = nobody.files(
                        right, List.of("ada", "bea", "cato", "dag").get(number % 4) + "@example.org")
                .json();
        String reference = filed.get("reference").asText();
        references.add(reference);
        if (number % 4 != 3) {
            nobody.staff("officer")
                    .post(
                            "/api/v1/cases/" + reference + "/verification",
                            "{\"method\": \"call-back\", \"note\": \"known\"}");
        }
        Sessions.Session in =
                Sessions.person(portal, reference, filed.get("passphrase").asText());
        return new Who("person " + reference, in.authorization(), in.cookies(), in.token());
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
