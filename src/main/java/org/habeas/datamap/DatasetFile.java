package org.habeas.datamap;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads the datasets of one Fides dataset file (fideslang) with what Habeas adds under {@code habeas}. */
final class DatasetFile {
    private final Part root;

    DatasetFile(Part root) {
        this.root = root;
    }

    /** The names first, as any file may refer to those of any other. */
    void announce(MapNames names) {
        for (Part dataset : datasets()) {
            dataset.get("fides_key").text().ifPresent(key -> {
                names.add(key);
                for (Part entry : dataset.get("collections").mappings()) {
                    entry.get("name").text().ifPresent(name -> names.add(key, name, fieldNames(entry)));
                }
            });
        }
    }

    private static Set<String> fieldNames(Part collection) {
        return collection.get("fields").mappings().stream()
                .flatMap(f -> f.get("name").text().stream())
                .collect(Collectors.toSet());
    }

    List<Dataset> read(MapNames names) {
        List<Dataset> datasets = new ArrayList<>();
        for (Part dataset : datasets()) {
            dataset.get("fides_key").required();
            dataset.get("fides_key").text().ifPresent(key -> datasets.add(dataset(key, dataset, names)));
        }
        return datasets;
    }

    private List<Part> datasets() {
        return root.get("dataset").mappings();
    }

    private static Dataset dataset(String key, Part part, MapNames names) {
        if (!SystemsFile.NAME.matcher(key).matches()) {
            part.get("fides_key").error("fides_key is " + key + "; allowed are letters, digits, _ . < > and -");
        }
        part.get("habeas").onlyKnows(CollectionReader.DATASET_KEYS);
        part.get("collections").required();
        Map<String, MappedCollection> collections = new LinkedHashMap<>();
        int undecided = 0;
        for (Part entry : part.get("collections").mappings()) {
            entry.get("name").required();
            Optional<String> name = entry.get("name").text();
            if (name.isEmpty()) {
                continue;
            }
            CollectionReader reader = new CollectionReader(key, name.get(), part, entry, names);
            undecided += reader.decidesErasure() ? 0 : 1;
            MappedCollection first = collections.putIfAbsent(name.get(), reader.read());
            if (first != null) {
                entry.error("the collection " + name.get() + " is declared twice, first at " + first.at());
            }
        }
        if (undecided > 0) {
            part.findings()
                    .note(
                            part.at(),
                            "on_erasure is not given for " + undecided + " collections of " + key + ": delete");
        }
        return new Dataset(key, part.get("name").text().orElse(key), List.copyOf(collections.values()), part.at());
    }
}
