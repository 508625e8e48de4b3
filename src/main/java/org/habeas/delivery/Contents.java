package org.habeas.delivery;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.habeas.datamap.DataMap;
import org.habeas.datamap.MappedCollection;
import org.habeas.datamap.MappedField;
import org.habeas.datamap.SystemEntry;
import org.habeas.fulfilment.Findings.FoundCollection;
import org.habeas.fulfilment.Findings.FoundSystem;
import org.habeas.fulfilment.Redacted.Redaction;
import org.habeas.law.Right;
import org.habeas.policy.PersonPolicy;
import org.habeas.request.Reference;
import org.habeas.words.Words;

/** All that a package tells: whose it is, what the map says of the systems, what was found in them, what is hidden. */
record Contents(
        Reference reference,
        Right right,
        String company,
        String portal,
        Instant generatedAt,
        Words words,
        DataMap map,
        List<FoundSystem> systems,
        List<Redaction> hidden,
        Rows rows,
        PersonPolicy policy) {

    /** Of somebody of whom the policy's side knows nothing. */
    Contents(
            Reference reference,
            Right right,
            String company,
            String portal,
            Instant generatedAt,
            Words words,
            DataMap map,
            List<FoundSystem> systems,
            List<Redaction> hidden,
            Rows rows) {
        this(reference, right, company, portal, generatedAt, words, map, systems, hidden, rows, PersonPolicy.none());
    }

    /** A collection with rows, and what the map says of it; a manual system's may be unknown to the map. */
    record Part(FoundSystem system, FoundCollection found, Optional<MappedCollection> mapped) {
        String name() {
            return found.collection();
        }
    }

    /** The systems in which something was found. */
    List<FoundSystem> holding() {
        return systems.stream().filter(s -> s.rows() > 0).toList();
    }

    /** What was found in a system, collection by collection. */
    List<Part> parts(FoundSystem system) {
        return system.collections().stream()
                .filter(c -> c.rows() > 0)
                .map(c -> new Part(system, c, map.collection(system.system(), c.collection())))
                .toList();
    }

    List<Part> parts() {
        return holding().stream().flatMap(s -> parts(s).stream()).toList();
    }

    long rowsFound() {
        return systems.stream().mapToLong(FoundSystem::rows).sum();
    }

    /** The fields of a part in the map's order; where the map does not know it, those that its rows have. */
    List<String> fields(Part part) {
        List<String> mapped = part.mapped().stream()
                .flatMap(c -> c.fields().stream())
                .filter(f -> !f.technical())
                .map(MappedField::name)
                .toList();
        if (!mapped.isEmpty()) {
            return mapped;
        }
        Set<String> seen = new LinkedHashSet<>();
        rows.each(part.system().system(), part.name(), row -> seen.addAll(row.keySet()));
        return List.copyOf(seen);
    }

    String title(FoundSystem system) {
        return map.system(system.system()).map(SystemEntry::title).orElse(system.system());
    }
}
