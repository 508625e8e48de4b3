package org.habeas.datamap;

import java.util.List;

/** A map that was read, and all there is to say about it, by file and line. */
public record Loaded(DataMap map, List<Finding> findings) {
    public boolean ok() {
        return errors().isEmpty();
    }

    public List<Finding> errors() {
        return findings.stream().filter(Finding::isError).toList();
    }

    public long count(Finding.Severity severity) {
        return findings.stream().filter(f -> f.severity() == severity).count();
    }
}
