package org.habeas.datamap;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.habeas.datamap.FieldReference.Direction;

/** Reads the fields of a collection; nested ones become dotted names, and only the innermost are fields. */
final class FieldReader {
    private static final int DEEPEST = 20;
    private static final List<String> KEYS = List.of("mask", "match", "correctable", "group", "refers_to", "reachable");

    private final String dataset;
    private final MapNames names;

    FieldReader(String dataset, MapNames names) {
        this.dataset = dataset;
        this.names = names;
    }

    /** What Fides itself says about a dataset, collection or field, also under the key of its older versions. */
    static Part meta(Part entry) {
        return entry.get("fides_meta", "fidesops_meta");
    }

    List<MappedField> read(Part fields, List<String> inheritedCategories) {
        List<MappedField> found = new ArrayList<>();
        read("", fields, inheritedCategories, 0, found);
        Map<String, Position> seen = new HashMap<>();
        for (MappedField field : found) {
            Position first = seen.putIfAbsent(field.name(), field.at());
            if (first != null) {
                fields.findings()
                        .error(field.at(), "the field " + field.name() + " is declared twice, first at " + first);
            }
        }
        return found;
    }

    private void read(String prefix, Part fields, List<String> inherited, int depth, List<MappedField> found) {
        if (depth > DEEPEST) {
            fields.error("fields are nested more than " + DEEPEST + " deep");
            return;
        }
        for (Part entry : fields.mappings()) {
            entry.get("name").required();
            Optional<String> name = entry.get("name").text();
            if (name.isEmpty()) {
                continue;
            }
            List<String> own = categories(entry);
            List<String> categories = own.isEmpty() ? inherited : own;
            if (entry.get("fields").items().isEmpty()) {
                found.add(field(prefix + name.get(), entry, categories));
            } else {
                read(prefix + name.get() + ".", entry.get("fields"), categories, depth + 1, found);
            }
        }
    }

    private static List<String> categories(Part entry) {
        List<String> categories = new ArrayList<>();
        for (Part item : entry.get("data_categories").items()) {
            item.text().ifPresent(category -> {
                if (!category.matches("(user|system)(\\..+)?")) {
                    item.warning("the category " + category + " lies neither under user nor under system: it says"
                            + " nothing about a person");
                }
                categories.add(category);
            });
        }
        return categories;
    }

    private MappedField field(String name, Part entry, List<String> categories) {
        Part meta = meta(entry);
        Part habeas = entry.get("habeas");
        habeas.onlyKnows(KEYS);
        boolean key = meta.get("primary_key").flag(false);
        boolean readOnly = meta.get("read_only").flag(false);
        Optional<Mask> mask = new MaskReader(habeas, meta).read();
        if (mask.isPresent() && (key || readOnly)) {
            habeas.get("mask")
                    .warning("the mask of " + name + " is never used: it is " + (key ? "a primary key" : "read only"));
        }
        boolean exact = habeas.get("match")
                .as(text -> Optional.of(text).filter("exact"::equals), "exact")
                .isPresent();
        return new MappedField(
                name,
                categories,
                key,
                meta.get("identity").text(),
                references(name, meta.get("references"), habeas),
                meta.get("data_type").text(),
                length(meta.get("length")),
                readOnly,
                exact,
                mask,
                habeas.get("correctable").flag(!key && !readOnly),
                entry.at());
    }

    private static OptionalInt length(Part part) {
        return part.as(Part.parsing(Integer::valueOf), "a whole number above 0")
                .filter(n -> {
                    if (n <= 0) {
                        part.error("length is " + n + "; allowed is a whole number above 0");
                    }
                    return n > 0;
                })
                .map(OptionalInt::of)
                .orElse(OptionalInt.empty());
    }

    private static List<String> groups(Part part) {
        return part.isText() ? part.text().stream().toList() : part.texts();
    }

    private List<FieldReference> references(String name, Part part, Part habeas) {
        List<String> groups = groups(habeas.get("group"));
        List<FieldReference> references = new ArrayList<>();
        for (Part item : part.items()) {
            if (item.isText()) {
                item.warning(
                        "the reference " + item.text().orElse("") + " names something outside the map and is ignored");
                continue;
            }
            String to = item.get("dataset").text().orElse(dataset);
            Part field = item.get("field");
            field.required();
            Direction direction = direction(item.get("direction"));
            List<String> own = groups(item.get("habeas").get("group"));
            field.text()
                    .flatMap(text -> address(item, to, text))
                    .ifPresent(other ->
                            references.add(new FieldReference(other, direction, own.isEmpty() ? groups : own)));
        }
        references.addAll(elsewhere(name, habeas.get("refers_to")));
        return references;
    }

    /** A reference whose dataset nobody named: into every other dataset that has such a collection, and said so. */
    private List<FieldReference> elsewhere(String field, Part part) {
        List<FieldReference> references = new ArrayList<>();
        for (String text : part.isText() ? part.text().stream().toList() : part.texts()) {
            for (String other : names.datasets()) {
                names.address(other, text)
                        .filter(a -> !other.equals(dataset) && names.hasField(a))
                        .ifPresent(address -> {
                            part.warning(field + " is taken to refer to " + address
                                    + "; name it under fides_meta references once you"
                                    + " know that both count the same people");
                            references.add(new FieldReference(address, Direction.FROM));
                        });
            }
        }
        return references;
    }

    private Optional<FieldAddress> address(Part item, String to, String text) {
        if (!names.hasDataset(to)) {
            item.error("the reference leads to the dataset " + to + ", which is not in the map");
            return Optional.empty();
        }
        Optional<FieldAddress> address = names.address(to, text);
        if (address.isEmpty()) {
            item.get("field")
                    .error("the reference leads to " + text + ", but " + to
                            + " has no such collection (COLLECTION.FIELD)");
        }
        return address;
    }

    private static Direction direction(Part part) {
        return part.as(
                        text -> switch (text) {
                            case "from" -> Optional.of(Direction.FROM);
                            case "to" -> Optional.of(Direction.TO);
                            default -> Optional.empty();
                        },
                        "from, to, or nothing for both")
                .orElse(Direction.BOTH);
    }
}
