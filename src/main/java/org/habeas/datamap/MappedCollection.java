package org.habeas.datamap;

import java.util.List;
import java.util.Optional;

/**
 * One collection (table, view, endpoint) of a dataset. {@code whileRetained} are the fields blanked at once although the
 * row must be kept; {@code skip} is fides' skip_processing; {@code reachable} says where a person can be written to;
 * {@code collected} is the field with the day on which a row was collected.
 */
public record MappedCollection(
        String dataset,
        String name,
        List<MappedField> fields,
        Optional<String> purpose,
        OnErasure onErasure,
        Optional<Retention> retention,
        List<String> whileRetained,
        List<String> after,
        boolean skip,
        Optional<Reachable> reachable,
        Optional<String> collected,
        Position at) {

    /** A collection of which nothing is said about writing to people, nor about when its rows were collected. */
    public MappedCollection(
            String dataset,
            String name,
            List<MappedField> fields,
            Optional<String> purpose,
            OnErasure onErasure,
            Optional<Retention> retention,
            List<String> whileRetained,
            List<String> after,
            boolean skip,
            Position at) {
        this(
                dataset,
                name,
                fields,
                purpose,
                onErasure,
                retention,
                whileRetained,
                after,
                skip,
                Optional.empty(),
                Optional.empty(),
                at);
    }

    /** What an erasure does with a row of the person's own that no rule retains. */
    public sealed interface OnErasure {
        record Delete() implements OnErasure {}

        record Mask() implements OnErasure {}

        record Keep(String reason) implements OnErasure {}
    }

    /** The rule that keeps a row, and the field of the row whose date starts the period. */
    public record Retention(String rule, String from) {}

    /** The field whose e-mail address reaches the person, and the one that says in which language. */
    public record Reachable(String email, Optional<String> language) {}

    public List<MappedField> primaryKey() {
        return fields.stream().filter(MappedField::primaryKey).toList();
    }

    public Optional<MappedField> field(String fieldName) {
        return fields.stream().filter(f -> f.name().equals(fieldName)).findFirst();
    }

    /** Whether it has a field with a category under {@code user}. */
    public boolean personal() {
        return fields.stream().anyMatch(MappedField::personal);
    }

    /** Its name across datasets; equal to another's only if both mean the same collection. */
    public CollectionKey key() {
        return new CollectionKey(dataset, name);
    }

    /** {@code dataset.collection}, as pages and problems name it. */
    public String address() {
        return dataset + "." + name;
    }
}
