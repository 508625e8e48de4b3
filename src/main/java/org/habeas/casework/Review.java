package org.habeas.casework;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.habeas.actor.Actor;
import org.habeas.datamap.DataMap;
import org.habeas.fulfilment.Answers;
import org.habeas.fulfilment.Findings;
import org.habeas.fulfilment.Plan;
import org.habeas.fulfilment.Plans;
import org.habeas.fulfilment.Redacted;
import org.habeas.fulfilment.Redactions;
import org.habeas.law.Grounds;
import org.habeas.problem.Invalid;
import org.habeas.problem.NotFound;
import org.habeas.problem.NotPossible;
import org.habeas.problem.Text;
import org.habeas.request.Reference;
import org.habeas.request.Requests;
import org.habeas.request.RightsRequest;
import org.habeas.request.State;
import org.jspecify.annotations.Nullable;

/** What was found for a case, looked through before it is decided: rows, what is hidden of them, systems left out. */
@ApplicationScoped
public class Review {
    private static final int NAME = 200;
    private static final int REASON = 1_000;
    private static final int PART = 2_000;
    private static final Set<State> UNDECIDED = EnumSet.of(State.OPEN, State.WAITING, State.REVIEW);

    private final Requests requests;
    private final Findings findings;
    private final Redactions redactions;
    private final Answers answers;
    private final Plans plans;
    private final DataMap map;

    Review(Requests requests, Findings findings, Redactions redactions, Answers answers, Plans plans, DataMap map) {
        this.requests = requests;
        this.findings = findings;
        this.redactions = redactions;
        this.answers = answers;
        this.plans = plans;
        this.map = map;
    }

    /** A page of rows with what is hidden of them. */
    public record Rows(List<Findings.FoundRow> items, Redacted redacted, Optional<String> next) {}

    /** Every system and how far it has answered. */
    public List<Findings.FoundSystem> systems(Reference reference) {
        return findings.systems(read(reference).id());
    }

    public Rows rows(Reference reference, String system, String collection, Optional<String> after, int limit) {
        RightsRequest request = read(reference);
        Findings.Page page = findings.rows(request.id(), system, collection, after, limit);
        return new Rows(page.items(), redactions.of(request.id(), system, collection), page.next());
    }

    /** The plan as of now, looked up live. */
    @Transactional(Transactional.TxType.NEVER)
    public Plan plan(Reference reference) {
        return plans.of(read(reference));
    }

    /** The first rows that change, old beside new. */
    @Transactional(Transactional.TxType.NEVER)
    public List<Plan.Difference> differences(Reference reference, int limit) {
        return plans.differences(read(reference), limit);
    }

    /** Leaves a system out of the answer, with a reason that the person is told. */
    @Transactional
    public void waive(Reference reference, String system, @Nullable String reason, Actor officer) {
        String why = Text.required("reason", Text.clean("reason", reason, REASON));
        mustBeKnown(system);
        answers.waive(requests.get(reference), system, why, officer);
    }

    /** What the owner of a system found in it by hand. */
    @Transactional
    public void answer(
            Reference reference,
            String system,
            @Nullable Boolean found,
            @Nullable Map<String, List<Map<String, Object>>> collections,
            Actor officer) {
        if (found == null) {
            throw Invalid.field("found", "queue_problem_truth");
        }
        if (found && (collections == null || collections.values().stream().allMatch(List::isEmpty))) {
            throw Invalid.field("collections", "problem_text_required");
        }
        mustBeKnown(system);
        answers.answer(requests.get(reference), system, found ? collections : Map.of(), officer);
    }

    /** The owner of a system kept by hand says that what was asked of her in an execution is done. */
    @Transactional
    public void confirm(Reference reference, String system, Actor officer) {
        mustBeKnown(system);
        answers.confirm(requests.get(reference), system, officer);
    }

    /** Hides a row, a field of it, or a part of the field's text, from the answer; only before the decision, on a ground that the law knows. */
    @Transactional
    public void redact(
            Reference reference,
            @Nullable String system,
            @Nullable String collection,
            @Nullable String row,
            @Nullable String field,
            @Nullable String part,
            @Nullable String ground,
            Actor officer) {
        String inSystem = Text.required("system", Text.line("system", system, NAME));
        String inCollection = Text.required("collection", Text.line("collection", collection, NAME));
        String named = Text.required("row", Text.line("row", row, 2 * NAME));
        String code = Text.required("ground", Text.line("ground", ground, NAME));
        Optional<String> inField =
                Optional.ofNullable(Text.line("field", field, NAME)).filter(f -> !f.isBlank());
        Optional<String> text =
                Optional.ofNullable(Text.clean("part", part, PART)).filter(t -> !t.isBlank());
        RightsRequest request = requests.get(reference);
        if (Grounds.allowed(request.right(), "keep", request.regime()).stream()
                .noneMatch(g -> g.code().equals(code))) {
            throw Invalid.field("ground", "case_problem_ground");
        }
        if (!UNDECIDED.contains(request.state())) {
            throw new NotPossible("case_problem_state(" + request.state().code() + ")");
        }
        Findings.FoundRow found = found(request, inSystem, inCollection, named);
        if (inField.isPresent() && found.values().keySet().stream().noneMatch(f -> belongs(f, inField.get()))) {
            throw Invalid.field("field", "case_problem_field");
        }
        text.ifPresent(t -> mustStandIn(found, inField, t));
        redactions.add(request, inSystem, inCollection, named, inField, text, code, officer);
    }

    private static void mustStandIn(Findings.FoundRow row, Optional<String> field, String part) {
        boolean stands = field.map(row.values()::get)
                .filter(value -> value instanceof String text && text.contains(part))
                .isPresent();
        if (!stands) {
            throw Invalid.field("part", "case_problem_part");
        }
    }

    private Findings.FoundRow found(RightsRequest request, String system, String collection, String row) {
        AtomicReference<Findings.FoundRow> found = new AtomicReference<>();
        findings.forEach(request.id(), system, collection, candidate -> {
            if (candidate.row().equals(row)) {
                found.set(candidate);
            }
            return found.get() == null;
        });
        if (found.get() == null) {
            throw Invalid.field("row", "case_problem_row");
        }
        return found.get();
    }

    private static boolean belongs(String field, String part) {
        return field.equals(part) || field.startsWith(part + ".");
    }

    private void mustBeKnown(String system) {
        if (map.system(system).isEmpty()) {
            throw new NotFound("case_problem_system");
        }
    }

    private RightsRequest read(Reference reference) {
        return QuarkusTransaction.joiningExisting().call(() -> requests.read(reference));
    }
}
