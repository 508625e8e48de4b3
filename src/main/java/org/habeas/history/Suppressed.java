package org.habeas.history;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A table of counts, with its totals, that may be published: a count from one to four is hidden, and with it as many others as
 * are needed so that no hidden one can be worked out from what is shown. A nought is shown: it tells of nobody.
 */
final class Suppressed {
    /** The least count that is shown. */
    static final long LEAST = 5;

    private static final double NOTHING = 1e-9;

    private record Cell(int row, int column) {}

    private final long[][] counts;
    private final boolean[][] hidden;

    /** {@code inner} without totals; they are added as a last row and a last column. */
    Suppressed(long[][] inner, int columns) {
        counts = new long[inner.length + 1][columns + 1];
        hidden = new boolean[inner.length + 1][columns + 1];
        for (int r = 0; r < inner.length; r++) {
            for (int c = 0; c < columns; c++) {
                counts[r][c] = inner[r][c];
                counts[r][columns] += inner[r][c];
                counts[inner.length][c] += inner[r][c];
                counts[inner.length][columns] += inner[r][c];
            }
        }
        cells().filter(cell -> count(cell) > 0 && count(cell) < LEAST).forEach(this::hide);
        Optional<Cell> exposed = exposed();
        while (exposed.isPresent()) {
            hideBeside(exposed.get());
            exposed = exposed();
        }
    }

    /** The count, or nothing where it is hidden; the row or column after the last is that of totals. */
    Optional<Long> at(int row, int column) {
        return hidden[row][column] ? Optional.empty() : Optional.of(counts[row][column]);
    }

    private Stream<Cell> cells() {
        return IntStream.range(0, counts.length).boxed().flatMap(r -> IntStream.range(0, counts[0].length)
                .mapToObj(c -> new Cell(r, c)));
    }

    private long count(Cell cell) {
        return counts[cell.row()][cell.column()];
    }

    private void hide(Cell cell) {
        hidden[cell.row()][cell.column()] = true;
    }

    private boolean hidden(Cell cell) {
        return hidden[cell.row()][cell.column()];
    }

    /** The smallest one that is shown in the cell's row or column joins it; where there is none, the smallest of all. */
    private void hideBeside(Cell exposed) {
        Comparator<Cell> smallest = Comparator.comparingLong(this::count);
        cells().filter(c -> !hidden(c) && count(c) > 0)
                .filter(c -> c.row() == exposed.row() || c.column() == exposed.column())
                .min(smallest)
                .or(() -> cells().filter(c -> !hidden(c) && count(c) > 0).min(smallest))
                .ifPresentOrElse(this::hide, () -> {
                    throw new IllegalStateException("nothing is left to hide");
                });
    }

    /** A hidden cell that can be worked out: by adding and subtracting, or because too few values are possible. */
    private Optional<Cell> exposed() {
        List<Cell> unknown = cells().filter(this::hidden).toList();
        if (unknown.isEmpty() || cells().allMatch(c -> hidden(c) || count(c) == 0)) {
            return Optional.empty();
        }
        return determined(unknown).or(() -> cornered(unknown));
    }

    /** Each row and each column says: its cells less its total are nought. */
    private double[][] equations(List<Cell> unknown) {
        int rows = counts.length;
        int columns = counts[0].length;
        double[][] equations = new double[rows + columns][unknown.size() + 1];
        cells().forEach(cell -> {
            double inRow = cell.column() == columns - 1 ? -1 : 1;
            double inColumn = cell.row() == rows - 1 ? -1 : 1;
            int at = unknown.indexOf(cell);
            if (at >= 0) {
                equations[cell.row()][at] += inRow;
                equations[rows + cell.column()][at] += inColumn;
            } else {
                equations[cell.row()][unknown.size()] -= inRow * count(cell);
                equations[rows + cell.column()][unknown.size()] -= inColumn * count(cell);
            }
        });
        return equations;
    }

    /** Gauss and Jordan: a line with a single unknown left tells it. */
    private Optional<Cell> determined(List<Cell> unknown) {
        double[][] lines = equations(unknown);
        int done = 0;
        for (int column = 0; column < unknown.size() && done < lines.length; column++) {
            int pivot = done;
            while (pivot < lines.length && Math.abs(lines[pivot][column]) < NOTHING) {
                pivot++;
            }
            if (pivot < lines.length) {
                double[] line = lines[pivot];
                lines[pivot] = lines[done];
                lines[done++] = line;
                clear(lines, line, column);
            }
        }
        for (double[] line : lines) {
            int[] left = IntStream.range(0, unknown.size())
                    .filter(i -> Math.abs(line[i]) > NOTHING)
                    .toArray();
            if (left.length == 1) {
                return Optional.of(unknown.get(left[0]));
            }
        }
        return Optional.empty();
    }

    private static void clear(double[][] lines, double[] pivot, int column) {
        double by = pivot[column];
        for (int i = 0; i < pivot.length; i++) {
            pivot[i] /= by;
        }
        for (double[] line : lines) {
            double times = line[column];
            if (line != pivot && Math.abs(times) > NOTHING) {
                for (int i = 0; i < line.length; i++) {
                    line[i] -= times * pivot[i];
                }
            }
        }
    }

    /** Who knows that no hidden count is nought narrows the others down; at least five values have to stay possible. */
    private Optional<Cell> cornered(List<Cell> unknown) {
        double[][] equations = equations(unknown);
        double[] low = new double[unknown.size()];
        double[] high = new double[unknown.size()];
        Arrays.fill(low, 1);
        Arrays.fill(high, Double.POSITIVE_INFINITY);
        boolean moved = true;
        for (int round = 0; moved && round < 100; round++) {
            moved = false;
            for (double[] equation : equations) {
                for (int i = 0; i < unknown.size(); i++) {
                    moved |= equation[i] != 0 && narrow(equation, i, low, high);
                }
            }
        }
        return IntStream.range(0, unknown.size())
                .filter(i -> high[i] - low[i] < LEAST - 1)
                .mapToObj(unknown::get)
                .findFirst();
    }

    private static boolean narrow(double[] equation, int at, double[] low, double[] high) {
        double most = equation[low.length];
        double least = equation[low.length];
        for (int j = 0; j < low.length; j++) {
            if (j != at && equation[j] != 0) {
                most -= equation[j] > 0 ? equation[j] * low[j] : equation[j] * high[j];
                least -= equation[j] > 0 ? equation[j] * high[j] : equation[j] * low[j];
            }
        }
        double one = most / equation[at];
        double other = least / equation[at];
        double newLow = Math.max(low[at], Math.min(one, other));
        double newHigh = Math.min(high[at], Math.max(one, other));
        boolean moved = newLow > low[at] || newHigh < high[at];
        low[at] = newLow;
        high[at] = newHigh;
        return moved;
    }

    /** All rows, totals last, for a page or a file. */
    List<List<Optional<Long>>> rows() {
        List<List<Optional<Long>>> rows = new ArrayList<>();
        for (int r = 0; r < counts.length; r++) {
            int row = r;
            rows.add(IntStream.range(0, counts[0].length)
                    .mapToObj(c -> at(row, c))
                    .toList());
        }
        return rows;
    }
}
