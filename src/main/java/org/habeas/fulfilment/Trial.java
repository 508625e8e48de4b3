package org.habeas.fulfilment;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.habeas.connector.Batch;
import org.habeas.connector.Objection;
import org.habeas.connector.SystemFailure;

/** What the systems say to the steps of a plan, while nothing has been changed yet. */
final class Trial {
    /** Up to so many rows of a system are rehearsed where triggers may have a say. */
    private static final int REHEARSED = 2_000;

    private final Tables tables;
    private final Set<Plan.Problem> problems;
    private final Map<String, List<Batch>> rehearsal = new LinkedHashMap<>();
    private final Map<String, Integer> sizes = new HashMap<>();

    /** What is found goes to {@code problems}; with any in it, nothing is rehearsed. */
    Trial(Tables tables, Set<Plan.Problem> problems) {
        this.tables = tables;
        this.problems = problems;
    }

    void of(Steps steps) {
        try {
            for (String system : steps.systems()) {
                if (!tables.byHand(system)) {
                    tables.connector(system).together(() -> steps.of(system, this::ask));
                }
            }
            if (problems.isEmpty()) {
                rehearse();
            }
        } catch (SystemFailure e) {
            problems.add(PlanDraft.unreachable(e));
        }
    }

    private void ask(Step step) {
        for (Batch batch : step.batches()) {
            for (Objection objection : tables.connector(step.system()).objections(batch)) {
                problem(step.system(), step.collection(), objection);
            }
            sizes.merge(step.system(), batch.rows(), Integer::sum);
            if (sizes.get(step.system()) <= REHEARSED) {
                rehearsal.computeIfAbsent(step.system(), s -> new ArrayList<>()).add(batch);
            }
        }
    }

    private void rehearse() {
        rehearsal.forEach((system, batches) -> {
            boolean triggers = batches.stream().anyMatch(b -> tables.table(b.collection())
                    .map(t -> !t.triggers().isEmpty())
                    .orElse(false));
            if (triggers && sizes.get(system) <= REHEARSED) {
                tables.connector(system)
                        .rehearse(batches)
                        .forEach(o -> problems.add(new Plan.Problem(system, Optional.empty(), o.what(), o.remedy())));
            }
        });
    }

    private void problem(String system, String collection, Objection objection) {
        problems.add(new Plan.Problem(system, Optional.of(collection), objection.what(), objection.remedy()));
    }
}
