package org.habeas.retention;

import static org.habeas.retention.RandomWorld.POINTERS;
import static org.habeas.retention.RandomWorld.foreignKey;
import static org.habeas.retention.RandomWorld.name;

import java.time.LocalDate;
import java.time.MonthDay;
import java.time.YearMonth;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.habeas.connector.Catalogue.OnDelete;
import org.habeas.law.RetentionRule;

/** What a run is to do, worked out over the whole of the data at once and day by day, with nothing that the run uses. */
final class Naively {
    private final RandomWorld world;

    Naively(RandomWorld world) {
        this.world = world;
    }

    /** What must go: due and free, with what hangs on it. Where a row without a rule hangs on several, it may go sooner. */
    Set<String> toGo(Set<String> held) {
        Set<String> may = new TreeSet<>();
        world.each((table, row) -> {
            if (!held.contains(name(table, row)) && (due(table, row) || !world.rules.containsKey(table))) {
                may.add(name(table, row));
            }
        });
        // a row stays if one that must stay, or may not go with it, is in its way
        boolean changed = true;
        while (changed) {
            Set<String> stay = new HashSet<>();
            world.each((table, row) -> POINTERS.get(table).forEach((column, target) -> {
                String parent = target + ":" + row.get(column);
                boolean inTheWay =
                        !may.contains(name(table, row)) || !world.rules.containsKey(table) && !goesWith(table, column);
                if (row.get(column) != null
                        && foreignKey(table, target)
                        && world.onDelete.get(table + "." + column) != OnDelete.SET_NULL
                        && inTheWay
                        && !parent.equals(name(table, row))) {
                    stay.add(parent);
                }
            }));
            changed = may.removeAll(stay);
        }
        Set<String> go = new TreeSet<>();
        world.each((table, row) -> {
            if (may.contains(name(table, row)) && due(table, row)) {
                go.add(name(table, row));
            }
        });
        withTheirParts(go);
        return go;
    }

    /** Of each row: that it is due, or the rows with which it may go. */
    Map<String, Set<String>> reasonsToGo() {
        Map<String, Set<String>> reasons = new HashMap<>();
        world.each((table, row) -> {
            Set<String> why = new HashSet<>();
            if (due(table, row)) {
                why.add("due");
            }
            POINTERS.get(table).forEach((column, target) -> {
                if (!world.rules.containsKey(table) && foreignKey(table, target) && goesWith(table, column)) {
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
            world.each((table, row) -> POINTERS.get(table).forEach((column, target) -> {
                boolean goes = !world.rules.containsKey(table)
                        && foreignKey(table, target)
                        && goesWith(table, column)
                        && world.onDelete.get(table + "." + column) != OnDelete.SET_NULL
                        && go.contains(target + ":" + row.get(column));
                changed[0] |= goes && go.add(name(table, row));
            }));
        }
    }

    /** Whether a row without a rule goes with the one it points at. */
    private boolean goesWith(String table, String column) {
        String key = table + "." + column;
        return !world.kept.contains(table)
                && (!world.nullable.contains(key) || world.onDelete.get(key) == OnDelete.CASCADE);
    }

    private boolean due(String table, Map<String, Object> row) {
        RetentionRule rule = world.rules.get(table);
        return rule != null
                && rule.mode() == RetentionRule.Mode.AUTO
                && row.get("on") != null
                && lastDay(rule, LocalDate.parse((String) row.get("on"))).isBefore(world.today);
    }

    /** The last day on which a row is kept, read off the calendar. */
    private static LocalDate lastDay(RetentionRule now, LocalDate event) {
        RetentionRule rule = now;
        while (rule.since().isPresent() && event.isBefore(rule.since().get().validFrom())) {
            rule = rule.since().get().before();
        }
        boolean year = rule.starts() == RetentionRule.Start.FINANCIAL_YEAR_END;
        LocalDate start = event;
        while (year && !endsYear(start, rule.financialYearEnds())) {
            start = start.plusDays(1);
        }
        YearMonth month = YearMonth.from(start).plusMonths(rule.period().toTotalMonths());
        boolean toTheEnd = year
                && start.equals(YearMonth.from(start).atEndOfMonth())
                && rule.period().getDays() == 0;
        int day = toTheEnd ? month.lengthOfMonth() : Math.min(start.getDayOfMonth(), month.lengthOfMonth());
        return month.atDay(day).plusDays(rule.period().getDays());
    }

    /** A year that ends in February ends with its last day, whichever that is. */
    static boolean endsYear(LocalDate day, MonthDay ends) {
        boolean february = ends.getMonthValue() == 2 && ends.getDayOfMonth() >= 28;
        return february
                ? day.getMonthValue() == 2 && day.plusDays(1).getMonthValue() == 3
                : MonthDay.from(day).equals(ends);
    }

    Set<String> held() {
        Set<String> hers = hers();
        boolean[] changed = {true};
        while (changed[0]) {
            changed[0] = false;
            world.each((table, row) -> POINTERS.get(table).forEach((column, target) -> {
                if (row.get(column) != null && hers.contains(name(table, row))) {
                    changed[0] |= hers.add(target + ":" + row.get(column));
                }
            }));
        }
        world.each((table, row) -> {
            if (heldWhole(table)) {
                hers.add(name(table, row));
            }
        });
        return hers;
    }

    /** Rows that carry the identifier of a held person, and those that point at them. */
    private Set<String> hers() {
        Set<String> emails = new HashSet<>();
        world.identifiers.forEach(i -> emails.add(i.value()));
        Set<String> hers = new HashSet<>();
        world.each((table, row) -> {
            if (RandomWorld.hasEmail(table) && emails.contains(row.get("email"))) {
                hers.add(name(table, row));
            }
        });
        boolean[] changed = {true};
        while (changed[0]) {
            changed[0] = false;
            world.each((table, row) -> POINTERS.get(table).forEach((column, target) -> {
                if (hers.contains(target + ":" + row.get(column))) {
                    changed[0] |= hers.add(name(table, row));
                }
            }));
        }
        return hers;
    }

    private boolean heldWhole(String table) {
        String system = RandomWorld.systemOf(table);
        return world.holds.stream()
                .anyMatch(h -> RandomWorld.COMPANY_OF.get(system).equals(h.company)
                        || system.equals(h.system)
                                && Set.of("", table).contains(h.collection == null ? "" : h.collection));
    }
}
