package org.habeas.fulfilment;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What is hidden of one collection's rows. */
public final class Redacted {
    /** What stands in place of a part that is hidden. */
    public static final String MARK = "█████";

    /**
     * One field of a row, or the whole row where {@code field} is empty, hidden on a ground; only this {@code part} of the
     * field's text, wherever it stands in it, where there is one.
     */
    public record Redaction(
            String system,
            String collection,
            String row,
            Optional<String> field,
            Optional<String> part,
            String ground) {
        @Override
        public String toString() {
            return "Redaction[" + system + "." + collection + "]";
        }
    }

    private final Map<String, List<Redaction>> byRow;

    public Redacted(List<Redaction> redactions) {
        byRow = new HashMap<>();
        redactions.forEach(
                r -> byRow.computeIfAbsent(r.row(), row -> new ArrayList<>()).add(r));
    }

    /** Whether the person does not get the row at all. */
    public boolean hides(Findings.FoundRow row) {
        return of(row).stream().anyMatch(r -> r.field().isEmpty());
    }

    /** The fields of the row that she does not get; a field goes with all that is nested in it. */
    public Set<String> hiddenFields(Findings.FoundRow row) {
        List<String> named = of(row).stream()
                .filter(r -> r.part().isEmpty())
                .flatMap(r -> r.field().stream())
                .toList();
        return row.values().keySet().stream()
                .filter(f -> named.stream().anyMatch(n -> f.equals(n) || f.startsWith(n + ".")))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The row without its hidden fields. */
    public Map<String, Object> visible(Findings.FoundRow row) {
        if (!byRow.containsKey(row.row())) {
            return row.values();
        }
        Map<String, Object> values = new LinkedHashMap<>(row.values());
        values.keySet().removeAll(hiddenFields(row));
        values.replaceAll(
                (field, value) -> value instanceof String text ? withoutParts(text, parts(row, field)) : value);
        return values;
    }

    /** What is hidden of the text of one field. */
    public List<String> parts(Findings.FoundRow row, String field) {
        return of(row).stream()
                .filter(r -> r.field().filter(field::equals).isPresent())
                .flatMap(r -> r.part().stream())
                .toList();
    }

    /** Longer parts first, so that one inside another does not leave the rest of it to be seen. */
    private static String withoutParts(String text, List<String> parts) {
        String left = text;
        for (String part : parts.stream()
                .sorted(Comparator.comparing(String::length).reversed())
                .toList()) {
            left = left.replace(part, MARK);
        }
        return left;
    }

    private List<Redaction> of(Findings.FoundRow row) {
        return byRow.getOrDefault(row.row(), List.of());
    }
}
