package org.habeas.retention;

import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;

/** What the retention page shows; the chart's measures are worked out in its own units. */
public record RetentionView(
        boolean administrator,
        long purgedThisYear,
        long dueSoon,
        long held,
        int holds,
        long past,
        List<Bar> bars,
        List<RuleLine> rules,
        List<RunView> waiting,
        List<RunView> runs,
        Optional<Instant> nextLook,
        Optional<Instant> countedAt) {
    static final int BASE = 170;
    static final int TALLEST = 150;

    /** A month of the chart: the first is the present one with all that is past its date. */
    public record Bar(YearMonth month, String label, long rows, int x, int height) {
        public int y() {
            return BASE - height;
        }

        public int middle() {
            return x + 20;
        }
    }

    /** A collection under its rule; {@code next} is the month in which rows fall due next. */
    public record RuleLine(
            String title,
            String citation,
            String address,
            Optional<YearMonth> next,
            long rows,
            long past,
            String mode) {}
}
