package org.habeas.history;

import java.util.List;
import org.habeas.problem.Invalid;

/** Everything that the statistics page shows. */
public record StatisticsView(String from, String to, Statistics.Figures figures, Invalid errors) {
    /** A table of lines of one kind, and the key of the words that say what its groups are. */
    public record Table(String heading, String column, List<Statistics.Line> lines) {}

    /** Rights, closed and open. */
    public Chart rights() {
        return Chart.of(figures.rights().stream()
                .map(line -> new Chart.Figure(line.right().orElse(""), line.closed(), line.open()))
                .toList());
    }

    /** Months, answered on time and otherwise. */
    public Chart months() {
        return Chart.of(figures.months().stream()
                .map(line -> new Chart.Figure(line.group().orElse(""), line.onTime(), line.received() - line.onTime()))
                .toList());
    }

    /** By regime, by company where there are several, by month. */
    public List<Table> tables() {
        return List.of(
                new Table("by-regime", "statistics_regime", figures.regimes()),
                new Table("by-organisation", "statistics_organisation", figures.organisations()),
                new Table("by-month", "statistics_month", figures.months()));
    }

    /** What the form was asked, for the download of the same. */
    public String query() {
        return "from=" + from + "&to=" + to;
    }

    /** Per cent of the answered that were on time; 100 where none was late. */
    public long onTimePercent() {
        long answered = figures.total().answered();
        return answered == 0 ? 100 : figures.total().onTime() * 100 / answered;
    }
}
