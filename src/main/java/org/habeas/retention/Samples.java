package org.habeas.retention;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import org.habeas.connector.Connectors;
import org.habeas.connector.Row;
import org.habeas.connector.SystemFailure;
import org.habeas.datamap.DataMap;

/** A few of the rows that a waiting run would purge, read anew each time and kept nowhere. */
@ApplicationScoped
public class Samples {
    private static final int ROWS = 5;

    private final DataMap map;
    private final Connectors connectors;
    private final Timetable timetable;

    Samples(DataMap map, Connectors connectors, Timetable timetable) {
        this.map = map;
        this.connectors = connectors;
        this.timetable = timetable;
    }

    /** Some rows of a collection, field by field. */
    public record Sample(String address, List<String> fields, List<List<String>> rows) {
        @Override
        public String toString() {
            return "Sample[" + address + "]";
        }
    }

    List<Sample> of(RetentionRun run) {
        List<Sample> samples = new ArrayList<>();
        for (Ruled ruled : Ruled.of(map)) {
            if (run.collections.stream()
                    .anyMatch(c -> c.kind == RunCollection.Kind.SWEEP
                            && c.due > 0
                            && c.key().equals(ruled.key()))) {
                samples.add(sample(run, ruled));
            }
        }
        return samples;
    }

    private Sample sample(RetentionRun run, Ruled ruled) {
        List<String> fields =
                ruled.collection().fields().stream().map(f -> f.name()).toList();
        List<List<String>> rows = new ArrayList<>();
        try {
            connectors.of(ruled.key().dataset()).due(ruled.due(run.today, timetable.zone()), row -> {
                rows.add(values(fields, row));
                return rows.size() < ROWS;
            });
        } catch (SystemFailure e) {
            // the figures stand; there is nothing to show of them now
        }
        return new Sample(ruled.collection().address(), fields, rows);
    }

    private static List<String> values(List<String> fields, Row row) {
        return fields.stream()
                .map(f -> row.value(f) == null ? "" : row.value(f).toString())
                .toList();
    }
}
