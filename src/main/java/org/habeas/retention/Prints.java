package org.habeas.retention;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.habeas.connector.Key;
import org.habeas.connector.Row;
import org.habeas.connector.Values;
import org.habeas.datamap.DataMap;
import org.habeas.datamap.Links;
import org.habeas.datamap.MappedCollection;
import org.habeas.datamap.MappedField;
import org.habeas.vault.Vault;

/** Keyed hashes by which a row is known again without its values being kept. */
@ApplicationScoped
class Prints {
    private static final int LENGTH = 22;

    private final Vault vault;
    private final Links links;
    private final DataMap map;

    Prints(Vault vault, Links links, DataMap map) {
        this.vault = vault;
        this.links = links;
        this.map = map;
    }

    String whole(Row row) {
        return print(new TreeMap<>(row.values()));
    }

    String key(Key key) {
        return print(key.values());
    }

    /** Of the fields that tie a row to a person: identifiers, and what points at rows that say something of people. */
    String ties(MappedCollection collection, Row row) {
        Map<String, Object> values = new TreeMap<>();
        ties(collection).forEach(f -> values.put(f, row.value(f)));
        return print(values);
    }

    /** Whether it carries an identifier with one of these hashes. */
    boolean carries(MappedCollection collection, Row row, Set<String> identifierHashes) {
        return collection.fields().stream().anyMatch(f -> f.identity()
                .filter(kind -> row.value(f.name()) != null)
                .map(kind -> vault.identifierHash(kind, row.value(f.name()).toString()))
                .filter(identifierHashes::contains)
                .isPresent());
    }

    private String print(Object values) {
        return vault.keyedHash("tombstone", Values.canonical(values)).substring(0, LENGTH);
    }

    private Set<String> ties(MappedCollection collection) {
        Set<String> ties = new LinkedHashSet<>();
        collection.fields().stream()
                .filter(f -> f.identity().isPresent())
                .map(MappedField::name)
                .forEach(ties::add);
        // what she bought may change, and says nothing of whose it is
        links.pointersOf(collection.key()).stream()
                .filter(p -> links.collection(p.named())
                        .filter(MappedCollection::personal)
                        .isPresent())
                .forEach(p -> p.pairs().forEach(pair -> ties.add(pair.source())));
        return ties;
    }

    /**
     * The key, where nobody can be known by it: the system made it up. What is an identifier, points at one, or is the row
     * itself, is not such.
     */
    Optional<List<Object>> surrogate(MappedCollection collection, Key key) {
        List<MappedField> fields = collection.primaryKey();
        boolean madeUp = !fields.isEmpty()
                && fields.size() == key.values().size()
                && !key.hasNull()
                && fields.stream().allMatch(f -> f.identity().isEmpty() && !f.personal() && !pointsAtIdentifier(f));
        return madeUp ? Optional.of(key.values()) : Optional.empty();
    }

    private boolean pointsAtIdentifier(MappedField field) {
        return field.references().stream()
                .anyMatch(r -> map.collection(r.other().dataset(), r.other().collection())
                        .flatMap(c -> c.field(r.other().field()))
                        .flatMap(MappedField::identity)
                        .isPresent());
    }
}
