package org.habeas.connector;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One row as it was seen: what it is known by (its primary key; without one, all its columns) and the values of its mapped
 * fields by the map's names, nested ones by their dotted path. Masked when printed.
 */
public record Row(Key key, Map<String, Object> values) {
    public Row {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    public Object value(String field) {
        return values.get(field);
    }

    @Override
    public String toString() {
        return "Row[" + values.size() + " values]";
    }
}
