package org.habeas.faults;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntConsumer;
import java.util.stream.Stream;

/** Erases one reader after the other until something was killed often enough, and at every named point at least once. */
final class Toll {
    private static final int KILLS = Integer.getInteger("habeas.faults.kills", 200);

    private final Map<String, Integer> killed = new TreeMap<>();

    /** It was killed at this point; at none of them if that is empty. */
    void at(String point) {
        killed.merge(point.isEmpty() ? "anytime" : point, 1, Integer::sum);
    }

    /** The one of these points at which it was killed least often so far. */
    String rarest(List<String> points) {
        return points.stream()
                .min((a, b) -> killed.getOrDefault(a, 0) - killed.getOrDefault(b, 0))
                .orElseThrow();
    }

    /** {@code erase} is given a new reader each time; in the end everything must be as if nothing had ever been killed. */
    void take(String what, TwoSystems systems, Attention attention, IntConsumer erase) {
        int people = 0;
        while (kills() < KILLS || !everywhere()) {
            assertTrue(people < KILLS + 20, () -> "some point is never reached: " + killed);
            erase.accept(100 + people++);
            System.out.printf("%d kills, %d erasures%n", kills(), people);
        }
        systems.assertErased(100, 99 + people);
        System.out.printf(
                "%d kills of %s over %d erasures of %d rows: %s; work lay at most %d ms (lease %d ms)%n",
                kills(),
                what,
                people,
                systems.planned(),
                killed,
                attention.longest().toMillis(),
                Portals.LEASE.toMillis());
        attention.assertNothingLayLong();
    }

    private int kills() {
        return killed.values().stream().mapToInt(Integer::intValue).sum();
    }

    private boolean everywhere() {
        return Stream.of(Points.PLANNING, Points.STEPS, Points.ENDING)
                .flatMap(List::stream)
                .allMatch(killed::containsKey);
    }
}
