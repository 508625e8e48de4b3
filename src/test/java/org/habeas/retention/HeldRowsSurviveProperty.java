package org.habeas.retention;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.time.MonthDay;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.habeas.connector.Catalogue.OnDelete;
import org.habeas.connector.Due;
import org.habeas.connector.Mapped;
import org.habeas.connector.Row;
import org.habeas.datamap.CollectionKey;
import org.habeas.datamap.DataMap;
import org.habeas.datamap.Dataset;
import org.habeas.datamap.FieldReference.Direction;
import org.habeas.datamap.Links;
import org.habeas.datamap.MappedCollection;
import org.habeas.datamap.Position;
import org.habeas.law.RetentionRule;

/**
 * Whatever the rules, holds, dates and foreign keys: a run takes exactly the rows that are due, with what hangs on them, and
 * none that is held. What is to go is worked out a second time here, naively and over the whole of the data.
 */
class HeldRowsSurviveProperty {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 25);
    private static final List<String> TABLES = List.of("address", "person", "invoice", "line", "note", "event");
    private static final Map<String, Map<String, String>> POINTERS = Map.of(
            "address", Map.of(),
            "person", Map.of("address_id", "address"),
            "invoice", Map.of("person_id", "person", "credits_id", "invoice"),
            "line", Map.of("invoice_id", "invoice"),
            "note", Map.of("person_id", "person"),
            "event", Map.of("note_id", "note", "person_id", "person"));

    private Random random;
    private MemorySystem system;
    private final Map<String, MappedCollection> collections = new LinkedHashMap<>();
    private final Map<String, RetentionRule> rules = new HashMap<>();
    private final Map<String, OnDelete> onDelete = new HashMap<>();
    private final Set<String> nullable = new HashSet<>();
    private final Set<String> wholesale = new HashSet<>();

    @Property(tries = 3_000)
    void exactly_what_is_due_and_free_goes(@ForAll long seed) {
        random = new Random(seed);
        aScheme();
        someRows();
        Set<Holds.HeldIdentifier> identifiers = someHolds();
        Set<String> held = heldRows(identifiers);
        Set<String> mustGo = what_is_to_go(held);
        Map<String, Set<String>> reasons = reasonsToGo();
        Set<String> gone = all();
        run(identifiers);
        Set<String> left = all();
        gone.removeAll(left);
        assertTrue(left.containsAll(held), "a held row is gone");
        assertTrue(gone.containsAll(mustGo), "a due row is left: " + mustGo + " but " + gone);
        gone.forEach(row -> assertTrue(
                reasons.get(row).contains("due") || reasons.get(row).stream().anyMatch(gone::contains),
                row + " went without a reason"));
    }

    // ---- a random world

    private void aScheme() {
        system = new MemorySystem("yard");
        collections.clear();
        rules.clear();
        nullable.clear();
        wholesale.clear();
        TABLES.forEach(system::table);
        for (String table : TABLES) {
            POINTERS.get(table).forEach((column, target) -> {
                String key = table + "." + column;
                boolean optional = random.nextBoolean() || column.equals("credits_id");
                OnDelete action = random.nextInt(4) == 0
                        ? OnDelete.CASCADE
                        : optional && random.nextInt(3) == 0 ? OnDelete.SET_NULL : OnDelete.RESTRICT;
                if (optional) {
                    nullable.add(key);
                }
                onDelete.put(key, action);
                system.points(table, column, target, optional, action);
            });
            if (random.nextInt(3) > 0) {
                rules.put(table, aRule(table));
            }
            collections.put(table, mapped(table));
        }
    }

    private MappedCollection mapped(String table) {
        Mapped mapped = Mapped.collection("yard", table).key("id").plain("on").personal("text", "user.content");
        if (table.equals("person") || table.equals("event")) {
            mapped.identity("email", "email");
        }
        POINTERS.get(table)
                .forEach((column, target) -> mapped.points(
                        column, "yard", target + ".id", random.nextBoolean() ? Direction.FROM : Direction.TO));
        if (rules.containsKey(table)) {
            mapped.retained("rule-" + table, "on");
        } else if (random.nextInt(4) == 0) {
            mapped.onErasure(new MappedCollection.OnErasure.Keep("needed"));
            wholesale.add(table);
        }
        return mapped.done();
    }

    private RetentionRule aRule(String table) {
        Period period = Period.of(random.nextInt(4), random.nextInt(12), random.nextInt(20));
        var start = random.nextBoolean() ? RetentionRule.Start.EVENT : RetentionRule.Start.FINANCIAL_YEAR_END;
        MonthDay ends = MonthDay.from(LocalDate.ofYearDay(2023, 1 + random.nextInt(365)));
        var mode = random.nextInt(4) == 0 ? RetentionRule.Mode.REPORT : RetentionRule.Mode.AUTO;
        return new RetentionRule("rule-" + table, "", "", period, start, ends, mode);
    }

    private void someRows() {
        for (String table : TABLES) {
            int rows = random.nextInt(9);
            for (long id = 1; id <= rows; id++) {
                Map<String, Object> row = new LinkedHashMap<>();
                row.put("id", id);
                row.put(
                        "on",
                        random.nextInt(8) == 0
                                ? null
                                : TODAY.minusDays(random.nextInt(2_500)).toString());
                row.put("text", "…");
                row.put("email", random.nextBoolean() ? "p" + random.nextInt(5) + "@example.org" : null);
                boolean possible = true;
                for (var pointer : POINTERS.get(table).entrySet()) {
                    Object target = aTarget(table, pointer.getKey(), pointer.getValue());
                    possible &= target != null || nullable.contains(table + "." + pointer.getKey());
                    row.put(pointer.getKey(), target);
                }
                if (possible) {
                    system.insert(table, row);
                }
            }
        }
    }

    private Object aTarget(String table, String column, String target) {
        List<Object> ids = new ArrayList<>(system.tables.get(target).keySet());
        boolean none = ids.isEmpty() || nullable.contains(table + "." + column) && random.nextInt(3) == 0;
        return none ? null : ids.get(random.nextInt(ids.size()));
    }

    private Set<Holds.HeldIdentifier> someHolds() {
        Set<Holds.HeldIdentifier> held = new HashSet<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            held.add(new Holds.HeldIdentifier("email", "p" + random.nextInt(5) + "@example.org"));
        }
        return held;
    }

    // ---- the run

    private void run(Set<Holds.HeldIdentifier> identifiers) {
        Dataset dataset = new Dataset("yard", "Yard", List.copyOf(collections.values()), Position.NONE);
        Links links = Links.of(new DataMap(null, List.of(), List.of(dataset), List.copyOf(rules.values())));
        HeldRows held = HeldRows.search(links, s -> system, identifiers, () -> {});
        Structure structure = new Structure(system.catalogue(), dataset);
        Map<CollectionKey, Due> purgeable = new HashMap<>();
        rules.forEach((table, rule) -> {
            if (rule.mode() == RetentionRule.Mode.AUTO) {
                Ruled ruled = new Ruled(collections.get(table), rule, "on");
                purgeable.put(ruled.key(), ruled.due(TODAY, ZoneOffset.UTC, true, List.of()));
            }
        });
        Fates fates = new Fates(system, structure, purgeable, held);
        collections.values().stream()
                .filter(c -> purgeable.containsKey(c.key()))
                .sorted(Comparator.comparingInt(structure::rank))
                .forEach(c -> sweep(c, fates, purgeable));
    }

    private void sweep(MappedCollection collection, Fates fates, Map<CollectionKey, Due> purgeable) {
        List<Row> due = new ArrayList<>();
        system.due(purgeable.get(collection.key()), due::add);
        int handful = 1 + random.nextInt(6);
        for (int from = 0; from < due.size(); from += handful) {
            Fated fated = fates.judge(collection, due.subList(from, Math.min(due.size(), from + handful)));
            for (Fated.Slice slice : fated.slices(1 + random.nextInt(5))) {
                system.purge(
                        slice.steps(purgeable).stream().map(Fated.Step::purge).toList());
            }
        }
    }

    // ---- the same, naively

    /** The least that goes; where a row without a rule hangs on several, it may go with another of them before. */
    private Set<String> what_is_to_go(Set<String> held) {
        Set<String> may = new TreeSet<>();
        each((table, row) -> {
            if (!held.contains(name(table, row)) && (due(table, row) || !rules.containsKey(table))) {
                may.add(name(table, row));
            }
        });
        // a row stays if one that must stay, or may not go with it, is in its way
        boolean changed = true;
        while (changed) {
            Set<String> stay = new HashSet<>();
            each((table, row) -> POINTERS.get(table).forEach((column, target) -> {
                String parent = target + ":" + row.get(column);
                boolean inTheWay =
                        !may.contains(name(table, row)) || !rules.containsKey(table) && !goesWith(table, column);
                if (row.get(column) != null
                        && onDelete.get(table + "." + column) != OnDelete.SET_NULL
                        && inTheWay
                        && !parent.equals(name(table, row))) {
                    stay.add(parent);
                }
            }));
            changed = may.removeAll(stay);
        }
        Set<String> go = new TreeSet<>();
        each((table, row) -> {
            if (may.contains(name(table, row)) && due(table, row)) {
                go.add(name(table, row));
            }
        });
        withTheirParts(go);
        return go;
    }

    /** Of each row: that it is due, or the rows with which it may go. */
    private Map<String, Set<String>> reasonsToGo() {
        Map<String, Set<String>> reasons = new HashMap<>();
        each((table, row) -> {
            Set<String> why = new HashSet<>();
            if (due(table, row)) {
                why.add("due");
            }
            POINTERS.get(table).forEach((column, target) -> {
                if (!rules.containsKey(table) && goesWith(table, column)) {
                    why.add(target + ":" + row.get(column));
                }
            });
            reasons.put(name(table, row), why);
        });
        return reasons;
    }

    private void withTheirParts(Set<String> go) {
        boolean[] changed = {true};
        while (changed[0]) {
            changed[0] = false;
            each((table, row) -> POINTERS.get(table).forEach((column, target) -> {
                boolean goes = !rules.containsKey(table)
                        && goesWith(table, column)
                        && onDelete.get(table + "." + column) != OnDelete.SET_NULL
                        && go.contains(target + ":" + row.get(column));
                changed[0] |= goes && go.add(name(table, row));
            }));
        }
    }

    /** Whether a row without a rule goes with the one it points at. */
    private boolean goesWith(String table, String column) {
        String key = table + "." + column;
        return !wholesale.contains(table) && (!nullable.contains(key) || onDelete.get(key) == OnDelete.CASCADE);
    }

    private boolean due(String table, Map<String, Object> row) {
        RetentionRule rule = rules.get(table);
        return rule != null
                && rule.mode() == RetentionRule.Mode.AUTO
                && row.get("on") != null
                && rule.until(LocalDate.parse((String) row.get("on"))).isBefore(TODAY);
    }

    private Set<String> heldRows(Set<Holds.HeldIdentifier> identifiers) {
        Set<String> own = new HashSet<>();
        Set<String> emails = new HashSet<>();
        identifiers.forEach(i -> emails.add(i.value()));
        each((table, row) -> {
            if ((table.equals("person") || table.equals("event")) && emails.contains(row.get("email"))) {
                own.add(name(table, row));
            }
        });
        boolean[] changed = {true};
        while (changed[0]) {
            changed[0] = false;
            each((table, row) -> POINTERS.get(table).forEach((column, target) -> {
                if (own.contains(target + ":" + row.get(column))) {
                    changed[0] |= own.add(name(table, row));
                }
            }));
        }
        Set<String> all = new HashSet<>(own);
        changed[0] = true;
        while (changed[0]) {
            changed[0] = false;
            each((table, row) -> POINTERS.get(table).forEach((column, target) -> {
                if (row.get(column) != null && all.contains(name(table, row))) {
                    changed[0] |= all.add(target + ":" + row.get(column));
                }
            }));
        }
        return all;
    }

    private interface Each {
        void row(String table, Map<String, Object> row);
    }

    private void each(Each each) {
        system.tables.forEach((table, rows) -> rows.values().forEach(row -> each.row(table, row)));
    }

    private Set<String> all() {
        Set<String> all = new TreeSet<>();
        each((table, row) -> all.add(name(table, row)));
        return all;
    }

    private static String name(String table, Map<String, Object> row) {
        return table + ":" + row.get("id");
    }
}
