package org.habeas.history;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** Statistics as CSV: one line a group, every figure in its own column. */
final class StatisticsTable {
    private StatisticsTable() {}

    static String of(Statistics.Figures figures) {
        StringWriter text = new StringWriter();
        try (CSVPrinter csv = new CSVPrinter(text, CSVFormat.RFC4180)) {
            csv.printRecord(
                    "by",
                    "right",
                    "outcome",
                    "group",
                    "received",
                    "open",
                    "overdue",
                    "closed",
                    "answered",
                    "on_time",
                    "late",
                    "median_days",
                    "mean_days",
                    "p90_days");
            lines(csv, "all", List.of(figures.total()));
            lines(csv, "right", figures.rights());
            lines(csv, "outcome", figures.outcomes());
            lines(csv, "right and outcome", figures.both());
            lines(csv, "regime", figures.regimes());
            lines(csv, "organisation", figures.organisations());
            lines(csv, "month", figures.months());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static void lines(CSVPrinter csv, String by, List<Statistics.Line> lines) throws IOException {
        for (Statistics.Line line : lines) {
            Optional<Statistics.AnswerTimes> days = line.days();
            csv.printRecord(
                    by,
                    line.right().orElse(""),
                    line.outcome().orElse(""),
                    CaseTable.safe(line.group().orElse("")),
                    line.received(),
                    line.open(),
                    line.overdue(),
                    line.closed(),
                    line.answered(),
                    line.onTime(),
                    line.late(),
                    days.map(d -> d.median().toString()).orElse(""),
                    days.map(d -> d.mean().toString()).orElse(""),
                    days.map(d -> d.p90().toString()).orElse(""));
        }
    }
}
