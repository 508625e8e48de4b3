package org.habeas.fulfilment;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.habeas.connector.Connector;
import org.habeas.connector.jdbc.JdbcConnector;
import org.habeas.datamap.CollectionKey;
import org.habeas.datamap.DataMap;
import org.habeas.datamap.Links;
import org.habeas.datamap.SystemEntry;

/** A search over real databases without a portal around it: what was found, by collection. */
final class Searched implements AutoCloseable {
    final DataMap map;
    final Links links;
    final FoundRows rows = new FoundRows(ChunkStore.inMemory());
    final Search search;
    private final Map<String, Connector> connectors = new HashMap<>();
    private final ExecutorService threads = Executors.newFixedThreadPool(4);

    Searched(DataMap map, String email) {
        this(map, Set.of(new Search.Proven("email", email)), Map.of());
    }

    Searched(DataMap map, Set<Search.Proven> identifiers, Map<CollectionKey, List<Map<String, Object>>> given) {
        this.map = map;
        this.links = Links.of(map);
        for (SystemEntry system : map.systems()) {
            if (system.kind() == SystemEntry.Kind.JDBC) {
                connectors.put(system.name(), JdbcConnector.of(system, Path.of("target")));
            }
        }
        search = new Search(links, this::connector, threads, () -> {}, rows, Set.of());
        search.run(identifiers, given);
        rows.finish();
    }

    Connector connector(String system) {
        return connectors.get(system);
    }

    /** {@code collection: standing [values of the field]}, sorted. */
    Map<String, List<String>> found(String field) {
        Map<String, List<String>> found = new TreeMap<>();
        for (CollectionKey collection : rows.collections()) {
            List<String> texts = new ArrayList<>();
            rows.each(collection, f -> texts.add(f.standing() + " " + f.row().value(field)));
            found.put(collection.name(), texts.stream().sorted().toList());
        }
        return found;
    }

    @Override
    public void close() {
        threads.shutdownNow();
        connectors.values().forEach(Connector::close);
    }
}
