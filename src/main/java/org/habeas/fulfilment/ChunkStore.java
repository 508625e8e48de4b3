package org.habeas.fulfilment;

import java.util.List;
import org.habeas.datamap.CollectionKey;

/** Keeps chunks of found rows, in the order in which they were put; a chunk may be replaced. */
interface ChunkStore {
    void put(CollectionKey collection, int seq, List<Found> rows);

    List<Found> get(CollectionKey collection, int seq);

    /** In memory: what needs no keeping, such as a plan that is only looked at. */
    static ChunkStore inMemory() {
        java.util.Map<CollectionKey, java.util.Map<Integer, List<Found>>> chunks =
                new java.util.concurrent.ConcurrentHashMap<>();
        return new ChunkStore() {
            @Override
            public void put(CollectionKey collection, int seq, List<Found> rows) {
                chunks.computeIfAbsent(collection, c -> new java.util.concurrent.ConcurrentHashMap<>())
                        .put(seq, List.copyOf(rows));
            }

            @Override
            public List<Found> get(CollectionKey collection, int seq) {
                return chunks.get(collection).get(seq);
            }
        };
    }
}
