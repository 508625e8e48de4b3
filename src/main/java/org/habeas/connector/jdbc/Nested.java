package org.habeas.connector.jdbc;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Sets what lies at a path inside a structured value; what is not there is not made. */
final class Nested {
    private Nested() {}

    static Object put(Object whole, List<String> path, Object value) {
        if (path.isEmpty()) {
            return value;
        }
        if (whole instanceof List<?> list) {
            List<Object> copy = new ArrayList<>();
            list.forEach(e -> copy.add(put(e, path, value)));
            return copy;
        }
        if (!(whole instanceof Map<?, ?> map) || !map.containsKey(path.get(0))) {
            return whole;
        }
        Map<String, Object> copy = new LinkedHashMap<>();
        map.forEach((k, v) -> copy.put(k.toString(), v));
        copy.put(path.get(0), put(copy.get(path.get(0)), path.subList(1, path.size()), value));
        return copy;
    }
}
