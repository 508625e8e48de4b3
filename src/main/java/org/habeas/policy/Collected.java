package org.habeas.policy;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.habeas.connector.Due;
import org.habeas.connector.Key;
import org.habeas.connector.Row;
import org.habeas.datamap.MappedCollection;

/** On which day a row was collected, as the field says that the data map names under {@code collected}. */
public final class Collected {
    private Collected() {}

    public static Optional<LocalDate> on(MappedCollection collection, Map<String, Object> values, ZoneId zone) {
        return collection.collected().filter(values::containsKey).flatMap(field -> {
            Map<String, Object> one = new HashMap<>();
            one.put(field, values.get(field));
            return new Due(collection, field, LocalDate.MAX, zone, List.of()).day(new Row(Key.of(), one));
        });
    }
}
