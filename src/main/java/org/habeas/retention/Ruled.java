package org.habeas.retention;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.habeas.connector.Due;
import org.habeas.datamap.CollectionKey;
import org.habeas.datamap.DataMap;
import org.habeas.datamap.MappedCollection;
import org.habeas.datamap.MappedField;
import org.habeas.datamap.SystemEntry;
import org.habeas.law.RetentionRule;
import org.habeas.law.RetentionRules;

/** A collection with the rule that it is under and the field whose date starts the period. */
record Ruled(MappedCollection collection, RetentionRule rule, String from) {

    /** What the map rules. A system that a person answers for has nothing to sweep. */
    static List<Ruled> of(DataMap map) {
        List<Ruled> all = new ArrayList<>();
        map.collections().stream().filter(c -> !c.skip() && !byHand(map, c)).forEach(c -> c.retention()
                .ifPresent(r -> rule(map, r.rule()).ifPresent(rule -> all.add(new Ruled(c, rule, r.from())))));
        return all;
    }

    /** The organisation's rule of this id, or the one that ships. */
    static Optional<RetentionRule> rule(DataMap map, String id) {
        return map.rule(id).or(() -> RetentionRules.named(id));
    }

    /** The organisation's rules, and those that ship and that its map uses without declaring them. */
    static List<RetentionRule> rules(DataMap map) {
        Map<String, RetentionRule> rules = new LinkedHashMap<>();
        map.rules().forEach(r -> rules.put(r.id(), r));
        of(map).forEach(r -> rules.putIfAbsent(r.rule().id(), r.rule()));
        return List.copyOf(rules.values());
    }

    private static boolean byHand(DataMap map, MappedCollection collection) {
        return map.system(collection.dataset())
                .map(s -> s.kind() == SystemEntry.Kind.MANUAL)
                .orElse(true);
    }

    CollectionKey key() {
        return collection.key();
    }

    /** What is due on that day, found by as few fields as are needed; without a key a row is known by all its fields. */
    Due due(LocalDate today, ZoneId zone, boolean keyed, List<String> alsoNeeded) {
        Set<String> needed = new LinkedHashSet<>(alsoNeeded);
        needed.add(from);
        MappedCollection narrow = keyed ? only(collection, needed) : collection;
        return new Due(narrow, from, CutOff.before(rule, today), zone, List.of());
    }

    Due due(LocalDate today, ZoneId zone) {
        return new Due(collection, from, CutOff.before(rule, today), zone, List.of());
    }

    /** The collection with its key and these fields only. Without a key a row is known by all its fields. */
    static MappedCollection only(MappedCollection all, Set<String> needed) {
        if (all.primaryKey().isEmpty()) {
            return all;
        }
        List<MappedField> fields = all.fields().stream()
                .filter(f -> f.primaryKey() || needed.contains(f.name()))
                .toList();
        return new MappedCollection(
                all.dataset(),
                all.name(),
                fields,
                all.purpose(),
                all.onErasure(),
                all.retention(),
                all.whileRetained(),
                all.after(),
                all.skip(),
                all.at());
    }
}
