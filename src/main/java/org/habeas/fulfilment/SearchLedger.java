package org.habeas.fulfilment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.habeas.connector.Values;
import org.habeas.datamap.CollectionKey;
import org.habeas.vault.Vault;

/** The tables of the searches: which findings are shown, how far each system has answered, what people said instead. */
@ApplicationScoped
class SearchLedger {
    private static final TypeReference<List<Map<String, Object>>> RETAINED = new TypeReference<>() {};
    private static final TypeReference<Map<String, List<Map<String, Object>>>> ANSWER = new TypeReference<>() {};

    private final AgroalDataSource database;
    private final Vault vault;

    SearchLedger(AgroalDataSource database, Vault vault) {
        this.database = database;
        this.vault = vault;
    }

    /** {@code key} seals all that is found for the case. */
    record State(UUID generation, UUID key, boolean complete, int failures) {}

    record SystemState(String system, SystemStatus status, Optional<String> error) {}

    // ---- the search

    Optional<State> state(UUID request) {
        return one(
                "select generation, vault_key, complete, failures from search where request_id = ?",
                r -> new State(r.getObject(1, UUID.class), r.getObject(2, UUID.class), r.getBoolean(3), r.getInt(4)),
                request);
    }

    /** Begins: the first generation is shown at once, a later one only when it is complete. */
    UUID begin(UUID request, UUID key) {
        UUID generation = UUID.randomUUID();
        run(
                "insert into search (request_id, generation, vault_key, complete, started_at) values (?, ?, ?, false, now()) on conflict"
                        + " (request_id) do update set started_at = now(), generation = case when search.complete then"
                        + " search.generation else excluded.generation end",
                request,
                generation,
                key);
        run("insert into search_generation (request_id, generation) values (?, ?)", request, generation);
        return generation;
    }

    /** Shows these findings; those before go when nobody can be reading them any more. */
    void show(UUID request, UUID generation, boolean failed) {
        run(
                "update search set generation = ?, complete = true, finished_at = now(), failures = case when ? then"
                        + " failures + 1 else 0 end where request_id = ?",
                generation,
                failed,
                request);
        run(
                "update search_generation set replaced_at = coalesce(replaced_at, now()) where request_id = ? and"
                        + " generation <> ?",
                request,
                generation);
        String old =
                " where request_id = ? and generation in (select generation from search_generation where request_id"
                        + " = ? and replaced_at < now() - interval '30 minutes')";
        for (String table : List.of("finding_chunk", "finding_collection", "search_generation")) {
            run("delete from " + table + old, request, request);
        }
    }

    /** What is shown is not all: another run has to follow before the case can go on. */
    void reopen(UUID request) {
        run("update search set complete = false where request_id = ?", request);
    }

    void failedAgain(UUID request) {
        run("update search set failures = failures + 1 where request_id = ?", request);
    }

    // ---- its systems

    /** Whether the system was not there before. */
    boolean addSystem(UUID request, String system, SystemStatus status) {
        return run(
                        "insert into search_system (request_id, system, status) values (?, ?, ?) on conflict do nothing",
                        request,
                        system,
                        status.name())
                == 1;
    }

    void status(UUID request, String system, SystemStatus status, String error) {
        run(
                "update search_system set status = ?, error = ?, changed_at = now() where request_id = ? and system = ? and"
                        + " status <> 'WAIVED'",
                status.name(),
                error,
                request,
                system);
    }

    /** Marks a system as being searched, unless it answered before; a failure stays named meanwhile. */
    void runs(UUID request, String system) {
        run(
                "update search_system set status = 'RUNNING', changed_at = now() where request_id = ? and system = ? and"
                        + " status in ('PENDING', 'FAILED')",
                request,
                system);
    }

    /** How many rows are shown. */
    long rows(UUID request) {
        return one(
                        "select coalesce(sum(f.rows), 0) from finding_collection f join search s using (request_id,"
                                + " generation) where request_id = ?",
                        r -> r.getLong(1),
                        request)
                .orElse(0L);
    }

    List<SystemState> systems(UUID request) {
        return all(
                "select system, status, error from search_system where request_id = ?",
                r -> new SystemState(
                        r.getString(1), SystemStatus.valueOf(r.getString(2)), Optional.ofNullable(r.getString(3))),
                request);
    }

    void waive(UUID request, UUID key, String system, String reason) {
        run(
                "update search_system set status = 'WAIVED', error = null, reason_sealed = ?, changed_at = now() where"
                        + " request_id = ? and system = ?",
                vault.seal(key, reason, "waiver:" + system),
                request,
                system);
    }

    void answer(UUID request, UUID key, String system, Map<String, List<Map<String, Object>>> rows) {
        run(
                "update search_system set status = ?, error = null, answer_sealed = ?, changed_at = now() where request_id"
                        + " = ? and system = ?",
                (rows.isEmpty() ? SystemStatus.NONE : SystemStatus.FOUND).name(),
                vault.seal(key, Values.json(rows), "answer:" + system),
                request,
                system);
    }

    /** The rows that owners gave by hand. */
    Map<CollectionKey, List<Map<String, Object>>> answers(UUID request, UUID key) {
        Map<CollectionKey, List<Map<String, Object>>> answers = new LinkedHashMap<>();
        all(
                        "select system, answer_sealed from search_system where request_id = ? and answer_sealed is not null"
                                + " and status <> 'WAIVED'",
                        r -> Map.entry(r.getString(1), r.getBytes(2)),
                        request)
                .forEach(a -> {
                    String json = vault.openText(key, a.getValue(), "answer:" + a.getKey());
                    parse(json, ANSWER)
                            .forEach((name, rows) -> answers.put(
                                    new CollectionKey(a.getKey(), name),
                                    rows.stream().map(SearchLedger::plain).toList()));
                });
        return answers;
    }

    // ---- its findings, summed up

    void collection(UUID request, UUID generation, CollectionKey collection, Findings.FoundCollection found) {
        List<Map<String, Object>> retained = new ArrayList<>();
        for (Findings.Retained r : found.retained()) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("rule", r.rule());
            one.put("until", r.until().map(Object::toString).orElse(null));
            one.put("rows", r.rows());
            retained.add(one);
        }
        run(
                "insert into finding_collection (request_id, generation, system, collection, rows, shared, retained) values"
                        + " (?, ?, ?, ?, ?, ?, ?::jsonb) on conflict (request_id, generation, system, collection) do update"
                        + " set rows = excluded.rows, shared = excluded.shared, retained = excluded.retained",
                request,
                generation,
                collection.dataset(),
                collection.name(),
                found.rows(),
                found.shared(),
                Values.json(retained));
    }

    Map<String, List<Findings.FoundCollection>> collections(UUID request, UUID generation) {
        Map<String, List<Findings.FoundCollection>> found = new LinkedHashMap<>();
        all(
                        "select system, collection, rows, shared, retained::text from finding_collection where request_id = ?"
                                + " and generation = ? order by system, collection",
                        r -> Map.entry(
                                r.getString(1),
                                new Findings.FoundCollection(
                                        r.getString(2), r.getLong(3), r.getLong(4), retained(r.getString(5)))),
                        request,
                        generation)
                .forEach(e -> found.computeIfAbsent(e.getKey(), s -> new ArrayList<>())
                        .add(e.getValue()));
        return found;
    }

    private static List<Findings.Retained> retained(String json) {
        return parse(json, RETAINED).stream()
                .map(r -> new Findings.Retained(
                        r.get("rule").toString(),
                        Optional.ofNullable(r.get("until")).map(u -> java.time.LocalDate.parse(u.toString())),
                        ((Number) r.get("rows")).longValue()))
                .toList();
    }

    void forget(UUID request) {
        for (String table :
                List.of("finding_chunk", "finding_collection", "search_generation", "search_system", "search")) {
            run("delete from " + table + " where request_id = ?", request);
        }
    }

    // ---- SQL

    @SuppressWarnings("unchecked")
    private static Map<String, Object> plain(Map<String, Object> row) {
        return (Map<String, Object>) Values.plain(row);
    }

    private static <T> T parse(String json, TypeReference<T> type) {
        try {
            return Values.JSON.readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a row of the search cannot be read");
        }
    }

    private interface Reading<T> {
        T of(java.sql.ResultSet row) throws SQLException;
    }

    private <T> Optional<T> one(String sql, Reading<T> reading, Object... values) {
        return all(sql, reading, values).stream().findFirst();
    }

    private <T> List<T> all(String sql, Reading<T> reading, Object... values) {
        try (Connection connection = database.getConnection();
                var select = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                select.setObject(i + 1, values[i]);
            }
            List<T> all = new ArrayList<>();
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    all.add(reading.of(rows));
                }
            }
            return all;
        } catch (SQLException e) {
            throw new IllegalStateException("the search cannot be read", e);
        }
    }

    private int run(String sql, Object... values) {
        try (Connection connection = database.getConnection();
                var update = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                update.setObject(i + 1, values[i]);
            }
            return update.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException("the search cannot be written", e);
        }
    }
}
