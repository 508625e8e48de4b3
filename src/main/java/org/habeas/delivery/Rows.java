package org.habeas.delivery;

import java.util.Map;
import java.util.function.Consumer;

/** The rows of a collection that the person gets, one at a time; they can be gone through as often as needed. */
interface Rows {
    void each(String system, String collection, Consumer<Map<String, Object>> row);
}
