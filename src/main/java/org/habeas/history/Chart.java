package org.habeas.history;

import java.util.List;
import java.util.stream.IntStream;

/** Bars beside each other; the measures are in the chart's own units, worked out here and not in the template. */
public record Chart(List<Bar> bars, int width, int height) {
    private static final int WIDTH = 720;
    private static final int LEFT = 150;
    private static final int ROW = 36;
    private static final int BAR = 20;

    /** What a bar stands for: {@code first} and {@code then} one after the other. */
    record Figure(String name, long first, long then) {}

    /** A bar of two parts with its name before and its sum after it. */
    public record Bar(String name, long all, int y, int firstWidth, int thenWidth) {
        public int x() {
            return LEFT;
        }

        public int thenX() {
            return LEFT + firstWidth;
        }

        public int textY() {
            return y + BAR - 5;
        }

        public int endX() {
            return LEFT + firstWidth + thenWidth + 8;
        }

        public int height() {
            return BAR;
        }

        public int nameX() {
            return LEFT - 10;
        }
    }

    static Chart of(List<Figure> figures) {
        long most = figures.stream().mapToLong(f -> f.first() + f.then()).max().orElse(1);
        List<Bar> bars = IntStream.range(0, figures.size())
                .mapToObj(i -> bar(figures.get(i), 10 + i * ROW, most))
                .toList();
        return new Chart(bars, WIDTH, 10 + ROW * figures.size());
    }

    private static Bar bar(Figure figure, int y, long most) {
        return new Bar(
                figure.name(),
                figure.first() + figure.then(),
                y,
                scaled(figure.first(), most),
                scaled(figure.then(), most));
    }

    private static int scaled(long count, long most) {
        return (int) (count * (WIDTH - LEFT - 60) / Math.max(1, most));
    }
}
