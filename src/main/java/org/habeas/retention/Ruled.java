package org.habeas.retention;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
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
                .ifPresent(r ->
                        rule(map, r.rule(), c.dataset()).ifPresent(rule -> all.add(new Ruled(c, rule, r.from())))));
        return all;
    }

    /** The organisation's rule of this id for that system, or the one that ships. */
    static Optional<RetentionRule> rule(DataMap map, String id, String system) {
        return map.rule(id, system).or(() -> RetentionRules.named(id));
    }

    /** The organisation's rules, and those that ship and that its map uses without declaring them. */
    static List<RetentionRule> rules(DataMap map) {
        Set<RetentionRule> rules = new LinkedHashSet<>(map.rules());
        of(map).forEach(r -> rules.add(r.rule()));
        return List.copyOf(rules);
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
        CutOff cutOff = CutOff.of(rule, today);
        MappedCollection narrow = keyed ? only(collection, needed) : collection;
        return new Due(narrow, from, cutOff.before(), zone, List.of(), cutOff.kept());
    }

    Due due(LocalDate today, ZoneId zone) {
        CutOff cutOff = CutOff.of(rule, today);
        return new Due(collection, from, cutOff.before(), zone, List.of(), cutOff.kept());
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
