package org.habeas.datamap;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.habeas.law.RetentionRule;

/** The whole map: who answers, which systems there are, what lies in them, how it hangs together, how long it is kept. */
public record DataMap(
        Organisation organisation, List<SystemEntry> systems, List<Dataset> datasets, List<RetentionRule> rules) {

    public Optional<SystemEntry> system(String name) {
        return systems.stream().filter(s -> s.name().equals(name)).findFirst();
    }

    /** The systems in which a company's data may lie: its own, and those of the whole group. */
    public List<SystemEntry> systemsOf(String company) {
        return systems.stream()
                .filter(s -> s.tablesOf().filter(c -> !c.equals(company)).isEmpty())
                .toList();
    }

    public Optional<Dataset> dataset(String key) {
        return datasets.stream().filter(d -> d.key().equals(key)).findFirst();
    }

    public Optional<MappedCollection> collection(String dataset, String name) {
        return dataset(dataset).stream()
                .flatMap(d -> d.collections().stream())
                .filter(c -> c.name().equals(name))
                .findFirst();
    }

    public List<MappedCollection> collections() {
        return datasets.stream().flatMap(d -> d.collections().stream()).toList();
    }

    /** The rule of this id for a system: that of the company whose system it is, else the group's. */
    public Optional<RetentionRule> rule(String id, String system) {
        Optional<String> company = system(system).flatMap(SystemEntry::tablesOf);
        return rules.stream()
                .filter(r -> r.id().equals(id))
                .filter(r -> r.organisation().isEmpty() || r.organisation().equals(company))
                .max(Comparator.comparing(r -> r.organisation().isPresent()));
    }
}
