package org.habeas.fulfilment;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What is hidden of one collection's rows. */
public final class Redacted {
    /** One field of a row, or the whole row where {@code field} is empty, hidden on a ground. */
    public record Redaction(String system, String collection, String row, Optional<String> field, String ground) {}

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
        List<String> named = of(row).stream().flatMap(r -> r.field().stream()).toList();
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
        return values;
    }

    private List<Redaction> of(Findings.FoundRow row) {
        return byRow.getOrDefault(row.row(), List.of());
    }
}
