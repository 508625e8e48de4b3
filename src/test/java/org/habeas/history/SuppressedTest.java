package org.habeas.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** No count under five is shown, and none can be worked out. */
class SuppressedTest {
    @Test
    void largeCountsAndNoughtsAreShown() {
        Suppressed table = new Suppressed(new long[][] {{12, 0, 7}, {5, 9, 0}}, 3);
        assertEquals(
                List.of(
                        List.of(Optional.of(12L), Optional.of(0L), Optional.of(7L), Optional.of(19L)),
                        List.of(Optional.of(5L), Optional.of(9L), Optional.of(0L), Optional.of(14L)),
                        List.of(Optional.of(17L), Optional.of(9L), Optional.of(7L), Optional.of(33L))),
                table.rows());
    }

    @Test
    void aSmallCountHidesAnotherOneWithIt() {
        Suppressed table = new Suppressed(new long[][] {{20, 3, 9}, {30, 14, 11}}, 3);
        assertEquals(Optional.empty(), table.at(0, 1));
        assertTrue(hidden(table, 2, 3) >= 3, "in its row and in its column: " + table.rows());
    }

    @Test
    void twoOnesAreNotToldByTheirSum() {
        Suppressed table = new Suppressed(new long[][] {{20, 1, 1}, {30, 14, 11}, {30, 14, 11}}, 3);
        assertTrue(table.at(0, 0).isEmpty() || table.at(0, 3).isEmpty(), "else both would be one: " + table.rows());
    }

    @Test
    void aSingleRequestHidesEverything() {
        Suppressed table = new Suppressed(new long[][] {{1, 0}, {0, 0}}, 2);
        assertEquals(Optional.empty(), table.at(0, 0));
        assertEquals(Optional.empty(), table.at(2, 2));
        assertEquals(Optional.of(0L), table.at(1, 1));
    }

    /** Whoever tries every table that fits what is shown finds, for each hidden count, more than one that is possible. */
    @Test
    void noHiddenCountCanBeWorkedOut() {
        Random random = new Random(20261122);
        for (int round = 0; round < 400; round++) {
            long[][] counts = new long[2][2];
            for (long[] row : counts) {
                for (int c = 0; c < 2; c++) {
                    row[c] = random.nextInt(4) == 0 ? 0 : random.nextInt(9);
                }
            }
            Suppressed table = new Suppressed(counts, 2);
            table.rows()
                    .forEach(row -> row.forEach(
                            cell -> cell.ifPresent(shown -> assertTrue(shown == 0 || shown >= Suppressed.LEAST))));
            mustBeAmbiguous(table);
        }
    }

    private static void mustBeAmbiguous(Suppressed table) {
        List<Set<Long>> possible = new ArrayList<>();
        IntStream.range(0, 4).forEach(i -> possible.add(new HashSet<>()));
        tryAll(table, new long[4], 0, possible);
        for (int i = 0; i < 4; i++) {
            if (table.at(i / 2, i % 2).isEmpty()) {
                assertTrue(possible.get(i).size() > 1, "cell " + i + " of " + table.rows());
            }
        }
    }

    private static void tryAll(Suppressed table, long[] cells, int at, List<Set<Long>> possible) {
        if (at == 4) {
            if (fits(table, cells)) {
                IntStream.range(0, 4).forEach(i -> possible.get(i).add(cells[i]));
            }
            return;
        }
        Optional<Long> shown = table.at(at / 2, at % 2);
        for (long value = shown.orElse(1L); value <= shown.orElse(13L); value++) {
            cells[at] = value;
            tryAll(table, cells, at + 1, possible);
        }
    }

    private static boolean fits(Suppressed table, long[] cells) {
        return is(table.at(0, 2), cells[0] + cells[1])
                && is(table.at(1, 2), cells[2] + cells[3])
                && is(table.at(2, 0), cells[0] + cells[2])
                && is(table.at(2, 1), cells[1] + cells[3])
                && is(table.at(2, 2), cells[0] + cells[1] + cells[2] + cells[3]);
    }

    private static boolean is(Optional<Long> shown, long sum) {
        return shown.isEmpty() || shown.get() == sum;
    }

    private static long hidden(Suppressed table, int rows, int columns) {
        return IntStream.rangeClosed(0, rows)
                .mapToLong(r -> IntStream.rangeClosed(0, columns)
                        .filter(c -> table.at(r, c).isEmpty())
                        .count())
                .sum();
    }
}
