package org.habeas.fulfilment;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.habeas.connector.Connector;
import org.habeas.connector.Key;
import org.habeas.connector.Lookup;
import org.habeas.connector.Row;
import org.habeas.connector.SystemFailure;
import org.habeas.connector.Values;
import org.habeas.datamap.CollectionKey;
import org.habeas.datamap.EntryPoint;
import org.habeas.datamap.Link;
import org.habeas.datamap.Links;
import org.habeas.datamap.MappedCollection;

/**
 * One search: wave after wave along the references, until no new row turns up. First her own rows (those that carry a
 * proven identifier, and all that point at her own), then what those point at, and so on; so no row is taken for another's
 * first. Systems work side by side; one that fails is named and the others go on.
 */
final class Search {
    /** How many keys are gathered for one question. */
    private static final int KEYS = 2_000;

    private final Links links;
    private final Function<String, Connector> connectors;
    private final ExecutorService threads;
    private final Runnable alive;
    private final FoundRows rows;
    private final Map<CollectionKey, RowSet> seen = new ConcurrentHashMap<>();
    private final Map<Link, RowSet> asked = new ConcurrentHashMap<>();
    private final Map<String, SystemFailure> failures = new ConcurrentHashMap<>();
    private final Map<CollectionKey, Boolean> keyed = new ConcurrentHashMap<>();
    private final Set<String> silent;

    /** {@code silent} are the systems that are not asked; {@code alive} is called now and then while it takes long. */
    Search(
            Links links,
            Function<String, Connector> connectors,
            ExecutorService threads,
            Runnable alive,
            FoundRows rows,
            Set<String> silent) {
        this.links = links;
        this.connectors = connectors;
        this.threads = threads;
        this.alive = alive;
        this.rows = rows;
        this.silent = Set.copyOf(silent);
    }

    /** A proven identifier: its kind as the map names it, and its value. */
    record Proven(String kind, String value) {
        @Override
        public String toString() {
            return kind;
        }
    }

    /** The systems that failed, and how; what they had answered before is among the rows. */
    Map<String, SystemFailure> failures() {
        return failures;
    }

    /** Runs to the end. {@code given} are rows that owners found by hand: hers, like those with an identifier. */
    void run(Set<Proven> identifiers, Map<CollectionKey, List<Map<String, Object>>> given) {
        given.forEach(this::take);
        Map<String, List<Runnable>> first = new LinkedHashMap<>();
        for (Proven identifier : identifiers) {
            for (EntryPoint entry : entries(identifier.kind())) {
                task(first, entry.collection(), () -> enter(entry, identifier));
            }
        }
        wave(first);
        spread(true, Standing.OWN);
        spread(false, Standing.REACHED);
        new Sharing(links, connectors, rows, failures, silent).judge();
    }

    private List<EntryPoint> entries(String kind) {
        List<EntryPoint> entries = new ArrayList<>(links.entryPoints(kind));
        if (kind.equals("phone_number")) {
            entries.addAll(links.entryPoints("phone"));
        } else if (kind.equals("phone")) {
            entries.addAll(links.entryPoints("phone_number"));
        }
        return entries;
    }

    private void enter(EntryPoint entry, Proven identifier) {
        MappedCollection collection = links.collection(entry.collection()).orElseThrow();
        find(Lookup.by(collection, entry.field().name(), List.of(identifier.value())), Standing.OWN);
    }

    /** A row given by hand is known by all that was given. */
    private void take(CollectionKey collection, List<Map<String, Object>> values) {
        for (Map<String, Object> row : values) {
            keep(collection, new Row(new Key(List.of(Values.plain(row))), row), new HashMap<>(), Standing.OWN);
        }
    }

    // ---- waves

    /** Follows the links of one sort until nothing new is found. */
    private void spread(boolean inward, Standing standing) {
        Map<CollectionKey, FoundRows.Mark> done = new HashMap<>();
        while (true) {
            Map<String, List<Runnable>> next = new LinkedHashMap<>();
            for (CollectionKey source : rows.collections()) {
                FoundRows.Mark from = done.getOrDefault(source, FoundRows.Mark.START);
                FoundRows.Mark to = rows.end(source);
                done.put(source, to);
                if (from.rows() < to.rows()) {
                    for (Link link : links.from(source)) {
                        if (link.targetPoints() == inward) {
                            task(next, link.target(), () -> follow(link, from, to, standing));
                        }
                    }
                }
            }
            if (next.isEmpty()) {
                return;
            }
            wave(next);
        }
    }

    private void task(Map<String, List<Runnable>> wave, CollectionKey target, Runnable work) {
        if (!silent.contains(target.dataset())
                && !connectors.apply(target.dataset()).byHand()) {
            wave.computeIfAbsent(target.dataset(), s -> new ArrayList<>()).add(work);
        }
    }

    private void wave(Map<String, List<Runnable>> bySystem) {
        List<Future<?>> running = new ArrayList<>();
        bySystem.forEach((system, work) -> running.add(threads.submit(() -> work(system, work))));
        for (Future<?> one : running) {
            await(one);
        }
        alive.run();
    }

    private void work(String system, List<Runnable> work) {
        try {
            connectors.apply(system).together(() -> work.forEach(Runnable::run));
        } catch (SystemFailure e) {
            failures.put(system, e);
        }
    }

    private void await(Future<?> one) {
        while (true) {
            try {
                one.get(1, TimeUnit.SECONDS);
                return;
            } catch (TimeoutException e) {
                alive.run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("the search was interrupted", e);
            } catch (ExecutionException e) {
                throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
            }
        }
    }

    // ---- finding

    private void follow(Link link, FoundRows.Mark from, FoundRows.Mark to, Standing standing) {
        MappedCollection target = links.collection(link.target()).orElseThrow();
        List<String> fields = link.pairs().stream().map(Link.Pair::target).toList();
        boolean unique = unique(link);
        RowSet before = asked.computeIfAbsent(link, l -> new RowSet());
        Set<Key> keys = new LinkedHashSet<>();
        rows.each(link.source(), from, to, found -> {
            for (Key key : keys(link, found.row())) {
                if (unique || before.add(RowHash.of(Values.canonical(key.values())))) {
                    keys.add(key);
                }
            }
            if (keys.size() >= KEYS) {
                find(new Lookup(target, fields, List.copyOf(keys)), standing);
                keys.clear();
            }
            return true;
        });
        if (!keys.isEmpty()) {
            find(new Lookup(target, fields, List.copyOf(keys)), standing);
        }
    }

    /** Whether no two rows of the source can ask for the same: then nothing need be remembered. */
    private boolean unique(Link link) {
        List<String> asking = link.pairs().stream().map(Link.Pair::source).toList();
        List<String> key = links.collection(link.source()).orElseThrow().primaryKey().stream()
                .map(f -> f.name())
                .toList();
        return !key.isEmpty() && asking.containsAll(key);
    }

    /** The values that the row asks with; a list asks with each of its elements, a null with nothing. */
    static List<Key> keys(Link link, Row row) {
        return tuples(
                link.pairs().stream().map(p -> row.value(p.source())).collect(java.util.stream.Collectors.toList()));
    }

    static List<Key> tuples(List<Object> values) {
        List<List<Object>> tuples = List.of(List.of());
        for (Object value : values) {
            List<?> choices = value instanceof List<?> list ? list : value == null ? List.of() : List.of(value);
            List<List<Object>> longer = new ArrayList<>();
            for (List<Object> tuple : tuples) {
                for (Object choice : choices) {
                    if (choice != null) {
                        List<Object> more = new ArrayList<>(tuple);
                        more.add(choice);
                        longer.add(more);
                    }
                }
            }
            tuples = longer;
        }
        return tuples.stream().map(Key::new).toList();
    }

    private void find(Lookup lookup, Standing standing) {
        CollectionKey collection = lookup.collection().key();
        Map<RowHash, Integer> copies = new HashMap<>();
        boolean keyed = keyed(lookup.collection());
        connectors.apply(collection.dataset()).find(lookup, row -> {
            keep(collection, row, keyed ? null : copies, standing);
            return true;
        });
    }

    /** Without a primary key, equal rows of one answer are different rows; those of another answer are the same again. */
    private boolean keyed(MappedCollection collection) {
        return keyed.computeIfAbsent(collection.key(), k -> connectors
                .apply(k.dataset())
                .recentCatalogue()
                .table(collection)
                .map(t -> !t.rowKey().isEmpty())
                .orElse(!collection.primaryKey().isEmpty()));
    }

    private void keep(CollectionKey collection, Row row, Map<RowHash, Integer> copies, Standing standing) {
        int copy = 0;
        if (copies != null) {
            RowHash plain = RowHash.of(collection, row.key().values(), 0);
            copy = copies.merge(plain, 1, Integer::sum) - 1;
        }
        RowHash hash = RowHash.of(collection, row.key().values(), copy);
        if (seen.computeIfAbsent(collection, c -> new RowSet()).add(hash)) {
            rows.add(collection, new Found(row, copy, standing));
        }
    }

    /** Whether anything was found in the system. */
    boolean found(String system) {
        return rows.collections().stream().anyMatch(c -> c.dataset().equals(system) && rows.count(c) > 0);
    }

    Optional<SystemFailure> failure(String system) {
        return Optional.ofNullable(failures.get(system));
    }
}
