package org.habeas.policy;

import java.time.Period;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a version says in a form that a machine can hold against the data map: the purposes and recipients that it names,
 * and how long it promises to keep the data of a purpose.
 */
public record Promises(List<String> purposes, List<String> recipients, Map<String, Period> kept) {
    public Promises {
        purposes = purposes.stream().distinct().sorted().toList();
        recipients = recipients.stream().distinct().sorted().toList();
        kept = new TreeMap<>(kept);
    }

    static Promises none() {
        return new Promises(List.of(), List.of(), Map.of());
    }

    /** The purposes that these promises name and the earlier ones did not. */
    List<String> newSince(Promises earlier) {
        return purposes.stream().filter(p -> !earlier.purposes().contains(p)).toList();
    }
}
