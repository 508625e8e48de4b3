package org.habeas.retention;

import java.time.Instant;
import java.time.LocalDate;
import java.time.MonthDay;
import java.time.Period;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.habeas.actor.Actor;
import org.habeas.connector.Catalogue.OnDelete;
import org.habeas.connector.Mapped;
import org.habeas.connector.Values;
import org.habeas.datamap.DataMap;
import org.habeas.datamap.Dataset;
import org.habeas.datamap.FieldReference.Direction;
import org.habeas.datamap.MappedCollection;
import org.habeas.datamap.Position;
import org.habeas.datamap.SystemEntry;
import org.habeas.law.RetentionRule;
import org.habeas.law.RetentionRule.Mode;
import org.habeas.law.RetentionRule.Start;

/**
 * Two systems of two companies with rows that point at each other, under rules and holds that chance made; days near the ends
 * of their periods, leap days among them, come up far more often than chance would have it.
 */
final class RandomWorld {
    static final Map<String, String> COMPANY_OF = Map.of("yard", "north", "annex", "south");
    static final Map<String, Map<String, String>> POINTERS = new LinkedHashMap<>();

    static {
        POINTERS.put("address", Map.of());
        POINTERS.put("person", Map.of("address_id", "address"));
        POINTERS.put("invoice", Map.of("person_id", "person", "credits_id", "invoice"));
        POINTERS.put("line", Map.of("invoice_id", "invoice"));
        POINTERS.put("note", Map.of("person_id", "person"));
        POINTERS.put("event", Map.of("note_id", "note", "person_id", "person"));
        POINTERS.put("card", Map.of("person_id", "person"));
        POINTERS.put("stamp", Map.of("card_id", "card"));
    }

    private static final List<LocalDate> DAYS = List.of(
            LocalDate.of(2026, 11, 25),
            LocalDate.of(2027, 2, 28),
            LocalDate.of(2027, 3, 1),
            LocalDate.of(2028, 2, 28),
            LocalDate.of(2028, 2, 29),
            LocalDate.of(2028, 3, 1),
            LocalDate.of(2029, 1, 1),
            LocalDate.of(2029, 2, 28));

    final Random random;
    final LocalDate today;
    final Map<String, MemorySystem> systems = new LinkedHashMap<>();
    final DataMap map;
    /** The rule that counts for a table, and all that are declared. */
    final Map<String, RetentionRule> rules = new HashMap<>();

    final Map<String, OnDelete> onDelete = new HashMap<>();
    final Set<String> nullable = new HashSet<>();
    /** Tables that an erasure leaves: nothing of them goes with other rows. */
    final Set<String> kept = new HashSet<>();

    final Set<Holds.HeldIdentifier> identifiers = new HashSet<>();
    final List<LegalHold> holds = new ArrayList<>();
    private final List<RetentionRule> declared = new ArrayList<>();

    RandomWorld(Random random) {
        this.random = random;
        today = DAYS.get(random.nextInt(DAYS.size()));
        COMPANY_OF.keySet().stream().sorted().forEach(s -> systems.put(s, new MemorySystem(s)));
        POINTERS.keySet().forEach(t -> system(t).table(t));
        Map<String, List<MappedCollection>> collections = new LinkedHashMap<>();
        POINTERS.keySet().forEach(t -> collections
                .computeIfAbsent(systemOf(t), s -> new ArrayList<>())
                .add(table(t)));
        map = new DataMap(
                null,
                systems.keySet().stream().map(RandomWorld::entry).toList(),
                systems.keySet().stream()
                        .map(s -> new Dataset(s, s, List.copyOf(collections.get(s)), Position.NONE))
                        .toList(),
                List.copyOf(declared));
        POINTERS.keySet().forEach(this::rows);
        someHolds();
    }

    static String systemOf(String table) {
        return Set.of("card", "stamp").contains(table) ? "annex" : "yard";
    }

    /** Whether the database knows of the pointer, and not only the map. */
    static boolean foreignKey(String table, String target) {
        return systemOf(table).equals(systemOf(target));
    }

    static boolean hasEmail(String table) {
        return Set.of("person", "event", "card").contains(table);
    }

    interface Each {
        void row(String table, Map<String, Object> row);
    }

    void each(Each each) {
        systems.values()
                .forEach(s -> s.tables.forEach((table, rows) -> rows.values().forEach(row -> each.row(table, row))));
    }

    Set<String> all() {
        Set<String> all = new TreeSet<>();
        each((table, row) -> all.add(name(table, row)));
        return all;
    }

    static String name(String table, Map<String, Object> row) {
        return table + ":" + row.get("id");
    }

    private MemorySystem system(String table) {
        return systems.get(systemOf(table));
    }

    private boolean oneIn(int some) {
        return random.nextInt(some) == 0;
    }

    private <T> T oneOf(List<T> some) {
        return some.get(random.nextInt(some.size()));
    }

    private static SystemEntry entry(String system) {
        return new SystemEntry(
                system,
                system,
                SystemEntry.Kind.JDBC,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.of(COMPANY_OF.get(system)),
                Values.JSON.createObjectNode(),
                Position.NONE);
    }

    private MappedCollection table(String table) {
        Mapped mapped =
                Mapped.collection(systemOf(table), table).key("id").plain("on").personal("text", "user.content");
        if (hasEmail(table)) {
            mapped.identity("email", "email");
        }
        POINTERS.get(table).forEach((column, target) -> {
            pointer(table, column, target);
            mapped.points(
                    column, systemOf(target), target + ".id", random.nextBoolean() ? Direction.FROM : Direction.TO);
        });
        if (random.nextInt(3) > 0) {
            rule("rule-" + table, table);
            mapped.retained("rule-" + table, "on");
        } else if (oneIn(4)) {
            mapped.onErasure(new MappedCollection.OnErasure.Keep("needed"));
            kept.add(table);
        }
        return mapped.done();
    }

    private void pointer(String table, String column, String target) {
        String key = table + "." + column;
        boolean optional = random.nextBoolean() || column.equals("credits_id") || !foreignKey(table, target);
        OnDelete action = oneIn(4) ? OnDelete.CASCADE : optional && oneIn(3) ? OnDelete.SET_NULL : OnDelete.RESTRICT;
        if (optional) {
            nullable.add(key);
        }
        if (foreignKey(table, target)) {
            onDelete.put(key, action);
            system(table).points(table, column, target, optional, action);
        }
    }

    // ---- rules

    /** The group's rule, or the company's own before it; others' rules are declared beside it. */
    private void rule(String id, String table) {
        RetentionRule group = since(id, Optional.empty());
        declared.add(group);
        rules.put(table, group);
        for (String company : COMPANY_OF.values()) {
            if (oneIn(3)) {
                RetentionRule own = since(id, Optional.of(company));
                declared.add(own);
                if (company.equals(COMPANY_OF.get(systemOf(table)))) {
                    rules.put(table, own);
                }
            }
        }
    }

    /** One rule, or one that was another before some day. */
    private RetentionRule since(String id, Optional<String> company) {
        RetentionRule rule = rule(id, company, Optional.empty());
        while (oneIn(2)) {
            rule = rule(id, company, Optional.of(new RetentionRule.Since(aDay(rule), rule)));
        }
        return rule;
    }

    private RetentionRule rule(String id, Optional<String> company, Optional<RetentionRule.Since> since) {
        int months = oneIn(2) ? 0 : random.nextInt(12);
        int days = oneIn(2) ? random.nextInt(20) : 0;
        MonthDay anyDay = MonthDay.from(LocalDate.ofYearDay(2024, 1 + random.nextInt(366)));
        MonthDay ends = oneOf(List.of(MonthDay.of(2, 28), MonthDay.of(2, 29), MonthDay.of(8, 31), anyDay));
        return new RetentionRule(
                id,
                "",
                "",
                Period.of(random.nextInt(4), months, days),
                oneOf(List.of(Start.values())),
                ends,
                oneIn(4) ? Mode.REPORT : Mode.AUTO,
                random.nextBoolean(),
                company,
                since);
    }

    /** A day whose period under the rule ends about now, or any. */
    private LocalDate aDay(RetentionRule rule) {
        LocalDate day = today.minus(rule.period());
        if (oneIn(4)) {
            return today.minusDays(random.nextInt(2_500));
        }
        while (rule.starts() == Start.FINANCIAL_YEAR_END && !Naively.endsYear(day, rule.financialYearEnds())) {
            day = day.minusDays(1);
        }
        return day.plusDays(random.nextInt(7) - 3);
    }

    // ---- rows and holds

    private void rows(String table) {
        int rows = random.nextInt(9);
        for (long id = 1; id <= rows; id++) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("id", id);
            row.put("on", oneIn(8) ? null : aDay(aVersion(table)).toString());
            row.put("text", "…");
            row.put("email", random.nextBoolean() ? "p" + random.nextInt(5) + "@example.org" : null);
            boolean possible = true;
            for (var pointer : POINTERS.get(table).entrySet()) {
                Object target = aTarget(table, pointer.getKey(), pointer.getValue());
                possible &= target != null || nullable.contains(table + "." + pointer.getKey());
                row.put(pointer.getKey(), target);
            }
            if (possible) {
                system(table).insert(table, row);
            }
        }
    }

    private RetentionRule aVersion(String table) {
        RetentionRule version = rules.getOrDefault(table, rule("", Optional.empty(), Optional.empty()));
        while (version.since().isPresent() && oneIn(2)) {
            version = version.since().get().before();
        }
        return version;
    }

    private Object aTarget(String table, String column, String target) {
        List<Object> ids = new ArrayList<>(system(target).tables.get(target).keySet());
        boolean none = ids.isEmpty() || nullable.contains(table + "." + column) && oneIn(3);
        return none ? null : oneOf(ids);
    }

    private void someHolds() {
        for (int i = random.nextInt(3); i > 0; i--) {
            identifiers.add(new Holds.HeldIdentifier("email", "p" + random.nextInt(5) + "@example.org"));
        }
        if (oneIn(3)) {
            String table = oneOf(List.copyOf(POINTERS.keySet()));
            hold(systemOf(table), oneIn(6) ? null : table, null);
        }
        if (oneIn(8)) {
            hold(null, null, oneOf(List.of("north", "south", "west")));
        }
    }

    private void hold(String system, String collection, String company) {
        LegalHold hold = new LegalHold(UUID.randomUUID(), today, Actor.officer("officer"), Instant.EPOCH);
        hold.system = system;
        hold.collection = collection;
        hold.company = company;
        holds.add(hold);
    }
}
