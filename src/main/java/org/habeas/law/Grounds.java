package org.habeas.law;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The grounds on which a decision may rest, from {@code law/grounds.yml}. */
public final class Grounds {
    private static final List<Entry> ALL = LawData.entries("grounds.yml", "grounds").stream()
            .map(Grounds::entry)
            .toList();

    private Grounds() {}

    /** A ground and where it may be used; empty lists mean everywhere. */
    private record Entry(
            Ground ground, List<String> outcomes, List<String> rights, boolean only, List<String> regimes) {
        boolean fits(Right right, String outcome, String regime) {
            return outcomes.contains(outcome.equals("partly") || outcome.equals("keep") ? "refuse" : outcome)
                    && (regimes.isEmpty() || regimes.contains(regime))
                    && (!only || rights.contains(right.code()));
        }

        boolean belongsTo(Right right) {
            return rights.isEmpty() || rights.contains(right.code());
        }
    }

    /**
     * The grounds for a decision, those made for this right first. {@code outcome} is {@code fulfil}, {@code refuse},
     * {@code partly}, {@code fee} for what is asked before an answer, or {@code keep} for a single item; for any other the list is empty.
     */
    public static List<Ground> allowed(Right right, String outcome, String regime) {
        List<Ground> first = new ArrayList<>();
        List<Ground> last = new ArrayList<>();
        ALL.stream()
                .filter(entry -> entry.fits(right, outcome, regime))
                .forEach(entry -> (entry.belongsTo(right) ? first : last).add(entry.ground()));
        first.addAll(last);
        return List.copyOf(first);
    }

    /** Whether a decision must name a ground: every refusal, in whole or part, and a fulfilled erasure (Article 17(1)). */
    public static boolean required(Right right, String outcome) {
        return outcome.equals("refuse")
                || outcome.equals("partly")
                || (outcome.equals("fulfil") && right == Right.ERASURE);
    }

    /** The ground of that code, whatever it is for; empty for a code that nobody knows. */
    public static Optional<Ground> named(String code) {
        return ALL.stream()
                .map(Entry::ground)
                .filter(g -> g.code().equals(code))
                .findFirst();
    }

    private static Entry entry(Map<String, Object> entry) {
        Map<String, String> titles = Map.of(
                "en", entry.get("en").toString(),
                "nb", entry.get("nb").toString(),
                "nn", entry.get("nn").toString());
        return new Entry(
                new Ground(
                        entry.get("code").toString(),
                        entry.get("citation").toString(),
                        titles,
                        LawData.texts(entry, "checklist")),
                LawData.texts(entry, "outcomes"),
                LawData.texts(entry, "rights"),
                Boolean.TRUE.equals(entry.get("only")),
                LawData.texts(entry, "regimes"));
    }
}
