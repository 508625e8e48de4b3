package org.habeas.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import org.habeas.vault.Vault;
import org.junit.jupiter.api.Test;

/** Work without tracking: only our own puzzle counts, solved, in time, once. */
@QuarkusTest
class PuzzlesTest {
    @Inject
    Puzzles puzzles;

    @Inject
    Limits limits;

    @Inject
    Vault vault;

    @Inject
    Clock clock;

    @Test
    void aSolutionCountsOnce() {
        String solved = PuzzlesForTests.solved(puzzles);
        assertTrue(puzzles.redeem(solved));
        assertFalse(puzzles.redeem(solved));
    }

    @Test
    void whatIsNotSolvedOrNotOursCountsNothing() {
        Puzzles.Puzzle puzzle = puzzles.next();
        long wrong = 0;
        while (Puzzles.zeros(puzzle.challenge() + ":" + wrong) >= puzzle.bits()) {
            wrong++;
        }
        assertFalse(puzzles.redeem(puzzle.challenge() + ":" + wrong));
        String solved = PuzzlesForTests.solved(puzzles);
        assertFalse(puzzles.redeem(solved.replaceFirst("^[0-9]+", "99999999999")));
        assertFalse(puzzles.redeem(solved.replaceFirst("\\.8\\.", ".0.")));
        for (String nonsense : new String[] {"", ":", "1.1.A:1", "x".repeat(5000)}) {
            assertFalse(puzzles.redeem(nonsense));
        }
    }

    @Test
    void anOldOneCountsNothing() {
        Puzzles before = new Puzzles(limits, vault, Clock.offset(clock, Duration.ofHours(-2)));
        assertFalse(puzzles.redeem(PuzzlesForTests.solved(before)));
    }

    @Test
    void oneOfAClockThatWasAheadCountsNothing() {
        Puzzles ahead = new Puzzles(limits, vault, Clock.offset(clock, Duration.ofHours(2)));
        assertFalse(puzzles.redeem(PuzzlesForTests.solved(ahead)));
    }

    @Test
    void zerosAreCountedFromTheFront() {
        // SHA-256("abc") begins with ba (FIPS 180-4, appendix B.1)
        assertEquals(0, Puzzles.zeros("abc"));
    }
}
