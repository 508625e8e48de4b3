package org.habeas.datamap;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads one collection; what its dataset says under {@code habeas} holds where it says nothing itself. */
final class CollectionReader {
    static final List<String> DATASET_KEYS = List.of("purpose", "on_erasure", "retention");
    private static final List<String> KEYS =
            List.of("purpose", "on_erasure", "retention", "while_retained", "collected");

    private final String datasetKey;
    private final String name;
    private final Part dataset;
    private final Part entry;
    private final Part habeas;
    private final MapNames names;

    CollectionReader(String datasetKey, String name, Part dataset, Part entry, MapNames names) {
        this.datasetKey = datasetKey;
        this.name = name;
        this.dataset = dataset;
        this.entry = entry;
        this.habeas = entry.get("habeas");
        this.names = names;
    }

    boolean decidesErasure() {
        return own("on_erasure").given();
    }

    MappedCollection read() {
        habeas.onlyKnows(KEYS);
        List<MappedField> fields = new FieldReader(datasetKey, names).read(entry.get("fields"), inheritedCategories());
        Set<String> fieldNames = fields.stream().map(MappedField::name).collect(Collectors.toSet());
        Optional<MappedCollection.Retention> retention = retention(fieldNames);
        Part meta = FieldReader.meta(entry);
        return new MappedCollection(
                datasetKey,
                name,
                fields,
                purpose(),
                onErasure(),
                retention,
                whileRetained(fields, retention.isPresent()),
                after(meta.get("after")),
                meta.get("skip_processing").flag(false)
                        || entry.get("skip_processing").flag(false),
                reachable(fields),
                collected(fieldNames),
                entry.at());
    }

    /** The field that people are told of changes by: {@code habeas: {reachable: true}} on an e-mail address. */
    private Optional<MappedCollection.Reachable> reachable(List<MappedField> fields) {
        Optional<MappedCollection.Reachable> found = Optional.empty();
        for (Part field : entry.get("fields").mappings()) {
            Part part = field.get("habeas").get("reachable");
            boolean wanted = part.isMapping() || part.flag(false);
            Optional<MappedField> mapped =
                    fields.stream().filter(f -> f.at().equals(field.at())).findFirst();
            if (!wanted || mapped.isEmpty()) {
                continue;
            } else if (found.isPresent()) {
                part.error("only one field of " + datasetKey + "." + name + " can be reachable");
            } else if (!mapped.get().identity().equals(Optional.of("email"))) {
                part.error("reachable needs an e-mail address: fides_meta: {identity: email}");
            } else {
                found = Optional.of(new MappedCollection.Reachable(mapped.get().name(), language(part, fields)));
            }
        }
        return found;
    }

    private Optional<String> language(Part reachable, List<MappedField> fields) {
        if (!reachable.isMapping()) {
            return Optional.empty();
        }
        reachable.onlyKnows(List.of("language"));
        Part language = reachable.get("language");
        return language.as(
                text -> Optional.of(text)
                        .filter(t -> fields.stream().anyMatch(f -> f.name().equals(t))),
                "a field of " + datasetKey + "." + name);
    }

    private Optional<String> collected(Set<String> fields) {
        return habeas.get("collected")
                .as(text -> Optional.of(text).filter(fields::contains), "a field of " + datasetKey + "." + name);
    }

    /** The collection's own value, else its dataset's. */
    private Part own(String key) {
        Part own = habeas.get(key);
        return own.missing() ? dataset.get("habeas").get(key) : own;
    }

    private List<String> inheritedCategories() {
        List<String> own = entry.get("data_categories").texts();
        return own.isEmpty() ? dataset.get("data_categories").texts() : own;
    }

    private Optional<String> purpose() {
        Part purpose = own("purpose");
        Optional<String> key = purpose.text();
        key.filter(k -> !names.mayBePurpose(k))
                .ifPresent(k -> purpose.error("the purpose " + k + " is not declared in organisation.yml"));
        return key;
    }

    private MappedCollection.OnErasure onErasure() {
        Part part = own("on_erasure");
        if (part.isMapping()) {
            part.onlyKnows(List.of("keep"));
            part.get("keep").required();
            return new MappedCollection.OnErasure.Keep(part.get("keep").text().orElse(""));
        }
        String allowed = "delete, mask, or keep: REASON";
        return part.<MappedCollection.OnErasure>as(
                        text -> switch (text.startsWith("keep:") ? "keep" : text) {
                            case "delete" -> Optional.of(new MappedCollection.OnErasure.Delete());
                            case "mask" -> Optional.of(new MappedCollection.OnErasure.Mask());
                            case "keep" -> Optional.of(text.substring(Math.min(5, text.length()))
                                            .strip())
                                    .filter(reason -> !reason.isEmpty())
                                    .map(MappedCollection.OnErasure.Keep::new);
                            default -> Optional.empty();
                        },
                        allowed)
                .orElseGet(MappedCollection.OnErasure.Delete::new);
    }

    private Optional<MappedCollection.Retention> retention(Set<String> fields) {
        Part part = own("retention");
        if (!part.given()) {
            return Optional.empty();
        }
        if (!part.isMapping()) {
            part.error("retention must name a rule and the field that starts it: {rule: ID, from: FIELD}");
            return Optional.empty();
        }
        part.onlyKnows(List.of("rule", "from"));
        Part rule = part.get("rule");
        Part from = part.get("from");
        rule.required();
        from.required();
        rule.text().filter(r -> !names.mayBeRule(r)).ifPresent(r -> rule.error("there is no retention rule " + r));
        from.text()
                .filter(f -> !fields.contains(f))
                .ifPresent(f ->
                        from.error("retention starts at " + f + ", which is no field of " + datasetKey + "." + name));
        return rule.text().flatMap(r -> from.text().map(f -> new MappedCollection.Retention(r, f)));
    }

    private List<String> whileRetained(List<MappedField> fields, boolean retained) {
        Part part = habeas.get("while_retained");
        List<String> masked = new ArrayList<>();
        for (Part item : part.items()) {
            item.text().ifPresent(field -> {
                Optional<MappedField> mapped =
                        fields.stream().filter(f -> f.name().equals(field)).findFirst();
                if (mapped.isEmpty()) {
                    item.error("while_retained names " + field + ", which is no field of " + datasetKey + "." + name);
                } else if (mapped.get().primaryKey() || mapped.get().readOnly()) {
                    item.warning("while_retained names " + field + ", which is a primary key or read only: it cannot"
                            + " be masked");
                }
                masked.add(field);
            });
        }
        if (!masked.isEmpty() && !retained) {
            part.warning("while_retained without a retention: nothing retains the rows of " + datasetKey + "." + name);
        }
        return masked;
    }

    private List<String> after(Part part) {
        List<String> after = new ArrayList<>();
        for (Part item : part.items()) {
            item.text().ifPresent(text -> {
                String to = text.contains(".") ? text.substring(0, text.indexOf('.')) : text;
                if (!names.hasCollection(to, text.substring(Math.min(to.length() + 1, text.length())))) {
                    item.error("after names " + text + ", which is no collection of the map (DATASET.COLLECTION)");
                }
                after.add(text);
            });
        }
        return after;
    }
}
