package org.habeas.policy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** How one text became another: paragraph by paragraph, and word by word where a paragraph was only changed. */
final class Difference {
    /** More pairs than this are not compared one by one: the whole is then said to be new. */
    private static final long MOST = 4_000_000;

    /** Alike this much, a paragraph counts as the same one changed. */
    private static final double ALIKE = 0.4;

    public enum Kind {
        SAME,
        ADDED,
        REMOVED,
        CHANGED
    }

    /** A paragraph with its pieces; only a changed one has several. */
    public record Paragraph(Kind kind, List<Piece> pieces) {
        /** For templates: {@code same}, {@code added}, {@code removed}, {@code changed}. */
        public String code() {
            return kind.name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** Words that stayed, came or went. */
    public record Piece(Kind kind, String text) {
        public String code() {
            return kind.name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    private Difference() {}

    static List<Paragraph> between(List<String> before, List<String> after) {
        List<Piece> lines = pieces(before, after);
        List<Paragraph> paragraphs = new ArrayList<>();
        for (int i = 0; i < lines.size(); ) {
            int removedEnd = end(lines, i, Kind.REMOVED);
            int addedEnd = end(lines, removedEnd, Kind.ADDED);
            if (removedEnd == i && addedEnd == i) {
                paragraphs.add(new Paragraph(lines.get(i).kind(), List.of(lines.get(i))));
                i++;
            } else {
                replaced(lines.subList(i, removedEnd), lines.subList(removedEnd, addedEnd), paragraphs);
                i = addedEnd;
            }
        }
        return paragraphs;
    }

    private static int end(List<Piece> lines, int from, Kind kind) {
        int end = from;
        while (end < lines.size() && lines.get(end).kind() == kind) {
            end++;
        }
        return end;
    }

    /** What went and what came in its place; a pair that is alike is one paragraph that was changed. */
    private static void replaced(List<Piece> removed, List<Piece> added, List<Paragraph> paragraphs) {
        for (int i = 0; i < Math.max(removed.size(), added.size()); i++) {
            if (i < removed.size() && i < added.size()) {
                List<Piece> words = joined(
                        pieces(words(removed.get(i).text()), words(added.get(i).text())));
                if (alike(words)) {
                    paragraphs.add(new Paragraph(Kind.CHANGED, words));
                    continue;
                }
            }
            if (i < removed.size()) {
                paragraphs.add(new Paragraph(Kind.REMOVED, List.of(removed.get(i))));
            }
            if (i < added.size()) {
                paragraphs.add(new Paragraph(Kind.ADDED, List.of(added.get(i))));
            }
        }
    }

    private static boolean alike(List<Piece> pieces) {
        int same = length(pieces, Kind.SAME);
        int all = same + Math.max(length(pieces, Kind.ADDED), length(pieces, Kind.REMOVED));
        return all > 0 && same >= ALIKE * all;
    }

    private static int length(List<Piece> pieces, Kind kind) {
        return pieces.stream()
                .filter(p -> p.kind() == kind)
                .mapToInt(p -> p.text().length())
                .sum();
    }

    private static List<String> words(String text) {
        return Arrays.asList(text.split("(?<=\\s)(?=\\S)"));
    }

    private static List<Piece> joined(List<Piece> pieces) {
        List<Piece> joined = new ArrayList<>();
        for (Piece piece : pieces) {
            Piece last = joined.isEmpty() ? null : joined.get(joined.size() - 1);
            if (last != null && last.kind() == piece.kind()) {
                joined.set(joined.size() - 1, new Piece(last.kind(), last.text() + piece.text()));
            } else {
                joined.add(piece);
            }
        }
        return joined;
    }

    /** The longest common subsequence decides what stayed (Wagner and Fischer 1974); what went comes before what came. */
    private static List<Piece> pieces(List<String> before, List<String> after) {
        int start = 0;
        while (start < Math.min(before.size(), after.size()) && same(before, start, after, start)) {
            start++;
        }
        int tail = 0;
        while (tail < Math.min(before.size(), after.size()) - start
                && same(before, before.size() - 1 - tail, after, after.size() - 1 - tail)) {
            tail++;
        }
        List<Piece> pieces = new ArrayList<>();
        all(after.subList(0, start), Kind.SAME, pieces);
        middle(before.subList(start, before.size() - tail), after.subList(start, after.size() - tail), pieces);
        all(after.subList(after.size() - tail, after.size()), Kind.SAME, pieces);
        return pieces;
    }

    private static void middle(List<String> before, List<String> after, List<Piece> pieces) {
        if ((long) before.size() * after.size() > MOST) {
            all(before, Kind.REMOVED, pieces);
            all(after, Kind.ADDED, pieces);
            return;
        }
        int[][] common = common(before, after);
        int i = 0;
        int j = 0;
        List<Piece> came = new ArrayList<>();
        while (i < before.size() || j < after.size()) {
            if (i < before.size() && j < after.size() && same(before, i, after, j)) {
                pieces.addAll(came);
                came.clear();
                pieces.add(new Piece(Kind.SAME, after.get(j)));
                i++;
                j++;
            } else if (j < after.size() && (i == before.size() || common[i][j + 1] > common[i + 1][j])) {
                came.add(new Piece(Kind.ADDED, after.get(j++)));
            } else {
                pieces.add(new Piece(Kind.REMOVED, before.get(i++)));
            }
        }
        pieces.addAll(came);
    }

    private static int[][] common(List<String> before, List<String> after) {
        int[][] common = new int[before.size() + 1][after.size() + 1];
        for (int i = before.size() - 1; i >= 0; i--) {
            for (int j = after.size() - 1; j >= 0; j--) {
                common[i][j] = same(before, i, after, j)
                        ? common[i + 1][j + 1] + 1
                        : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
        return common;
    }

    private static void all(List<String> texts, Kind kind, List<Piece> pieces) {
        texts.forEach(text -> pieces.add(new Piece(kind, text)));
    }

    /** A line may end the text in one and go on in the other: white space makes no difference. */
    private static boolean same(List<String> before, int i, List<String> after, int j) {
        return before.get(i).strip().equals(after.get(j).strip());
    }
}
