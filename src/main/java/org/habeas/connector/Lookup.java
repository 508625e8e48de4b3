package org.habeas.connector;

import java.util.List;
import org.habeas.datamap.MappedCollection;

/**
 * The rows of a collection whose {@code fields} together equal one of the keys. How a field compares (an e-mail address
 * without regard to case, a telephone number in E.164) is said by its entry in the map; see {@link Matching}.
 */
public record Lookup(MappedCollection collection, List<String> fields, List<Key> keys) {
    public Lookup {
        if (fields.isEmpty() || keys.stream().anyMatch(k -> k.values().size() != fields.size())) {
            throw new IllegalArgumentException("a look-up needs fields, and keys of as many values");
        }
    }

    /** By one field. */
    public static Lookup by(MappedCollection collection, String field, List<?> values) {
        return new Lookup(
                collection,
                List.of(field),
                values.stream().map(v -> Key.of((Object) v)).toList());
    }
}
