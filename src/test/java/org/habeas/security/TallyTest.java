package org.habeas.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import org.habeas.problem.SecurityEvent.Kind;
import org.junit.jupiter.api.Test;

/** However many there are and however they differ, a kind has only so many lines in an hour, and every event is in one. */
class TallyTest {
    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

    private final Tally tally = new Tally();

    @Test
    void theSameIsOneLine() {
        see("a", "x", 0);
        see("a", "x", 59 * 60);
        see("a", "y", 1);
        see("b", "x", 1);
        assertEquals(3, lines());
        Tally.Seen seen = tally.hours().get(hour()).get(new Tally.Who("a", "x", "/p"));
        assertEquals(new Tally.Seen(2, NOON, NOON.plusSeconds(59 * 60)), seen);
        see("a", "x", 3600);
        assertEquals(2, tally.hours().size(), "another hour is another line");
    }

    @Test
    void aClientThatTriesThousandsIsFewLines() {
        for (int i = 0; i < 10_000; i++) {
            see("a", "account-" + i, i % 3600);
        }
        assertEquals(Tally.PER_CLIENT + 1, lines());
        assertEquals(10_000, times());
        see("b", "x", 0);
        assertEquals(
                1,
                tally.hours().get(hour()).get(new Tally.Who("b", "x", "/p")).times(),
                "another client is still seen");
    }

    @Test
    void anAttackFromEverywhereIsBoundedToo() {
        for (int i = 0; i < 100_000; i++) {
            see("client-" + i % 5000, "account-" + i, i % 3600);
        }
        assertTrue(lines() <= 2 * Tally.ROWS + 1, lines() + " lines");
        assertEquals(100_000, times());
    }

    @Test
    void whileNothingCanBeWrittenThereAreOnlySoManyHours() {
        for (int i = 0; i < 10_000; i++) {
            see("a", "x", i * 3600L);
        }
        assertEquals(50, tally.hours().size());
        assertTrue(tally.minutes().size() <= 50 * 60);
    }

    @Test
    void whatCouldNotBeWrittenIsCountedAgain() {
        see("a", "x", 0);
        Tally taken = tally.take();
        assertTrue(tally.isEmpty());
        see("a", "x", 1);
        tally.putBack(taken);
        assertEquals(2, times());
        assertEquals(2L, tally.minutes().get(new Tally.Slot(NOON, Kind.FAILED_CODE)));
    }

    private void see(String client, String about, long seconds) {
        tally.add(Kind.FAILED_CODE, new Tally.Who(client, about, "/p"), NOON.plusSeconds(seconds));
    }

    private int lines() {
        return tally.hours().get(hour()).size();
    }

    private long times() {
        return tally.hours().get(hour()).values().stream()
                .mapToLong(Tally.Seen::times)
                .sum();
    }

    private static Tally.Slot hour() {
        return new Tally.Slot(NOON, Kind.FAILED_CODE);
    }
}
