package org.habeas.history;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** What the openness page shows of a year, and the years beside it. */
public record OpennessView(Openness.Published published, List<Integer> years) {
    /** A cell with the words that head its column. */
    public record Cell(String head, Optional<Long> count) {}

    /** A right, or all of them, as the table shows it. */
    public record Row(
            Optional<String> right,
            List<Cell> cells,
            Optional<String> medianDays,
            Optional<Long> onTimePercent,
            boolean atLeast) {}

    public int year() {
        return published.year();
    }

    /** The keys of the words over the columns of counts, the total last. */
    public List<String> heads() {
        return IntStream.rangeClosed(0, Openness.Fate.values().length)
                .mapToObj(OpennessView::head)
                .toList();
    }

    /** The rights that somebody asked for, and all of them in the last row. */
    public List<Row> rows() {
        return published.lines().stream()
                .filter(line -> line.right().isEmpty()
                        || line.counts().stream()
                                .anyMatch(c -> c.filter(n -> n == 0).isEmpty()))
                .map(OpennessView::row)
                .toList();
    }

    /** Rights with a total that may be shown, as bars; their lengths in the chart's own units. */
    public Chart chart() {
        return Chart.of(published.rights().stream()
                .filter(line -> total(line).filter(n -> n > 0).isPresent())
                .map(line ->
                        new Chart.Figure(line.right().orElseThrow(), total(line).orElseThrow(), 0))
                .toList());
    }

    private static Optional<Long> total(Openness.Line line) {
        return line.counts().get(Openness.Fate.values().length);
    }

    private static Row row(Openness.Line line) {
        return new Row(
                line.right(),
                IntStream.range(0, line.counts().size())
                        .mapToObj(i -> new Cell(head(i), line.counts().get(i)))
                        .toList(),
                line.medianDays().map(String::valueOf),
                line.onTimePercent(),
                line.atLeast());
    }

    private static String head(int column) {
        return Arrays.stream(Openness.Fate.values())
                .skip(column)
                .findFirst()
                .map(Openness.Fate::key)
                .orElse("openness_all");
    }
}
