package org.habeas.datamap.discovery;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What is made of a schema's tables: keys completed by names, columns guessed, and whose rows they hold. */
final class Sketch {
    private final Guesses guesses = new Guesses();
    private final List<LiveTable> tables;
    private final Set<String> names;
    private final Ownership ownership;

    Sketch(List<LiveTable> found) {
        NamedKeys keys = new NamedKeys(found, column -> guesses.of(column, false)
                .flatMap(Guesses.Guess::identity)
                .filter(kind -> kind.equals("email") || kind.equals("phone_number"))
                .isPresent());
        tables = found.stream().map(keys::completed).toList();
        names = tables.stream()
                .map(t -> String.join("_", Guesses.parts(t.name())))
                .collect(Collectors.toSet());
        Set<String> naming = new HashSet<>();
        tables.stream().filter(t -> !skipped(t) && namesPeople(t)).forEach(t -> naming.add(t.name()));
        ownership = new Ownership(tables, naming);
    }

    List<LiveTable> tables() {
        return tables;
    }

    boolean skipped(LiveTable table) {
        return table.view() || guesses.isTool(table);
    }

    /** Whether its rows belong to people. */
    boolean owned(LiveTable table) {
        return ownership.owns(table.name());
    }

    /** Whether the key is searched from the table that it points at; else the other way. */
    boolean searchedFromParent(LiveTable child, LiveTable.ForeignKey key) {
        return ownership.searchedFromParent(child.name(), key.target());
    }

    boolean namesPeople(LiveTable table) {
        return table.columns().stream()
                .anyMatch(c ->
                        identity(table, c).isPresent() || !elsewhere(table, c).isEmpty());
    }

    Optional<Guesses.Guess> guess(LiveTable table, LiveTable.Column column) {
        return table.pointsWith(column.name()) && !column.text() ? Optional.empty() : guesses.of(column, owned(table));
    }

    /** The identifier that the column carries; not where it is the key of a row that carries it itself. */
    Optional<String> identity(LiveTable table, LiveTable.Column column) {
        return table.view() || table.pointsWith(column.name())
                ? Optional.empty()
                : guesses.of(column, false).flatMap(Guesses.Guess::identity);
    }

    /** What the column may refer to in another system: {@code customer_id} where this database has no customers. */
    List<String> elsewhere(LiveTable table, LiveTable.Column column) {
        Optional<String> noun = Guesses.noun(column.name()).filter(guesses::isPerson);
        boolean free = !table.view()
                && !table.pointsWith(column.name())
                && !table.primaryKey().equals(List.of(column.name()));
        if (noun.isEmpty() || !free || Guesses.tableNames(noun.get()).stream().anyMatch(names::contains)) {
            return List.of();
        }
        return Guesses.tableNames(noun.get()).stream()
                .limit(2)
                .map(name -> name + ".id")
                .toList();
    }
}
