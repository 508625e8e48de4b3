package org.habeas.connector;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;
import org.habeas.datamap.Dataset;
import org.habeas.datamap.MappedCollection;
import org.habeas.datamap.MappedField;
import org.habeas.datamap.SystemEntry;

/**
 * A system with an API. What an answer holds is compared with what was asked for, so that a filter that the API ignores
 * reaches nobody else's row. Changes carry an idempotency key, and after a time-out the row is looked at before it is
 * sent again.
 */
final class HttpSystem implements Connector {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final SystemEntry entry;
    private final Dataset dataset;
    private final HttpDescription description;
    private final HttpExchange exchange;

    @ApplicationScoped
    static class HttpFactory implements Factory {
        @Override
        public SystemEntry.Kind kind() {
            return SystemEntry.Kind.HTTP;
        }

        @Override
        public Connector open(SystemEntry system, Dataset dataset) {
            return new HttpSystem(system, dataset);
        }
    }

    HttpSystem(SystemEntry entry, Dataset dataset) {
        this.entry = entry;
        this.dataset = dataset;
        try {
            this.description = HttpDescription.of(entry.url().orElseThrow(), entry.settings());
        } catch (IllegalArgumentException e) {
            throw new SystemFailure(entry.name(), SystemFailure.Kind.NOT_THERE, e.getMessage());
        }
        this.exchange = new HttpExchange(entry.name(), description);
    }

    @Override
    public void check() {
        String path = entry.settings().path("check").asText("/");
        exchange.send("GET", path, Optional.empty(), Map.of());
    }

    /** What the map says: an API does not tell more. */
    @Override
    public Catalogue catalogue() {
        return new Catalogue(
                dataset.collections().stream().map(HttpSystem::table).toList());
    }

    @Override
    public void find(Lookup lookup, Predicate<Row> rows) {
        HttpDescription.Call call = calls(lookup.collection())
                .findBy(lookup.fields())
                .orElseThrow(() -> notDescribed("to find " + lookup.collection().name() + " by " + lookup.fields()));
        for (Key key : lookup.keys()) {
            if (!key.hasNull()) {
                Map<String, Object> values = new HashMap<>();
                for (int i = 0; i < lookup.fields().size(); i++) {
                    values.put(lookup.fields().get(i), key.values().get(i));
                }
                Predicate<Row> matching = row -> !matches(row, lookup, key) || rows.test(row);
                if (!pages(lookup.collection(), call, values, matching)) {
                    return;
                }
            }
        }
    }

    @Override
    public List<Long> count(Lookup lookup, long most) {
        List<Long> counts = new ArrayList<>();
        for (Key key : lookup.keys()) {
            long[] count = {0};
            find(new Lookup(lookup.collection(), lookup.fields(), List.of(key)), row -> ++count[0] < most);
            counts.add(count[0]);
        }
        return counts;
    }

    @Override
    public List<Objection> objections(Batch batch) {
        HttpDescription.Collection calls = calls(batch.collection());
        List<Objection> objections = new ArrayList<>();
        String what = batch.collection().address();
        String remedy = "Describe the call in systems.yml, or keep the rows with a reason";
        if (batch.changes().stream().anyMatch(c -> c.what() instanceof Batch.Delete)
                && calls.erase().isEmpty()) {
            objections.add(new Objection(what + " has no call that erases", remedy));
        }
        if (batch.changes().stream().anyMatch(c -> c.what() instanceof Batch.Set)
                && calls.change().isEmpty()) {
            objections.add(new Objection(what + " has no call that changes", remedy));
        }
        if (byKey(batch.collection()).isEmpty()) {
            objections.add(new Objection(what + " has no call that finds a row by its primary key", remedy));
        }
        return objections;
    }

    /** Looks at every row first, and touches none where one has moved; then changes one after the other. */
    @Override
    public Outcome apply(Batch batch) {
        List<Batch.Change> open = new ArrayList<>();
        int moved = 0;
        for (Batch.Change change : batch.changes()) {
            Optional<Row> now = current(batch.collection(), change.before());
            if (!asWanted(change, now)) {
                open.add(change);
                moved += now.filter(row -> same(row, change.before())).isPresent() ? 0 : 1;
            }
        }
        if (moved > 0) {
            return new Outcome.Moved(moved);
        }
        for (Batch.Change change : open) {
            change(batch, change);
        }
        return new Outcome.Applied(open.size(), batch.changes().size() - open.size());
    }

    @Override
    public void due(Due due, Predicate<Row> rows) {
        HttpDescription.Call call = calls(due.collection())
                .due()
                .orElseThrow(() -> notDescribed("to find " + due.collection().name() + " by date"));
        Set<Key> excepted = new java.util.HashSet<>();
        due.except().forEach(lookup -> find(lookup, row -> excepted.add(row.key()) || true));
        pages(
                due.collection(),
                call,
                Map.of("before", due.before().toString()),
                row -> excepted.contains(row.key()) || !before(row, due) || rows.test(row));
    }

    @Override
    public long count(Due due) {
        long[] count = {0};
        due(due, row -> ++count[0] > 0);
        return count[0];
    }

    @Override
    public void close() {
        // the client closes with its last reference
    }

    private void change(Batch batch, Batch.Change change) {
        HttpDescription.Collection calls = calls(batch.collection());
        boolean delete = change.what() instanceof Batch.Delete;
        HttpDescription.Call call = (delete ? calls.erase() : calls.change())
                .orElseThrow(() -> notDescribed("to " + (delete ? "erase " : "change ")
                        + batch.collection().name()));
        Row before = change.before();
        Map<String, Object> after = new HashMap<>(before.values());
        if (change.what() instanceof Batch.Set set) {
            after.putAll(set.values());
        }
        Optional<JsonNode> body = call.body(name -> json(after.get(name)));
        if (body.isEmpty() && change.what() instanceof Batch.Set set) {
            body = Optional.of(changed(set));
        }
        String step = batch.step() + "." + batch.changes().indexOf(change);
        try {
            exchange.send(call.method(), call.path(before::value), body, Map.of("Idempotency-Key", step));
        } catch (SystemFailure e) {
            // it may have been done although no answer came
            boolean unknown = e.kind() == SystemFailure.Kind.TOO_SLOW || e.kind() == SystemFailure.Kind.UNREACHABLE;
            if (!unknown || !asWanted(change, current(batch.collection(), before))) {
                throw e;
            }
        }
    }

    private Optional<Row> current(MappedCollection collection, Row before) {
        List<Row> found = new ArrayList<>();
        find(
                new Lookup(
                        collection,
                        collection.primaryKey().stream().map(MappedField::name).toList(),
                        List.of(before.key())),
                row -> found.add(row) && false);
        return found.stream().findFirst();
    }

    private static boolean asWanted(Batch.Change change, Optional<Row> now) {
        if (change.what() instanceof Batch.Set set) {
            return now.filter(row ->
                            set.values().entrySet().stream().allMatch(e -> equal(row.value(e.getKey()), e.getValue())))
                    .isPresent();
        }
        return now.isEmpty();
    }

    private static boolean same(Row now, Row before) {
        return before.values().entrySet().stream().allMatch(e -> equal(now.value(e.getKey()), e.getValue()));
    }

    private static boolean equal(Object a, Object b) {
        return Objects.equals(a, b) || (a != null && b != null && text(a).equals(text(b)));
    }

    private static boolean matches(Row row, Lookup lookup, Key key) {
        for (int i = 0; i < lookup.fields().size(); i++) {
            Object has = row.value(lookup.fields().get(i));
            MappedField field =
                    lookup.collection().field(lookup.fields().get(i)).orElseThrow();
            Matching matching = Matching.of(field);
            Object wanted = key.values().get(i);
            if (has == null
                    || !matching.normal(text(has)).equals(matching.normal(text(wanted)))
                    || matching.normal(text(wanted)).isEmpty()) {
                return false;
            }
        }
        return true;
    }

    private static boolean before(Row row, Due due) {
        Object date = row.value(due.field());
        return date != null
                && text(date).length() >= 10
                && text(date).substring(0, 10).compareTo(due.before().toString()) < 0
                && (due.kept().isEmpty() || due.covers(row));
    }

    private boolean pages(
            MappedCollection collection, HttpDescription.Call call, Map<String, Object> values, Predicate<Row> rows) {
        String first = call.path(values::get);
        Optional<JsonNode> question = call.body(name -> json(values.get(name)));
        HttpExchange.Answer answer = exchange.send(call.method(), first, question, Map.of());
        while (answer.found()) {
            JsonNode found = answer.body().at(call.rows());
            for (JsonNode node : found.isArray() ? found : List.of(found)) {
                if (node.isObject() && !rows.test(row(collection, node))) {
                    return false;
                }
            }
            String next =
                    call.next().map(answer.body()::at).map(n -> n.asText("")).orElse("");
            if (next.isEmpty()) {
                return true;
            }
            answer = call.cursor().isPresent()
                    ? exchange.send(
                            call.method(), withCursor(first, call.cursor().get(), next), question, Map.of())
                    : exchange.follow(call.method(), next, question);
        }
        return true;
    }

    private static String withCursor(String path, String parameter, String cursor) {
        String value = URLEncoder.encode(cursor, StandardCharsets.UTF_8);
        return path + (path.contains("?") ? "&" : "?") + parameter + "=" + value;
    }

    private static Row row(MappedCollection collection, JsonNode node) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (MappedField field : collection.fields()) {
            values.put(field.name(), value(node.at("/" + field.name().replace('.', '/'))));
        }
        List<MappedField> key = collection.primaryKey();
        List<Object> known = key.isEmpty()
                ? new ArrayList<>(values.values())
                : key.stream().map(f -> values.get(f.name())).toList();
        return new Row(new Key(known), values);
    }

    private static Object value(JsonNode node) {
        if (node.isNull() || node.isMissingNode()) {
            return null;
        }
        if (node.isIntegralNumber()) {
            return node.canConvertToLong() ? node.longValue() : (Object) new BigDecimal(node.bigIntegerValue());
        }
        if (node.isNumber()) {
            return node.decimalValue();
        }
        if (node.isBoolean()) {
            return node.booleanValue();
        }
        if (node.isTextual()) {
            return node.textValue();
        }
        return JSON.convertValue(node, Object.class);
    }

    private static JsonNode json(Object value) {
        return value == null ? NullNode.getInstance() : JSON.valueToTree(value);
    }

    private static ObjectNode changed(Batch.Set set) {
        ObjectNode body = JSON.createObjectNode();
        set.values().forEach((field, value) -> body.set(field, json(value)));
        return body;
    }

    private static String text(Object value) {
        return HttpDescription.text(value);
    }

    private HttpDescription.Collection calls(MappedCollection collection) {
        return Optional.ofNullable(description.collections().get(collection.name()))
                .orElseThrow(() -> notDescribed("to reach " + collection.name()));
    }

    private Optional<HttpDescription.Call> byKey(MappedCollection collection) {
        List<String> key =
                collection.primaryKey().stream().map(MappedField::name).toList();
        return key.isEmpty() ? Optional.empty() : calls(collection).findBy(key);
    }

    private SystemFailure notDescribed(String what) {
        return exchange.failure(SystemFailure.Kind.NOT_THERE, "systems.yml describes no call " + what);
    }

    private static Catalogue.Table table(MappedCollection collection) {
        return new Catalogue.Table(
                "",
                collection.name(),
                Catalogue.Table.Kind.TABLE,
                collection.fields().stream().map(HttpSystem::column).toList(),
                collection.primaryKey().stream().map(MappedField::name).toList(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                true,
                Set.of());
    }

    private static Catalogue.Column column(MappedField field) {
        OptionalInt length = field.length();
        return new Catalogue.Column(
                field.name(),
                field.dataType().orElse("string"),
                ValueType.OTHER,
                false,
                true,
                length,
                field.readOnly(),
                false,
                List.of());
    }
}
