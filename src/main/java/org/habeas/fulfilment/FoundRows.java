package org.habeas.fulfilment;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.habeas.datamap.CollectionKey;

/**
 * The rows that a search found, by collection, in bounded memory: full chunks go to the store, the last one stays at hand.
 * A collection is added to by one thread at a time.
 */
final class FoundRows {
    static final int CHUNK = 1_000;

    private final ChunkStore store;
    private final Map<CollectionKey, Shelf> shelves = new ConcurrentHashMap<>();

    FoundRows(ChunkStore store) {
        this.store = store;
    }

    private static final class Shelf {
        int stored;
        int rows;
        List<Found> open = new ArrayList<>();
    }

    /** A place in a collection's rows. */
    record Mark(int chunks, int rows) {
        static final Mark START = new Mark(0, 0);
    }

    void add(CollectionKey collection, Found found) {
        Shelf shelf = shelves.computeIfAbsent(collection, c -> new Shelf());
        synchronized (shelf) {
            shelf.open.add(found);
            shelf.rows++;
            if (shelf.open.size() == CHUNK) {
                store.put(collection, shelf.stored++, shelf.open);
                shelf.open = new ArrayList<>();
            }
        }
    }

    /** Puts everything into the store. Nothing is added afterwards. */
    void finish() {
        shelves.forEach((collection, shelf) -> {
            if (!shelf.open.isEmpty()) {
                store.put(collection, shelf.stored++, shelf.open);
                shelf.open = new ArrayList<>();
            }
        });
    }

    List<CollectionKey> collections() {
        return List.copyOf(shelves.keySet());
    }

    long count(CollectionKey collection) {
        Shelf shelf = shelves.get(collection);
        return shelf == null ? 0 : shelf.rows;
    }

    Mark end(CollectionKey collection) {
        Shelf shelf = shelves.get(collection);
        if (shelf == null) {
            return Mark.START;
        }
        synchronized (shelf) {
            return new Mark(shelf.stored, shelf.rows);
        }
    }

    boolean each(CollectionKey collection, Predicate<Found> rows) {
        return each(collection, Mark.START, end(collection), rows);
    }

    /** The rows between two marks; false when {@code rows} had enough. */
    boolean each(CollectionKey collection, Mark from, Mark to, Predicate<Found> rows) {
        for (int at = from.rows(); at < to.rows(); ) {
            int chunk = at / CHUNK;
            List<Found> content = chunk(collection, chunk);
            int last = Math.min(to.rows() - chunk * CHUNK, content.size());
            for (int i = at - chunk * CHUNK; i < last; i++) {
                if (!rows.test(content.get(i))) {
                    return false;
                }
            }
            at = (chunk + 1) * CHUNK;
        }
        return true;
    }

    private List<Found> chunk(CollectionKey collection, int chunk) {
        Shelf shelf = shelves.get(collection);
        synchronized (shelf) {
            if (chunk == shelf.stored) {
                return List.copyOf(shelf.open);
            }
        }
        return store.get(collection, chunk);
    }

    /** Replaces rows by what becomes of them; one that comes back as it was costs nothing. */
    void rewrite(CollectionKey collection, UnaryOperator<Found> change) {
        Shelf shelf = shelves.get(collection);
        for (int chunk = 0; shelf != null && chunk * CHUNK < shelf.rows; chunk++) {
            List<Found> before = chunk(collection, chunk);
            List<Found> after = before.stream().map(change).toList();
            boolean same = true;
            for (int i = 0; i < before.size() && same; i++) {
                same = before.get(i) == after.get(i);
            }
            if (!same && chunk == shelf.stored) {
                shelf.open = new ArrayList<>(after);
            } else if (!same) {
                store.put(collection, chunk, after);
            }
        }
    }
}
