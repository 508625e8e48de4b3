package org.habeas.connector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.habeas.datamap.Dataset;
import org.habeas.datamap.MappedCollection;
import org.habeas.datamap.MappedField;
import org.habeas.datamap.Position;
import org.habeas.datamap.SystemEntry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A help desk with an API: pages of two, a filter that it may ignore, moods. */
class HttpSystemTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, ObjectNode> tickets = new TreeMap<>();
    private final List<String> keys = new ArrayList<>();
    private boolean ignoresFilter;
    private volatile boolean hangsAfterDoing;
    private boolean redirects;
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.setExecutor(java.util.concurrent.Executors.newCachedThreadPool());
        server.createContext("/api/tickets", this::answer);
        server.start();
        for (int i = 1; i <= 5; i++) {
            put(i, i == 5 ? "bea@example.org" : "ada@example.org", "ticket " + i);
        }
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void findsAllPagesAndComparesAddressesWithoutRegardToCase() {
        assertEquals(4, found(system("allow: [127.0.0.1]"), "Ada@Example.org").size());
    }

    @Test
    void aFilterThatTheApiIgnoresReachesNobodyElse() {
        ignoresFilter = true;
        assertEquals(1, found(system("allow: [127.0.0.1]"), "bea@example.org").size());
    }

    @Test
    void erasesOnceAndTheSameBatchAgainIsDoneAlready() {
        HttpSystem system = system("allow: [127.0.0.1]");
        Batch batch = batch(system, "step-1");
        assertEquals(new Outcome.Applied(4, 0), system.apply(batch));
        assertEquals(new Outcome.Applied(0, 4), system.apply(batch));
        assertEquals(List.of("5"), List.copyOf(tickets.keySet()));
        assertEquals(4, keys.stream().distinct().count(), "an idempotency key for each row");
    }

    @Test
    void aRowThatChangedMeanwhileStopsTheWholeBatch() {
        HttpSystem system = system("allow: [127.0.0.1]");
        Batch batch = batch(system, "step-1");
        tickets.get("2").put("text", "changed");
        assertEquals(new Outcome.Moved(1), system.apply(batch));
        assertEquals(5, tickets.size());
    }

    @Test
    void afterATimeOutItLooksBeforeItRepeats() {
        HttpSystem system = system("allow: [127.0.0.1]\ntimeout: PT2S");
        Batch batch = batch(system, "step-1");
        hangsAfterDoing = true;
        assertEquals(new Outcome.Applied(4, 0), system.apply(batch));
        assertEquals(4, keys.size(), "nothing was sent twice");
    }

    @Test
    void changesWithTheWantedValues() {
        HttpSystem system = system("allow: [127.0.0.1]");
        Row row = found(system, "bea@example.org").get(0);
        Batch batch = new Batch("s", collection(), List.of(Batch.Change.set(row, Map.of("text", "corrected"))));
        assertEquals(new Outcome.Applied(1, 0), system.apply(batch));
        assertEquals("corrected", tickets.get("5").get("text").asText());
    }

    @Test
    void privateAddressesAndRedirectsAreRefused() {
        HttpSystem inside = system("");
        assertEquals(
                SystemFailure.Kind.DENIED,
                assertThrows(SystemFailure.class, () -> found(inside, "ada@example.org"))
                        .kind());
        redirects = true;
        HttpSystem redirected = system("allow: [127.0.0.1]");
        assertTrue(assertThrows(SystemFailure.class, () -> found(redirected, "ada@example.org"))
                .getMessage()
                .contains("redirects"));
    }

    private List<Row> found(HttpSystem system, String address) {
        List<Row> rows = new ArrayList<>();
        system.find(Lookup.by(collection(), "email", List.of(address)), rows::add);
        return rows;
    }

    private Batch batch(HttpSystem system, String step) {
        return new Batch(
                step,
                collection(),
                found(system, "ada@example.org").stream()
                        .map(Batch.Change::delete)
                        .toList());
    }

    private HttpSystem system(String more) {
        String settings =
                """
                headers: {Authorization: Bearer secret}
                collections:
                  ticket:
                    find:
                      - {by: [email], path: "/tickets?email={email}", rows: /items, next: /next}
                      - {by: [id], path: "/tickets/{id}"}
                    change: {path: "/tickets/{id}"}
                    erase: {path: "/tickets/{id}"}
                """
                        + more;
        try {
            SystemEntry entry = new SystemEntry(
                    "helpdesk",
                    "Help desk",
                    SystemEntry.Kind.HTTP,
                    Optional.of("http://127.0.0.1:" + server.getAddress().getPort() + "/api"),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    List.of(),
                    Optional.empty(),
                    Optional.empty(),
                    (ObjectNode) new YAMLMapper().readTree(settings),
                    Position.NONE);
            return new HttpSystem(entry, new Dataset("helpdesk", "Help desk", List.of(collection()), Position.NONE));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static MappedCollection collection() {
        return new MappedCollection(
                "helpdesk",
                "ticket",
                List.of(field("id", true, null), field("email", false, "email"), field("text", false, null)),
                Optional.empty(),
                new MappedCollection.OnErasure.Delete(),
                Optional.empty(),
                List.of(),
                List.of(),
                false,
                Position.NONE);
    }

    private static MappedField field(String name, boolean key, String identity) {
        return new MappedField(
                name,
                List.of(),
                key,
                Optional.ofNullable(identity),
                List.of(),
                Optional.empty(),
                OptionalInt.empty(),
                false,
                false,
                Optional.empty(),
                true,
                Position.NONE);
    }

    private void put(int id, String email, String text) {
        tickets.put(
                String.valueOf(id),
                JSON.createObjectNode().put("id", id).put("email", email).put("text", text));
    }

    private void answer(HttpExchange call) throws IOException {
        try (call) {
            String id = call.getRequestURI().getPath().replaceFirst(".*/tickets/?", "");
            if (redirects) {
                call.getResponseHeaders().add("Location", "/elsewhere");
                call.sendResponseHeaders(302, -1);
            } else if (!"GET".equals(call.getRequestMethod())) {
                change(call, id);
            } else if (!id.isEmpty()) {
                send(call, tickets.get(id));
            } else {
                send(call, list(call.getRequestURI().getQuery()));
            }
        }
    }

    private void change(HttpExchange call, String id) throws IOException {
        keys.add(call.getRequestHeaders().getFirst("Idempotency-Key"));
        if ("DELETE".equals(call.getRequestMethod())) {
            tickets.remove(id);
        } else {
            tickets.get(id).setAll((ObjectNode) JSON.readTree(call.getRequestBody()));
        }
        if (hangsAfterDoing) {
            hangsAfterDoing = false;
            try {
                Thread.sleep(4000);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        call.sendResponseHeaders(204, -1);
    }

    private ObjectNode list(String query) {
        String email = query.replaceFirst("email=([^&]*).*", "$1");
        int from = query.contains("from=") ? Integer.parseInt(query.replaceFirst(".*from=", "")) : 0;
        List<ObjectNode> all = tickets.values().stream()
                .filter(t -> ignoresFilter || t.get("email").asText().equalsIgnoreCase(email))
                .toList();
        ObjectNode page = JSON.createObjectNode();
        ArrayNode items = page.putArray("items");
        all.stream().skip(from).limit(2).forEach(items::add);
        if (from + 2 < all.size()) {
            page.put("next", "/api/tickets?email=" + email + "&from=" + (from + 2));
        }
        return page;
    }

    private static void send(HttpExchange call, ObjectNode body) throws IOException {
        byte[] bytes = body == null ? new byte[0] : body.toString().getBytes(StandardCharsets.UTF_8);
        call.sendResponseHeaders(body == null ? 404 : 200, bytes.length == 0 ? -1 : bytes.length);
        call.getResponseBody().write(bytes);
    }
}
