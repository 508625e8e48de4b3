package org.habeas.datamap;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What can only be seen when all files are read: whether everything that is named exists, and can be found. */
final class WholeMapCheck {
    private final DataMap map;
    private final Findings findings;
    private final Map<CollectionKey, Set<String>> fields = new HashMap<>();

    WholeMapCheck(DataMap map, Findings findings) {
        this.map = map;
        this.findings = findings;
        map.collections()
                .forEach(c -> fields.put(
                        c.key(), c.fields().stream().map(MappedField::name).collect(Collectors.toSet())));
    }

    void run(boolean systemsKnown) {
        datasetsAreUnique();
        if (systemsKnown) {
            datasetsHaveSystems();
            systemsHaveDatasets();
            callsAreDescribed();
            reachableAreInDatabases();
        }
        map.collections().forEach(this::referencesExist);
        rowsCanBeFound();
    }

    private void datasetsAreUnique() {
        Map<String, Position> seen = new HashMap<>();
        for (Dataset dataset : map.datasets()) {
            Position first = seen.putIfAbsent(dataset.key(), dataset.at());
            if (first != null) {
                findings.error(dataset.at(), "the dataset " + dataset.key() + " is declared twice, first at " + first);
            }
        }
    }

    private void datasetsHaveSystems() {
        for (Dataset dataset : map.datasets()) {
            if (map.system(dataset.key()).isEmpty()) {
                findings.error(
                        dataset.at(), "the dataset " + dataset.key() + " has no system of that name in systems.yml");
            }
        }
    }

    private void systemsHaveDatasets() {
        Set<String> keys = map.datasets().stream().map(Dataset::key).collect(Collectors.toSet());
        for (SystemEntry system : map.systems()) {
            if (system.kind() != SystemEntry.Kind.MANUAL
                    && !keys.contains(system.name())
                    && !system.name().isEmpty()) {
                findings.warning(
                        system.at(),
                        "the system " + system.name() + " has no dataset of that fides_key: nothing is searched in it");
            }
        }
    }

    /** A system with an API is asked for those collections only for which a call is described. */
    private void callsAreDescribed() {
        for (SystemEntry system : map.systems()) {
            JsonNode calls = system.settings().path("collections");
            if (system.kind() != SystemEntry.Kind.HTTP) {
                continue;
            }
            for (MappedCollection collection :
                    map.dataset(system.name()).map(Dataset::collections).orElse(List.of())) {
                if (!collection.skip() && !calls.path(collection.name()).has("find")) {
                    findings.warning(
                            system.at(),
                            "no call finds rows of " + collection.address() + " (collections: {" + collection.name()
                                    + ": {find: …}})");
                }
            }
            calls.fieldNames().forEachRemaining(name -> {
                if (map.collection(system.name(), name).isEmpty()) {
                    findings.warning(
                            system.at(),
                            "calls are described for " + name + ", which is no collection of " + system.name());
                }
            });
        }
    }

    /** Whoever is to be told of a different use of her data is found by reading a database from end to end. */
    private void reachableAreInDatabases() {
        for (MappedCollection collection : map.collections()) {
            if (collection.reachable().isPresent()
                    && map.system(collection.dataset())
                            .filter(s -> s.kind() != SystemEntry.Kind.JDBC)
                            .isPresent()) {
                findings.warning(
                        collection.at(),
                        collection.address() + " is reachable and not in a database: who is only there is not told of"
                                + " a different use, and has to be told by other means");
            }
        }
    }

    private void referencesExist(MappedCollection collection) {
        for (MappedField field : collection.fields()) {
            for (FieldReference reference : field.references()) {
                FieldAddress other = reference.other();
                CollectionKey key = new CollectionKey(other.dataset(), other.collection());
                if (!fields.getOrDefault(key, Set.of()).contains(other.field())) {
                    findings.error(
                            field.at(),
                            collection.address() + "." + field.name() + " references " + other + ", which is no field");
                }
            }
        }
    }

    private void rowsCanBeFound() {
        Links links = Links.of(map);
        findings.add(links.findings());
        Set<String> asked = new HashSet<>();
        map.systems().stream().filter(s -> s.kind() == SystemEntry.Kind.MANUAL).forEach(s -> asked.add(s.name()));
        List<MappedCollection> searched = map.collections().stream()
                .filter(c -> !c.skip() && !asked.contains(c.dataset()))
                .toList();
        if (!searched.isEmpty() && links.identities().isEmpty()) {
            findings.warning(
                    searched.get(0).at(),
                    "no field of the map has an identity (fides_meta: {identity: email}): nobody can be found");
            return;
        }
        for (MappedCollection collection : searched) {
            if (!links.reachable(collection.key())) {
                findings.warning(
                        collection.at(),
                        collection.address()
                                + " cannot be reached: no identity, and no reference leads to it from one");
            }
            if (collection.fields().isEmpty()) {
                findings.warning(collection.at(), collection.address() + " has no fields");
            } else if (collection.primaryKey().isEmpty()) {
                findings.note(
                        collection.at(),
                        collection.address() + " has no primary key: its rows are known by their values");
            }
            referencesOfSkipped(collection);
        }
    }

    private void referencesOfSkipped(MappedCollection collection) {
        for (MappedField field : collection.fields()) {
            for (FieldReference reference : field.references()) {
                Optional<MappedCollection> other = map.collection(
                        reference.other().dataset(), reference.other().collection());
                if (other.isPresent() && other.get().skip()) {
                    findings.warning(
                            field.at(), "the reference leads to " + other.get().address() + ", which is skipped");
                }
            }
        }
    }
}
