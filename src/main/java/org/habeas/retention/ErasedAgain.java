package org.habeas.retention;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.habeas.connector.Batch;
import org.habeas.connector.Connector;
import org.habeas.connector.Connectors;
import org.habeas.connector.Key;
import org.habeas.connector.Lookup;
import org.habeas.connector.Outcome;
import org.habeas.connector.Row;
import org.habeas.connector.SystemFailure;
import org.habeas.connector.Values;
import org.habeas.datamap.DataMap;
import org.habeas.datamap.MappedCollection;

/**
 * Erases once more what an erasure had erased, in systems that a backup was put back into. A row goes only if it is what it
 * was, or still tied to her as it was; whatever else has its key meanwhile stays, and is counted.
 */
@ApplicationScoped
class ErasedAgain {
    private final Connectors connectors;
    private final DataMap map;
    private final Prints prints;

    ErasedAgain(Connectors connectors, DataMap map, Prints prints) {
        this.connectors = connectors;
        this.map = map;
        this.prints = prints;
    }

    /** Rows that went again, and rows that have the keys of erased ones but could not be told to be them, or were refused. */
    record Told(long again, long left) {
        Told and(Told other) {
            return new Told(again + other.again, left + other.left);
        }
    }

    /** What is carried from line to line of the file. */
    static final class Memory {
        /** Erasures of which a key is somebody else's now: of those only rows go that are unchanged. */
        private final Set<UUID> doubtful = new HashSet<>();
        /** Rows that were blanked just now, on the way to being deleted. */
        private final Set<String> touched = new HashSet<>();
    }

    private enum Judged {
        GONE,
        SAME,
        TIED,
        STRANGE
    }

    /** A row as it is there now; of rows without a key so many {@code copies} of those {@code present} are meant. */
    private record Live(Tombstone.Grave grave, Row row, int copies, int present) {}

    /** First look, which changes nothing: notes erasures whose keys name other rows now. */
    void doubt(Tombstone stone, Memory memory) {
        if (askable(stone)) {
            for (Tombstone.Part part : stone.parts()) {
                map.collection(stone.system(), part.collection())
                        .ifPresent(collection -> live(stone.system(), collection, part).stream()
                                .filter(l -> l.grave().key() != null)
                                .filter(l -> judge(stone, collection, l) == Judged.STRANGE)
                                .findFirst()
                                .ifPresent(l -> memory.doubtful.add(stone.request())));
            }
        }
    }

    /** Erases what is there again of one step. Throws a {@link SystemFailure} where a system has to be asked later. */
    Told erase(Tombstone stone, Memory memory) {
        if (!askable(stone)) {
            return new Told(0, 0);
        }
        List<Batch> batches = new ArrayList<>();
        long left = 0;
        for (Tombstone.Part part : stone.parts()) {
            Optional<MappedCollection> collection = map.collection(stone.system(), part.collection());
            if (collection.isEmpty()) {
                left += part.rows().size();
                continue;
            }
            List<Batch.Change> changes = new ArrayList<>();
            for (Live live : live(stone.system(), collection.get(), part)) {
                Judged judged = judge(stone, collection.get(), live);
                boolean doubtful = memory.doubtful.contains(stone.request());
                boolean touched = memory.touched.contains(id(collection.get(), live.row()));
                if (judged == Judged.SAME || judged == Judged.TIED && !doubtful || judged != Judged.GONE && touched) {
                    changes.add(change(live));
                } else {
                    left += judged == Judged.GONE ? 0 : 1;
                }
            }
            if (!changes.isEmpty()) {
                batches.add(new Batch("again-" + UUID.randomUUID(), collection.get(), changes));
            }
        }
        long refused = apply(stone.system(), batches, memory);
        long all = batches.stream().mapToLong(Batch::rows).sum();
        return new Told(all - refused, left + refused);
    }

    /** A person answers for a system kept by hand: paper does not come back from a backup. */
    private boolean askable(Tombstone stone) {
        return map.system(stone.system()).isPresent()
                && !connectors.of(stone.system()).byHand();
    }

    private Judged judge(Tombstone stone, MappedCollection collection, Live live) {
        Row row = live.row();
        if (done(live.grave(), row)) {
            return Judged.GONE;
        }
        if (prints.whole(row).equals(live.grave().whole())) {
            return Judged.SAME;
        }
        boolean tied = live.grave().key() != null
                && (prints.carries(collection, row, stone.identifiers())
                        || prints.ties(collection, row).equals(live.grave().ties()));
        return tied ? Judged.TIED : Judged.STRANGE;
    }

    private static boolean done(Tombstone.Grave grave, Row row) {
        return grave.set() != null
                && grave.set().entrySet().stream().allMatch(s -> Values.same(s.getValue(), row.value(s.getKey())));
    }

    private static Batch.Change change(Live live) {
        Map<String, Object> set = live.grave().set();
        Batch.Change change = set == null ? Batch.Change.delete(live.row()) : Batch.Change.set(live.row(), set);
        return change.copies(live.copies(), live.present());
    }

    // ---- the rows as they are now

    private List<Live> live(String system, MappedCollection collection, Tombstone.Part part) {
        Connector connector = connectors.of(system);
        List<Live> found = new ArrayList<>(byKey(connector, collection, part));
        found.addAll(byPrint(connector, collection, part));
        return found;
    }

    private List<Live> byKey(Connector connector, MappedCollection collection, Tombstone.Part part) {
        Map<String, Tombstone.Grave> wanted = new LinkedHashMap<>();
        List<Key> keys = new ArrayList<>();
        for (Tombstone.Grave grave : part.rows()) {
            if (grave.key() != null) {
                wanted.put(Values.canonical(grave.key()), grave);
                keys.add(new Key(grave.key()));
            }
        }
        List<Live> found = new ArrayList<>();
        if (!keys.isEmpty()) {
            Structure structure = new Structure(
                    connector.recentCatalogue(),
                    map.dataset(collection.dataset()).orElseThrow());
            connector.find(new Lookup(collection, structure.keyFields(collection), keys), row -> {
                // asked for once, however often it is handed over
                Optional.ofNullable(wanted.remove(Values.canonical(row.key().values())))
                        .ifPresent(g -> found.add(new Live(g, row, 1, 1)));
                return true;
            });
        }
        return found;
    }

    /** Rows without such a key: the whole collection is gone through. */
    private List<Live> byPrint(Connector connector, MappedCollection collection, Tombstone.Part part) {
        Map<String, List<Tombstone.Grave>> wanted = new HashMap<>();
        part.rows().stream().filter(g -> g.print() != null).forEach(g -> wanted.computeIfAbsent(
                        g.print(), p -> new ArrayList<>())
                .add(g));
        if (wanted.isEmpty()) {
            return List.of();
        }
        Map<String, List<Row>> rows = new LinkedHashMap<>();
        connector.each(collection, row -> {
            String print = prints.key(row.key());
            if (wanted.containsKey(print)) {
                rows.computeIfAbsent(print, p -> new ArrayList<>()).add(row);
            }
            return true;
        });
        List<Live> found = new ArrayList<>();
        rows.forEach((print, same) -> {
            int copies = Math.min(same.size(), wanted.get(print).size());
            found.add(new Live(wanted.get(print).get(0), same.get(0), copies, same.size()));
        });
        return found;
    }

    // ---- changing them

    /** How many rows the system refused to let go. */
    private long apply(String system, List<Batch> batches, Memory memory) {
        if (batches.isEmpty()) {
            return 0;
        }
        Connector connector = connectors.of(system);
        try {
            List<Outcome> outcomes =
                    batches.size() == 1 ? List.of(connector.apply(batches.get(0))) : connector.applyTogether(batches);
            if (outcomes.stream().anyMatch(o -> o instanceof Outcome.Moved)) {
                throw new SystemFailure(system, SystemFailure.Kind.LOCKED, "Rows changed while they were erased again");
            }
        } catch (SystemFailure e) {
            if (e.kind() != SystemFailure.Kind.REFUSED) {
                throw e;
            }
            return apart(system, batches, memory);
        }
        batches.forEach(b -> b.changes().stream()
                .filter(c -> c.what() instanceof Batch.Set)
                .forEach(c -> memory.touched.add(id(b.collection(), c.before()))));
        return 0;
    }

    /** Halves, until the rows that are refused stand alone. */
    private long apart(String system, List<Batch> batches, Memory memory) {
        if (batches.size() > 1) {
            return batches.stream()
                    .mapToLong(b -> apply(system, List.of(b), memory))
                    .sum();
        }
        Batch batch = batches.get(0);
        int middle = batch.changes().size() / 2;
        return middle == 0
                ? batch.rows()
                : apply(system, List.of(part(batch, 0, middle)), memory)
                        + apply(
                                system,
                                List.of(part(batch, middle, batch.changes().size())),
                                memory);
    }

    private static Batch part(Batch batch, int from, int to) {
        return new Batch(
                "again-" + UUID.randomUUID(),
                batch.collection(),
                batch.changes().subList(from, to));
    }

    private static String id(MappedCollection collection, Row row) {
        return collection.address() + Values.canonical(row.key().values());
    }
}
