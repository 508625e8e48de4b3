package org.habeas.fulfilment;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.habeas.datamap.CollectionKey;
import org.habeas.datamap.DataMap;
import org.habeas.datamap.MappedField;
import org.habeas.problem.Invalid;
import org.habeas.problem.NotFound;

/** What the search found, read back: overview, pages, and all rows of a collection as a stream. */
@ApplicationScoped
public class Findings {
    /** A system and how far it has answered; {@code error} is for officers and holds no personal data. */
    public record FoundSystem(
            String system, SystemStatus status, Optional<String> error, List<FoundCollection> collections) {
        public long rows() {
            return collections.stream().mapToLong(FoundCollection::rows).sum();
        }
    }

    /** How many rows of a collection were found, how many of them others share, and what a rule retains. */
    public record FoundCollection(String collection, long rows, long shared, List<Retained> retained) {}

    /** So many rows are kept by this rule until that day, included; no day where the row's date is missing. */
    public record Retained(String rule, Optional<LocalDate> until, long rows) {}

    /**
     * One row: {@code row} is opaque, the same in every search, and names the row in a redaction; {@code values} are the
     * mapped fields, nested ones by dotted path, without those whose only categories lie under {@code system}.
     */
    public record FoundRow(String row, Standing standing, Map<String, Object> values) {
        public boolean shared() {
            return standing == Standing.SHARED;
        }

        @Override
        public String toString() {
            return "FoundRow[" + row + "]";
        }
    }

    /** Some rows and, unless they were the last, where the next page begins. */
    public record Page(List<FoundRow> items, Optional<String> next) {}

    private final DataMap map;
    private final SearchLedger ledger;
    private final StepLedger steps;
    private final Searches searches;

    Findings(DataMap map, SearchLedger ledger, StepLedger steps, Searches searches) {
        this.map = map;
        this.ledger = ledger;
        this.steps = steps;
        this.searches = searches;
    }

    /** Every system of the map that the asked company has, in its order, also those that have not answered. */
    public List<FoundSystem> systems(UUID request) {
        Map<String, SearchLedger.SystemState> states = new HashMap<>();
        ledger.systems(request).forEach(s -> states.put(s.system(), s));
        Map<String, List<FoundCollection>> found = ledger.state(request)
                .map(s -> ledger.collections(request, s.generation()))
                .orElse(Map.of());
        return map.systems().stream()
                .filter(s -> s.tablesOf().isEmpty() || states.isEmpty() || states.containsKey(s.name()))
                .map(s -> {
                    SearchLedger.SystemState state = states.getOrDefault(
                            s.name(), new SearchLedger.SystemState(s.name(), SystemStatus.PENDING, Optional.empty()));
                    return new FoundSystem(
                            s.name(), state.status(), state.error(), found.getOrDefault(s.name(), List.of()));
                })
                .toList();
    }

    /** One page; {@code after} is the {@code next} of the page before; NotFound for a collection that was not found. */
    public Page rows(UUID request, String system, String collection, Optional<String> after, int limit) {
        CollectionKey key = new CollectionKey(system, collection);
        SearchLedger.State state = state(request);
        long all = count(request, state, key);
        int from = after.map(Findings::position).orElse(0);
        int most = Math.max(1, Math.min(limit, 500));
        SealedChunks chunks = searches.chunks(request, state.key(), state.generation());
        List<FoundRow> page = new ArrayList<>();
        for (int at = from; at < all && page.size() < most; ) {
            List<Found> chunk = chunks.get(key, at / FoundRows.CHUNK);
            for (int i = at % FoundRows.CHUNK; i < chunk.size() && page.size() < most; i++, at++) {
                page.add(row(request, key, chunk.get(i)));
            }
        }
        int next = from + page.size();
        return new Page(page, next < all ? Optional.of(String.valueOf(next)) : Optional.empty());
    }

    /** All rows of a collection, one at a time in bounded memory, until {@code rows} returns false. */
    public void forEach(UUID request, String system, String collection, Predicate<FoundRow> rows) {
        CollectionKey key = new CollectionKey(system, collection);
        SearchLedger.State state = state(request);
        long all = count(request, state, key);
        SealedChunks chunks = searches.chunks(request, state.key(), state.generation());
        for (int chunk = 0; (long) chunk * FoundRows.CHUNK < all; chunk++) {
            for (Found found : chunks.get(key, chunk)) {
                if (!rows.test(row(request, key, found))) {
                    return;
                }
            }
        }
    }

    /** Deletes everything found for a request, when its time is up. In the caller's transaction. */
    public void forget(UUID request) {
        ledger.forget(request);
        steps.forget(request);
    }

    private SearchLedger.State state(UUID request) {
        return ledger.state(request).orElseThrow(() -> new NotFound("Nothing was searched yet"));
    }

    private long count(UUID request, SearchLedger.State state, CollectionKey key) {
        return ledger.collections(request, state.generation()).getOrDefault(key.dataset(), List.of()).stream()
                .filter(c -> c.collection().equals(key.name()))
                .mapToLong(FoundCollection::rows)
                .findFirst()
                .orElseThrow(() -> new NotFound("Nothing was found there"));
    }

    private static int position(String after) {
        try {
            return Math.max(0, Integer.parseInt(after));
        } catch (NumberFormatException e) {
            throw Invalid.field("after", "not the next of a page");
        }
    }

    private FoundRow row(UUID request, CollectionKey key, Found found) {
        Map<String, Object> values = new LinkedHashMap<>(found.row().values());
        map.collection(key.dataset(), key.name())
                .ifPresent(
                        c -> c.fields().stream().filter(MappedField::technical).forEach(f -> values.remove(f.name())));
        return new FoundRow(id(request, key, found), found.standing(), values);
    }

    /** Opaque, and different in every case, so that rows of two cases cannot be matched by it. */
    static String id(UUID request, CollectionKey key, Found found) {
        return RowHash.of(request + RowHash.of(key, found).hex()).hex();
    }
}
