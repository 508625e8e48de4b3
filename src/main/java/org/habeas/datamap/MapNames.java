package org.habeas.datamap;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The names that dataset files may refer to, known before their fields are read. Where the file that declares them could
 * not be read, nothing is said about what it may have declared.
 */
final class MapNames {
    private final Map<String, Set<String>> collections = new LinkedHashMap<>();
    private final Map<CollectionKey, Set<String>> fields = new HashMap<>();
    private final Optional<Set<String>> purposes;
    private final Optional<Set<String>> rules;

    MapNames(Optional<Set<String>> purposes, Optional<Set<String>> rules) {
        this.purposes = purposes;
        this.rules = rules;
    }

    void add(String dataset, String collection, Set<String> fieldNames) {
        collections.computeIfAbsent(dataset, d -> new LinkedHashSet<>()).add(collection);
        fields.computeIfAbsent(new CollectionKey(dataset, collection), c -> new HashSet<>())
                .addAll(fieldNames);
    }

    /** Also when it has no collections. */
    void add(String dataset) {
        collections.computeIfAbsent(dataset, d -> new LinkedHashSet<>());
    }

    /** Whether the field is one of the collection's own; what lies inside of others is not known yet. */
    boolean hasField(FieldAddress address) {
        return fields.getOrDefault(new CollectionKey(address.dataset(), address.collection()), Set.of())
                .contains(address.field());
    }

    boolean hasDataset(String key) {
        return collections.containsKey(key);
    }

    boolean hasCollection(String dataset, String name) {
        return collections.getOrDefault(dataset, Set.of()).contains(name);
    }

    Set<String> datasets() {
        return collections.keySet();
    }

    boolean mayBePurpose(String key) {
        return purposes.map(p -> p.contains(key)).orElse(true);
    }

    boolean mayBeRule(String id) {
        return rules.map(r -> r.contains(id)).orElse(true);
    }

    /** Takes COLLECTION.FIELD apart; a name may have dots itself, so the longest collection that exists wins. */
    Optional<FieldAddress> address(String dataset, String text) {
        for (int dot = text.lastIndexOf('.'); dot > 0; dot = text.lastIndexOf('.', dot - 1)) {
            if (hasCollection(dataset, text.substring(0, dot))) {
                return Optional.of(new FieldAddress(dataset, text.substring(0, dot), text.substring(dot + 1)));
            }
        }
        return Optional.empty();
    }
}
