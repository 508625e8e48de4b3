package org.habeas.fulfilment;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.habeas.connector.Batch;
import org.habeas.connector.Outcome;
import org.habeas.datamap.DataMap;
import org.habeas.request.Correction;

/** An erasure or correction planned, and carried out, on real databases without a portal around it. */
final class Planned implements AutoCloseable {
    static final LocalDate TODAY = LocalDate.parse("2026-11-22");

    final Searched searched;
    final PlanDraft draft;
    final Plan plan;

    private Planned(Searched searched, List<Correction> corrections) {
        this.searched = searched;
        Tables tables = new Tables(searched.map, searched::connector);
        Judgement judgement = corrections == null
                ? new Erasure(new Retentions(searched.map, TODAY), tables, new Masks(v -> "0123456789abcdef".repeat(4)))
                : new Correcting(searched.map, searched.rows, corrections);
        draft = new PlanDraft(searched.map, searched.rows, tables, judgement);
        plan = draft.plan();
    }

    static Planned erasure(DataMap map, String email) {
        return new Planned(new Searched(map, email), null);
    }

    static Planned correction(DataMap map, String email, Correction... corrections) {
        return new Planned(new Searched(map, email), List.of(corrections));
    }

    /** {@code collection action rows reason until}, as the plan lists them. */
    List<String> items() {
        return plan.items().stream()
                .map(i -> String.join(
                        " ",
                        i.collection(),
                        i.action().code(),
                        String.valueOf(i.rows()),
                        i.reason().orElse("-"),
                        i.until().map(LocalDate::toString).orElse("-")))
                .sorted()
                .toList();
    }

    List<String> problems() {
        return plan.problems().stream().map(Plan.Problem::text).toList();
    }

    /** Does every step, in order; twice, as after a crash, when asked to. */
    int execute(boolean twice) {
        List<Step> steps = new ArrayList<>();
        draft.steps(steps::add);
        int rows = 0;
        for (Step step : steps) {
            var connector = searched.connector(step.system());
            for (int i = 0; i < (twice ? 2 : 1); i++) {
                List<Outcome> outcomes = step.batches().size() == 1
                        ? List.of(connector.apply(step.batches().get(0)))
                        : connector.applyTogether(step.batches());
                for (Outcome outcome : outcomes) {
                    if (!(outcome instanceof Outcome.Applied)) {
                        throw new AssertionError(step.collection() + ": " + outcome);
                    }
                }
            }
            rows += step.preparing()
                    ? 0
                    : step.batches().stream().mapToInt(Batch::rows).sum();
        }
        return rows;
    }

    @Override
    public void close() {
        searched.close();
    }
}
