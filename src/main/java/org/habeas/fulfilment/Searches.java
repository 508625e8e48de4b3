package org.habeas.fulfilment;

import io.agroal.api.AgroalDataSource;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.habeas.connector.Connectors;
import org.habeas.datamap.CollectionKey;
import org.habeas.datamap.DataMap;
import org.habeas.datamap.Links;
import org.habeas.datamap.MappedCollection;
import org.habeas.datamap.SystemEntry;
import org.habeas.vault.Vault;

/** Runs searches over the live systems and keeps what they find as a generation of findings. */
@ApplicationScoped
class Searches {
    private final DataMap map;
    private final Links links;
    private final Connectors connectors;
    private final AgroalDataSource database;
    private final Vault vault;
    private final SearchLedger ledger;
    private final Clock clock;
    private final ExecutorService threads = Executors.newFixedThreadPool(8);

    Searches(
            DataMap map,
            Links links,
            Connectors connectors,
            AgroalDataSource database,
            Vault vault,
            SearchLedger ledger,
            Clock clock) {
        this.map = map;
        this.links = links;
        this.connectors = connectors;
        this.database = database;
        this.vault = vault;
        this.ledger = ledger;
        this.clock = clock;
    }

    /** What a search needs to know of the case. */
    record Subject(UUID request, UUID key, Set<Search.Proven> identifiers) {}

    /** A search that ran: its generation of findings, its rows, and the failures by system. */
    record Run(UUID generation, FoundRows rows, Search search) {}

    /** Searches anew beside the findings that are shown. */
    Run run(Subject subject, Runnable alive) {
        UUID generation = ledger.begin(subject.request(), subject.key());
        FoundRows rows = new FoundRows(chunks(subject.request(), subject.key(), generation));
        Search search = new Search(links, connectors::of, threads, alive, rows, silent(subject.request()));
        search.run(subject.identifiers(), ledger.answers(subject.request(), subject.key()));
        rows.finish();
        for (CollectionKey collection : rows.collections()) {
            ledger.collection(subject.request(), generation, collection, sum(collection, rows));
        }
        return new Run(generation, rows, search);
    }

    SealedChunks chunks(UUID request, UUID key, UUID generation) {
        return new SealedChunks(database, vault, request, key, generation);
    }

    Retentions retentions() {
        return new Retentions(map, today());
    }

    LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), map.organisation().zone());
    }

    /** The systems that are not asked: another company's, left out, or kept by hand. */
    private Set<String> silent(UUID request) {
        Set<String> silent = new LinkedHashSet<>();
        List<String> asked = ledger.systems(request).stream()
                .map(SearchLedger.SystemState::system)
                .toList();
        map.systems().stream()
                .filter(s -> s.tablesOf().isPresent() && !asked.isEmpty() && !asked.contains(s.name()))
                .forEach(s -> silent.add(s.name()));
        map.systems().stream().filter(s -> s.kind() == SystemEntry.Kind.MANUAL).forEach(s -> silent.add(s.name()));
        ledger.systems(request).stream()
                .filter(s -> s.status() == SystemStatus.WAIVED)
                .forEach(s -> silent.add(s.system()));
        return silent;
    }

    private Findings.FoundCollection sum(CollectionKey key, FoundRows rows) {
        MappedCollection collection = map.collection(key.dataset(), key.name()).orElse(null);
        Retentions retentions = retentions();
        long[] shared = {0};
        Map<String, Findings.Retained> retained = new TreeMap<>();
        rows.each(key, found -> {
            if (found.standing() == Standing.SHARED) {
                shared[0]++;
            } else if (collection != null && found.standing().hers()) {
                retentions
                        .of(collection, found.row())
                        .ifPresent(m -> retained.merge(
                                m.rule().id() + m.until(),
                                new Findings.Retained(m.rule().id(), m.until(), 1),
                                (a, b) -> new Findings.Retained(a.rule(), a.until(), a.rows() + 1)));
            }
            return true;
        });
        return new Findings.FoundCollection(
                key.name(), rows.count(key), shared[0], List.copyOf(new ArrayList<>(retained.values())));
    }

    ExecutorService threads() {
        return threads;
    }

    void stop(@Observes ShutdownEvent event) {
        threads.shutdownNow();
    }
}
