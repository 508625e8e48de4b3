package org.habeas.datamap.discovery;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Writes the draft as YAML; every guess carries a comment that asks for a look. */
final class DraftText {
    private static final String LOOK = "  # guess: review";
    private static final Set<String> NO_TEXT =
            Set.of("true", "false", "yes", "no", "on", "off", "null", "y", "n", "none");

    private final Sketch sketch;
    private final StringBuilder text = new StringBuilder();

    DraftText(Sketch sketch) {
        this.sketch = sketch;
    }

    String write(String schema, String system) {
        line(0, "# Drafted by habeas discover. Look at every line with \"guess\"; then take the word away.");
        line(0, "# What to add (purposes, retention, masks): docs/data-map.md");
        line(0, "dataset:");
        line(1, "- fides_key: " + quoted(system));
        line(2, "name: " + quoted(system));
        line(2, "description: " + quoted("schema " + schema));
        line(2, sketch.tables().isEmpty() ? "collections: []" : "collections:");
        sketch.tables().forEach(t -> collection(system, t));
        return text.toString();
    }

    private void collection(String system, LiveTable table) {
        line(3, "- name: " + quoted(table.name()));
        if (table.view()) {
            line(4, "# a view: its rows are rows of its tables; take this line away to search it as well");
            line(4, "fides_meta: {skip_processing: true}");
        } else if (sketch.skipped(table)) {
            line(4, "# a table of a tool, in which nobody is");
            line(4, "fides_meta: {skip_processing: true}");
        } else if (!sketch.owned(table)) {
            line(4, "# no row of it was found to belong to a person: found as context of hers, or not at all");
        }
        line(4, table.columns().isEmpty() ? "fields: []" : "fields:");
        table.columns().forEach(c -> field(system, table, c));
    }

    private void field(String system, LiveTable table, LiveTable.Column column) {
        line(5, "- name: " + quoted(column.name()));
        column.remark().ifPresent(r -> line(6, "description: " + quoted(r)));
        sketch.guess(table, column).ifPresent(g -> line(6, "data_categories: [" + g.category() + "]" + LOOK));
        List<String> meta = new ArrayList<>();
        if (table.primaryKey().contains(column.name())) {
            meta.add("primary_key: true");
        }
        if (!column.dataType().isEmpty()) {
            meta.add("data_type: " + column.dataType());
        }
        column.length().ifPresent(n -> meta.add("length: " + n));
        if (column.generated()) {
            meta.add("read_only: true");
        }
        Optional<String> identity = sketch.identity(table, column);
        List<Reference> references = table.view() ? List.of() : references(table, column);
        if (!meta.isEmpty() || identity.isPresent() || references.stream().anyMatch(r -> !r.left())) {
            line(6, "fides_meta:");
            meta.forEach(m -> line(7, m));
            identity.ifPresent(i -> line(7, "identity: " + i + LOOK));
        }
        references(system, references);
        List<String> elsewhere = sketch.elsewhere(table, column);
        if (!elsewhere.isEmpty()) {
            line(6, "habeas: {refers_to: [" + String.join(", ", elsewhere) + "]}" + LOOK + ", in another system");
        }
    }

    private void references(String system, List<Reference> references) {
        references.stream()
                .filter(Reference::left)
                .forEach(r -> line(
                        6,
                        "# references " + r.field()
                                + " of the same table: another person's row, so nothing is followed"));
        List<Reference> followed = references.stream().filter(r -> !r.left()).toList();
        if (!followed.isEmpty()) {
            line(7, "references:");
        }
        for (Reference reference : followed) {
            line(8, "- dataset: " + quoted(system));
            line(9, "field: " + quoted(reference.field()) + (reference.guessed() ? LOOK + ", by its name" : ""));
            line(9, "direction: " + (reference.from() ? "from" : "to"));
            reference.group().ifPresent(g -> line(9, "habeas: {group: " + quoted(g) + "}"));
        }
    }

    private record Reference(String field, boolean from, boolean left, boolean guessed, Optional<String> group) {}

    private List<Reference> references(LiveTable table, LiveTable.Column column) {
        Set<String> known = sketch.tables().stream().map(LiveTable::name).collect(Collectors.toSet());
        List<Reference> references = new ArrayList<>();
        for (LiveTable.ForeignKey key : table.foreignKeys()) {
            int place = key.columns().indexOf(column.name());
            if (place < 0 || !known.contains(key.target())) {
                continue;
            }
            boolean self = key.target().equals(table.name())
                    && table.columns().stream()
                            .anyMatch(c -> sketch.identity(table, c).isPresent());
            references.add(new Reference(
                    key.target() + "." + key.targetColumns().get(place),
                    sketch.searchedFromParent(table, key),
                    self,
                    key.guessed(),
                    key.columns().size() > 1 ? Optional.of(key.name()) : Optional.empty()));
        }
        return references;
    }

    private void line(int indent, String content) {
        text.append("  ".repeat(indent)).append(content).append('\n');
    }

    /** As it is where YAML reads it as text and nothing else. */
    private static String quoted(String name) {
        boolean plain =
                name.matches("[A-Za-z_][A-Za-z0-9_.]*") && !NO_TEXT.contains(name.toLowerCase(java.util.Locale.ROOT));
        return plain
                ? name
                : "\"" + name.replace("\\", "\\\\").replace("\"", "\\\"").replaceAll("\\p{Cntrl}+", " ") + "\"";
    }
}
