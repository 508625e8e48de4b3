package org.habeas.history;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.habeas.problem.Invalid;

/** Everything that the statistics page shows; the chart's measures are worked out here, in its own units. */
public record StatisticsView(String from, String to, Statistics.Figures figures, Invalid errors) {
    private static final int WIDTH = 720;
    private static final int LEFT = 150;
    private static final int ROW = 36;
    private static final int BAR = 20;

    /** A bar of the chart: one right, closed and open side by side. */
    public record Bar(String right, long closed, long open, int y, int closedWidth, int openWidth) {
        public int x() {
            return LEFT;
        }

        public int openX() {
            return LEFT + closedWidth;
        }

        public int textY() {
            return y + BAR - 5;
        }

        public int endX() {
            return LEFT + closedWidth + openWidth + 8;
        }

        public int height() {
            return BAR;
        }

        public int labelX() {
            return LEFT - 10;
        }

        public long all() {
            return closed + open;
        }
    }

    public List<Bar> bars() {
        List<Statistics.Line> rights = figures.rights();
        long most = rights.stream().mapToLong(Statistics.Line::received).max().orElse(1);
        List<Bar> bars = new ArrayList<>();
        IntStream.range(0, rights.size()).forEach(i -> {
            Statistics.Line line = rights.get(i);
            bars.add(new Bar(
                    line.right().orElse(""),
                    line.closed(),
                    line.open(),
                    10 + i * ROW,
                    scaled(line.closed(), most),
                    scaled(line.open(), most)));
        });
        return bars;
    }

    public int width() {
        return WIDTH;
    }

    public int height() {
        return 10 + ROW * figures.rights().size();
    }

    /** Per cent of the closed that were on time; 100 where none was late. */
    public long onTimePercent() {
        long closed = figures.total().closed();
        return closed == 0 ? 100 : figures.total().onTime() * 100 / closed;
    }

    private static int scaled(long count, long most) {
        return (int) (count * (WIDTH - LEFT - 60) / Math.max(1, most));
    }
}
