package org.habeas.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.habeas.policy.Difference.Kind;
import org.habeas.policy.Difference.Paragraph;
import org.junit.jupiter.api.Test;

/** What changed between two texts, as a reader sees it. */
class DifferenceTest {
    @Test
    void aChangedParagraphShowsItsWords() {
        List<Paragraph> told = Difference.between(
                List.of("Policy", "We keep your address for five years.", "Write to us."),
                List.of("Policy", "We keep your address for three years.", "Write to us."));
        assertEquals(List.of("same", "changed", "same"), codes(told));
        assertEquals(
                "We keep your address for [-five ][+three ]years.",
                told.get(1).pieces().stream().map(DifferenceTest::marked).collect(Collectors.joining()));
    }

    @Test
    void whatHasNothingInCommonWentAndCame() {
        assertEquals(
                List.of("same", "removed", "added"),
                codes(Difference.between(
                        List.of("Policy", "We sell nothing."), List.of("Policy", "Cookies are baked on Sundays."))));
    }

    @Test
    void aNewParagraphInTheMiddleLeavesTheOthersAlone() {
        assertEquals(
                List.of("same", "added", "same"),
                codes(Difference.between(
                        List.of("One thing.", "Two things."), List.of("One thing.", "New.", "Two things."))));
    }

    @Test
    void aTextThatIsWhollyNewAndVeryLongIsNotComparedPairByPair() {
        List<String> before = IntStream.range(0, 3000).mapToObj(i -> "old " + i).toList();
        List<String> after = IntStream.range(0, 3000).mapToObj(i -> "neu " + i).toList();
        assertTrue(Difference.between(before, after).size() >= 3000);
    }

    /** Without what came it is the text before, without what went the text after. */
    @Property(tries = 300)
    void nothingIsLost(
            @ForAll @Size(max = 12) List<@AlphaChars @StringLength(min = 1, max = 2) String> before,
            @ForAll @Size(max = 12) List<@AlphaChars @StringLength(min = 1, max = 2) String> after) {
        List<Paragraph> told = Difference.between(before, after);
        assertEquals(before, without(Kind.ADDED, told));
        assertEquals(after, without(Kind.REMOVED, told));
    }

    private static List<String> without(Kind kind, List<Paragraph> told) {
        return told.stream()
                .map(p -> p.pieces().stream()
                        .filter(piece -> piece.kind() != kind)
                        .map(Difference.Piece::text)
                        .collect(Collectors.joining()))
                .filter(text -> !text.isEmpty())
                .toList();
    }

    private static List<String> codes(List<Paragraph> told) {
        return told.stream().map(Paragraph::code).toList();
    }

    private static String marked(Difference.Piece piece) {
        return switch (piece.kind()) {
            case ADDED -> "[+" + piece.text() + "]";
            case REMOVED -> "[-" + piece.text() + "]";
            default -> piece.text();
        };
    }
}
