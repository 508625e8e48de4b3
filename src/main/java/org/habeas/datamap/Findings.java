package org.habeas.datamap;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects what is to be said about a map, so that everything is told at once. The same thing is told once. */
final class Findings {
    private final Set<Finding> all = new LinkedHashSet<>();

    void error(Position at, String message) {
        all.add(new Finding(at, Finding.Severity.ERROR, message));
    }

    void warning(Position at, String message) {
        all.add(new Finding(at, Finding.Severity.WARNING, message));
    }

    void note(Position at, String message) {
        all.add(new Finding(at, Finding.Severity.NOTE, message));
    }

    void add(List<Finding> findings) {
        all.addAll(findings);
    }

    /** Sorted by file and line, as a reader goes through them. */
    List<Finding> sorted() {
        return all.stream()
                .sorted(java.util.Comparator.comparing((Finding f) -> f.at().file())
                        .thenComparingInt(f -> f.at().line()))
                .toList();
    }
}
