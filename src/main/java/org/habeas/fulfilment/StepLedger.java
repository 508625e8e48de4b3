package org.habeas.fulfilment;

import com.fasterxml.jackson.core.type.TypeReference;
import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.habeas.connector.Batch;
import org.habeas.connector.Key;
import org.habeas.connector.Row;
import org.habeas.connector.Values;
import org.habeas.datamap.CollectionKey;
import org.habeas.datamap.DataMap;
import org.habeas.vault.Vault;

/** The ledger of steps: what is to be done to which rows, sealed, and whether it is done. */
@ApplicationScoped
class StepLedger {
    private static final TypeReference<List<Map<String, Object>>> ROWS = new TypeReference<>() {};

    private final AgroalDataSource database;
    private final Vault vault;
    private final DataMap map;

    StepLedger(AgroalDataSource database, Vault vault, DataMap map) {
        this.database = database;
        this.vault = vault;
        this.map = map;
    }

    record State(UUID key, int run, boolean ready, int failures, Optional<Long> remaining) {}

    /** A step of the present run. */
    record Entry(
            int run,
            int seq,
            String system,
            String collection,
            Plan.Action action,
            boolean asked,
            List<Batch> batches) {}

    // ---- writing a plan down

    Optional<State> state(UUID request) {
        return all(
                        "select vault_key, run, ready, failures, remaining from execution where request_id = ?",
                        r -> new State(
                                r.getObject(1, UUID.class),
                                r.getInt(2),
                                r.getBoolean(3),
                                r.getInt(4),
                                Optional.ofNullable(r.getObject(5, Long.class))),
                        request)
                .stream()
                .findFirst();
    }

    /** Begins a new run beside what earlier ones have done; what a crash left half written goes. */
    int newRun(UUID request, UUID key) {
        run(
                "insert into execution (request_id, vault_key, run, ready) values (?, ?, 0, false) on conflict (request_id)"
                        + " do nothing",
                request,
                key);
        run("delete from execution_step where request_id = ? and state <> 'DONE'", request);
        run("delete from execution_kept where request_id = ?", request);
        run("update execution set run = run + 1, ready = false, remaining = null where request_id = ?", request);
        return state(request).orElseThrow().run();
    }

    /** False when another replica has begun a later run meanwhile. */
    boolean ready(UUID request, int run) {
        return run("update execution set ready = true, failures = 0 where request_id = ? and run = ?", request, run)
                == 1;
    }

    /** What was not begun is not to be done any more. */
    void drop(UUID request) {
        run("delete from execution_step where request_id = ? and state <> 'DONE'", request);
        run("update execution set ready = false where request_id = ?", request);
    }

    void add(UUID request, UUID key, int run, int seq, Step step, boolean asked) {
        run(
                "insert into execution_step (request_id, run, seq, system, collection, action, preparing, rows, state,"
                        + " sealed) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                request,
                run,
                seq,
                step.system(),
                step.collection(),
                step.action().name(),
                step.preparing(),
                step.rows(),
                asked ? "ASKED" : "OPEN",
                vault.seal(key, pack(batches(step.batches())), context(request, run, seq)));
    }

    void keep(UUID request, UUID key, int run, int seq, PlanDraft.Keeping keeping) {
        Fate fate = keeping.fate();
        List<Map<String, Object>> keys = new ArrayList<>();
        keeping.rows().forEach(r -> keys.add(Map.of("k", r.key().values())));
        run(
                "insert into execution_kept (request_id, run, seq, system, collection, reason, rule, citation, until, rows,"
                        + " sealed) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                request,
                run,
                seq,
                keeping.collection().dataset(),
                keeping.collection().name(),
                fate.reason().orElse(""),
                fate.mark().map(m -> m.rule().id()).orElse(null),
                fate.mark().map(m -> m.rule().citation()).orElse(null),
                fate.mark().flatMap(Retentions.Mark::until).orElse(null),
                keeping.rows().size(),
                vault.seal(key, pack(keys), "kept:" + context(request, run, seq)));
    }

    // ---- working it off

    /** The next step of this run that is not done, in order. */
    Optional<Entry> next(UUID request, State state) {
        return entries(request, state, "state <> 'DONE' order by seq limit 1").stream()
                .findFirst();
    }

    /** The rows of all steps of the run, one step at a time. */
    void each(UUID request, State state, java.util.function.Consumer<Entry> steps) {
        int last = all(
                        "select coalesce(max(seq), -1) from execution_step where request_id = ? and run = ?",
                        r -> r.getInt(1),
                        request,
                        state.run())
                .get(0);
        for (int seq = 0; seq <= last; seq++) {
            entries(request, state, "seq = " + seq).forEach(steps);
        }
    }

    /** What was done in this and in earlier runs, in that order, except by hand. */
    void eachDone(UUID request, State state, java.util.function.Consumer<Entry> steps) {
        for (int run = 1; run <= state.run(); run++) {
            State then = new State(state.key(), run, true, 0, Optional.empty());
            List<Integer> seqs = all(
                    "select seq from execution_step where request_id = ? and run = ? and state = 'DONE' order by seq",
                    r -> r.getInt(1),
                    request,
                    run);
            for (int seq : seqs) {
                entries(request, then, "seq = " + seq).forEach(steps);
            }
        }
    }

    private List<Entry> entries(UUID request, State state, String which) {
        return all(
                "select seq, system, collection, action, state, sealed from execution_step where request_id = ? and run = ?"
                        + " and " + which,
                r -> new Entry(
                        state.run(),
                        r.getInt(1),
                        r.getString(2),
                        r.getString(3),
                        Plan.Action.valueOf(r.getString(4)),
                        r.getString(5).equals("ASKED"),
                        batches(
                                request,
                                state.run(),
                                r.getInt(1),
                                r.getString(2),
                                unpack(vault.open(
                                        state.key(), r.getBytes(6), context(request, state.run(), r.getInt(1)))))),
                request,
                state.run());
    }

    void done(UUID request, Entry entry) {
        run(
                "update execution_step set state = 'DONE', failure = null, done_at = now() where request_id = ? and run = ?"
                        + " and seq = ?",
                request,
                entry.run(),
                entry.seq());
        run("update execution set failures = 0 where request_id = ? and failures > 0", request);
    }

    void confirmed(UUID request, String system) {
        run(
                "update execution_step set state = 'DONE', done_at = now() where request_id = ? and system = ? and state ="
                        + " 'ASKED'",
                request,
                system);
    }

    /** Names why the step did not succeed; how often something failed in a row. */
    int failed(UUID request, Entry entry, String failure) {
        run(
                "update execution_step set failure = ? where request_id = ? and run = ? and seq = ?",
                failure,
                request,
                entry.run(),
                entry.seq());
        return failed(request);
    }

    int failed(UUID request) {
        run("update execution set failures = failures + 1 where request_id = ?", request);
        return state(request).map(State::failures).orElse(1);
    }

    void finish(UUID request, long remaining) {
        run("update execution set remaining = ?, finished_at = now() where request_id = ?", remaining, request);
    }

    // ---- what is told of it

    List<Execution.Stage> stages(UUID request) {
        return all(
                "select system, collection, action, sum(rows) filter (where not preparing), coalesce(sum(rows) filter (where"
                        + " state = 'DONE' and not preparing), 0), max(failure) from execution_step where request_id = ?"
                        + " group by system, collection, action order by min(run), min(seq)",
                r -> new Execution.Stage(
                        r.getString(1),
                        r.getString(2),
                        Plan.Action.valueOf(r.getString(3)),
                        r.getLong(4),
                        r.getLong(5),
                        Optional.ofNullable(r.getString(6))),
                request);
    }

    List<Execution.Kept> kept(UUID request) {
        return all(
                "select system, collection, sum(rows), reason, rule, citation, until from execution_kept where request_id ="
                        + " ? group by system, collection, reason, rule, citation, until order by system, collection, until",
                r -> new Execution.Kept(
                        r.getString(1),
                        r.getString(2),
                        r.getLong(3),
                        r.getString(4),
                        Optional.ofNullable(r.getString(5)),
                        Optional.ofNullable(r.getString(6)),
                        Optional.ofNullable(r.getObject(7, LocalDate.class))),
                request);
    }

    /** Rows kept by a rule until a day, a few at a time. */
    record KeptRows(CollectionKey collection, String rule, LocalDate until, List<Key> keys) {}

    void eachKept(UUID request, State state, java.util.function.Consumer<KeptRows> kept) {
        List<Integer> seqs = all(
                "select seq from execution_kept where request_id = ? and run = ? and until is not null order by seq",
                r -> r.getInt(1),
                request,
                state.run());
        for (int seq : seqs) {
            all(
                            "select system, collection, rule, until, sealed from execution_kept where request_id = ? and"
                                    + " run = ? and seq = ?",
                            r -> new KeptRows(
                                    new CollectionKey(r.getString(1), r.getString(2)),
                                    r.getString(3),
                                    r.getObject(4, LocalDate.class),
                                    unpack(vault.open(
                                                    state.key(),
                                                    r.getBytes(5),
                                                    "kept:" + context(request, state.run(), seq)))
                                            .stream()
                                            .map(k -> new Key(list(k.get("k"))))
                                            .toList()),
                            request,
                            state.run(),
                            seq)
                    .forEach(kept);
        }
    }

    void forget(UUID request) {
        for (String table : List.of("execution_step", "execution_kept", "execution")) {
            run("delete from " + table + " where request_id = ?", request);
        }
    }

    // ---- batches as bytes

    private static String context(UUID request, int run, int seq) {
        return "step:" + request + ":" + run + ":" + seq;
    }

    private static List<Map<String, Object>> batches(List<Batch> batches) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int i = 0; i < batches.size(); i++) {
            for (Batch.Change change : batches.get(i).changes()) {
                Map<String, Object> row = new LinkedHashMap<>();
                row.put("b", i);
                row.put("n", batches.get(i).collection().name());
                row.put("k", change.before().key().values());
                row.put("v", change.before().values());
                row.put("c", change.copies());
                row.put("p", change.present());
                if (change.what() instanceof Batch.Set set) {
                    row.put("s", set.values());
                }
                rows.add(row);
            }
        }
        return rows;
    }

    private List<Batch> batches(UUID request, int run, int seq, String system, List<Map<String, Object>> rows) {
        Map<Integer, List<Batch.Change>> changes = new LinkedHashMap<>();
        Map<Integer, String> names = new LinkedHashMap<>();
        for (Map<String, Object> row : rows) {
            int batch = number(row.get("b"));
            names.put(batch, row.get("n").toString());
            Row before = new Row(new Key(list(row.get("k"))), map(row.get("v")));
            Batch.Change change =
                    row.containsKey("s") ? Batch.Change.set(before, map(row.get("s"))) : Batch.Change.delete(before);
            changes.computeIfAbsent(batch, b -> new ArrayList<>())
                    .add(change.copies(number(row.get("c")), number(row.get("p"))));
        }
        List<Batch> batches = new ArrayList<>();
        changes.forEach((batch, some) -> batches.add(new Batch(
                request + "-" + run + "-" + seq + "-" + batch,
                map.collection(system, names.get(batch)).orElseThrow(),
                some)));
        return batches;
    }

    private static int number(Object value) {
        return ((Number) value).intValue();
    }

    @SuppressWarnings("unchecked")
    private static List<Object> list(Object value) {
        return (List<Object>) Values.plain(value);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object value) {
        return (Map<String, Object>) Values.plain(value);
    }

    private static byte[] pack(List<Map<String, Object>> rows) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (var zip = new GZIPOutputStream(bytes)) {
            Values.JSON.writeValue(zip, rows);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static List<Map<String, Object>> unpack(byte[] packed) {
        try (var zip = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            return Values.JSON.readValue(zip, ROWS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // ---- SQL

    private interface Reading<T> {
        T of(java.sql.ResultSet row) throws SQLException;
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
            throw new IllegalStateException("the ledger of steps cannot be read", e);
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
            throw new IllegalStateException("the ledger of steps cannot be written", e);
        }
    }
}
