package org.habeas.connector;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** Values that belong together, such as a composite key. One with a null matches nothing. Masked when printed. */
public record Key(List<Object> values) {
    public Key {
        // not List.copyOf: a null is a value of a row without a primary key
        values = Collections.unmodifiableList(values);
    }

    public static Key of(Object... values) {
        return new Key(Arrays.asList(values));
    }

    public boolean hasNull() {
        return values.contains(null);
    }

    @Override
    public String toString() {
        return "Key[" + values.size() + " values]";
    }
}
