package org.habeas.datamap.discovery;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Foreign keys that no database enforces and that exist by their names only: {@code customer_id} is {@code customer.id}. */
final class NamedKeys {
    /** Names of keys that say nothing about what they are a key of. */
    private static final Set<String> ANYBODYS =
            Set.of("id", "uuid", "guid", "key", "code", "no", "nr", "number", "name");

    private final Map<String, LiveTable> byName = new HashMap<>();
    private final Predicate<LiveTable.Column> address;

    /** {@code address} says whether a column holds an address of a person's: that names her and no other row. */
    NamedKeys(List<LiveTable> tables, Predicate<LiveTable.Column> address) {
        this.address = address;
        tables.stream().filter(t -> !t.view()).forEach(t -> byName.putIfAbsent(plain(t.name()), t));
    }

    /** The table with the keys that its names suggest, beside those it has. */
    LiveTable completed(LiveTable table) {
        if (table.view()) {
            return table;
        }
        List<LiveTable.ForeignKey> keys = new ArrayList<>(table.foreignKeys());
        for (LiveTable.Column column : table.columns()) {
            if (!table.pointsWith(column.name()) && !table.primaryKey().equals(List.of(column.name()))) {
                target(table, column)
                        .ifPresent(target -> keys.add(new LiveTable.ForeignKey(
                                column.name(), List.of(column.name()), target.name(), target.primaryKey(), true)));
            }
        }
        return table.with(keys);
    }

    private Optional<LiveTable> target(LiveTable table, LiveTable.Column column) {
        Optional<LiveTable> named = Guesses.noun(column.name()).stream()
                .flatMap(noun -> Guesses.tableNames(noun).stream())
                .flatMap(name -> Optional.ofNullable(byName.get(plain(name))).stream())
                .filter(t -> fits(t, column))
                .findFirst();
        return named.isPresent() ? named : sameKey(table, column);
    }

    /** A column that is called like the primary key of exactly one other table, where that name says what it is. */
    private Optional<LiveTable> sameKey(LiveTable table, LiveTable.Column column) {
        if (ANYBODYS.contains(column.name().toLowerCase(Locale.ROOT)) || address.test(column)) {
            return Optional.empty();
        }
        List<LiveTable> keyed = byName.values().stream()
                .filter(t -> !t.name().equals(table.name()) && fits(t, column))
                .filter(t -> t.primaryKey().get(0).equalsIgnoreCase(column.name()))
                .filter(t -> !t.pointsWith(t.primaryKey().get(0)))
                .toList();
        return keyed.size() == 1 ? Optional.of(keyed.get(0)) : Optional.empty();
    }

    private static boolean fits(LiveTable target, LiveTable.Column column) {
        return target.primaryKey().size() == 1
                && target.column(target.primaryKey().get(0))
                        .filter(key -> key.dataType().equals(column.dataType()))
                        .isPresent();
    }

    private static String plain(String name) {
        return String.join("_", Guesses.parts(name));
    }
}
