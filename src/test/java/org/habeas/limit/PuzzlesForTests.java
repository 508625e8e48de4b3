package org.habeas.limit;

/** Somebody who has solved a puzzle, a light one. */
public final class PuzzlesForTests {
    private PuzzlesForTests() {}

    public static String solved(Puzzles puzzles) {
        return solve(puzzles.next(8));
    }

    static String solve(Puzzles.Puzzle puzzle) {
        for (long number = 0; ; number++) {
            String solved = puzzle.challenge() + ":" + number;
            if (Puzzles.zeros(solved) >= puzzle.bits()) {
                return solved;
            }
        }
    }
}
