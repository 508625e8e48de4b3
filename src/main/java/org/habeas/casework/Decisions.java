package org.habeas.casework;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.habeas.actor.Actor;
import org.habeas.datamap.DataMap;
import org.habeas.fulfilment.Plan;
import org.habeas.fulfilment.Plans;
import org.habeas.law.Ground;
import org.habeas.law.Grounds;
import org.habeas.law.Right;
import org.habeas.mandate.Mandates;
import org.habeas.problem.Invalid;
import org.habeas.problem.NotPossible;
import org.habeas.problem.Text;
import org.habeas.request.Answer;
import org.habeas.request.Approval;
import org.habeas.request.Decision;
import org.habeas.request.Fee;
import org.habeas.request.Fees;
import org.habeas.request.Reference;
import org.habeas.request.Requests;
import org.habeas.request.RightsRequest;
import org.habeas.request.State;
import org.habeas.retention.Holds;
import org.jspecify.annotations.Nullable;

/**
 * What an officer decides, and what another one approves. The plan is looked at live and therefore outside the transaction
 * that writes the decision; the execution checks every row again.
 */
@ApplicationScoped
public class Decisions {
    private static final int TEXT = 10_000;

    private final Requests requests;
    private final Plans plans;
    private final Fees fees;
    private final Holds holds;
    private final Proofs proofs;
    private final Mandates mandates;
    private final DataMap map;
    private final Clock clock;
    private final Duration coolingOff;

    Decisions(
            Requests requests,
            Plans plans,
            Fees fees,
            Holds holds,
            Proofs proofs,
            Mandates mandates,
            DataMap map,
            Clock clock,
            @ConfigProperty(name = "habeas.cooling-off") String coolingOff) {
        this.requests = requests;
        this.plans = plans;
        this.fees = fees;
        this.holds = holds;
        this.proofs = proofs;
        this.mandates = mandates;
        this.map = map;
        this.clock = clock;
        this.coolingOff = Duration.parse(coolingOff);
    }

    /**
     * Decides a case. {@code checklist} are the codes of what was checked for a ground that asks for it. Invalid for an outcome or ground that is not allowed, NotPossible when the plan is another by now or
     * has problems, a hold stands, or the proof of identity is too weak.
     */
    @Transactional(Transactional.TxType.NEVER)
    public void decide(
            Reference reference,
            Actor officer,
            @Nullable String outcome,
            @Nullable String plan,
            @Nullable String ground,
            @Nullable String text,
            @Nullable List<String> checklist) {
        Answer answer = Answer.of(String.valueOf(outcome))
                .orElseThrow(() -> Invalid.field("outcome", "queue_problem_one_of(fulfil | partly | refuse)"));
        RightsRequest seen = read(reference);
        String code = ground(seen, answer, blankAsNull(ground));
        String words = words(answer, text);
        List<String> checked = checked(code, checklist);
        String digest = needsPlan(seen.right(), answer) ? Text.required("plan", plan) : null;
        if (digest != null) {
            mustStand(seen, State.REVIEW);
            mustBeThePlan(plans.of(seen), digest);
        }
        QuarkusTransaction.requiringNew().run(() -> {
            RightsRequest request = requests.get(reference);
            if (answer != Answer.REFUSE) {
                mustOweNothing(request);
                proofs.mustBeEnough(request);
                mandates.mustBeAccepted(request);
            }
            if (digest != null) {
                mustNotBeHeld(request);
            }
            var events = request.decide(officer, answer, code, digest, fourEyes(request), clock.instant());
            if (words != null && !words.isBlank()) {
                requests.keepText(request, request.decision().orElseThrow(), words);
            }
            request.decision().orElseThrow().checked(checked);
            requests.record(events);
        });
    }

    /** Another officer approves exactly what was decided, or sends it back. NotPossible for the one who decided. */
    @Transactional(Transactional.TxType.NEVER)
    public void approve(Reference reference, Actor officer, @Nullable Boolean approve, @Nullable String plan) {
        approve(reference, officer, approve, plan, null, null);
    }

    /**
     * The same, of the letter that she has read; NotPossible when it was edited since. {@code checklist} is what she checked
     * where the one who decided sent no list.
     */
    @Transactional(Transactional.TxType.NEVER)
    public void approve(
            Reference reference,
            Actor officer,
            @Nullable Boolean approve,
            @Nullable String plan,
            @Nullable String letter,
            @Nullable List<String> checklist) {
        if (approve == null) {
            throw Invalid.field("approve", "queue_problem_truth");
        }
        if (!approve) {
            QuarkusTransaction.requiringNew()
                    .run(() -> requests.record(requests.get(reference).reject(officer)));
            return;
        }
        RightsRequest seen = read(reference);
        mustStand(seen, State.APPROVAL);
        Decision decided = seen.decision().orElseThrow();
        mustBeAnother(officer, decided);
        Optional<String> digest = decided.plan();
        if (digest.isPresent()) {
            if (!digest.get().equals(plan)) {
                throw new NotPossible("case_problem_other_plan");
            }
            mustBeThePlan(plans.of(seen), plan);
        }
        QuarkusTransaction.requiringNew().run(() -> {
            RightsRequest request = requests.get(reference);
            if (digest.isPresent()) {
                mustNotBeHeld(request);
            }
            String version = request.decision().flatMap(Decision::letterVersion).orElse("");
            if (letter != null && !letter.equals(version)) {
                throw new NotPossible("case_problem_other_letter");
            }
            if (checklist != null && decided.checklist().isEmpty()) {
                List<String> checked =
                        Checklist.of(decided.ground().orElse(null)).checked(checklist);
                request.decision().orElseThrow().checked(checked);
            }
            Instant now = clock.instant();
            Instant expires = now.plus(coolingOff).plus(Approval.VALID);
            requests.record(request.approve(officer, digest.orElse(null), now, expires));
        });
    }

    private String ground(RightsRequest request, Answer answer, @Nullable String code) {
        if (code == null) {
            if (Grounds.required(request.right(), answer.code())) {
                throw Invalid.field("ground", "problem_text_required");
            }
            return null;
        }
        var allowed = Grounds.allowed(request.right(), answer.code(), request.regime());
        if (allowed.stream().noneMatch(g -> g.code().equals(code))) {
            throw Invalid.field(
                    "ground",
                    "queue_problem_one_of(" + allowed.stream().map(Ground::code).collect(Collectors.joining(" | "))
                            + ")");
        }
        return code;
    }

    /**
     * All that the ground asks to be checked. A caller who sends no list at all has checked nothing: then whoever approves
     * has to (see {@link #approve}).
     */
    private static List<String> checked(@Nullable String ground, @Nullable List<String> checklist) {
        return checklist == null ? List.of() : Checklist.of(ground).checked(checklist);
    }

    /** The officer's words to the person; whoever is refused something is told why (Article 12(4)). */
    private static @Nullable String words(Answer answer, @Nullable String text) {
        String words = Text.clean("text", text, TEXT);
        return answer == Answer.FULFIL ? words : Text.required("text", words);
    }

    private void mustOweNothing(RightsRequest request) {
        if (fees.of(request).filter(Fee::stands).isPresent()) {
            throw new NotPossible("case_problem_fee");
        }
    }

    private boolean fourEyes(RightsRequest request) {
        return request.right().handsOutData() && map.organisation().accessNeedsApproval();
    }

    private void mustNotBeHeld(RightsRequest request) {
        Set<String> hashes =
                requests.identifiers(request).stream().map(requests::hash).collect(Collectors.toSet());
        if (holds.held(hashes)) {
            throw new NotPossible("case_problem_held");
        }
    }

    private static boolean needsPlan(Right right, Answer answer) {
        return right.changesData() && answer != Answer.REFUSE;
    }

    private static void mustBeThePlan(Plan now, @Nullable String digest) {
        if (!now.sound()) {
            throw new NotPossible("case_problem_plan_unsound");
        }
        if (!Objects.equals(now.digest(), digest)) {
            throw new NotPossible("case_problem_other_plan");
        }
    }

    private static void mustBeAnother(Actor officer, Decision decided) {
        if (decided.officer().equals(officer.name())) {
            throw new NotPossible("case_problem_own_decision");
        }
    }

    private static void mustStand(RightsRequest request, State state) {
        if (request.state() != state) {
            throw new NotPossible("case_problem_state(" + request.state().code() + ")");
        }
    }

    private RightsRequest read(Reference reference) {
        return QuarkusTransaction.requiringNew().call(() -> requests.read(reference));
    }

    private static @Nullable String blankAsNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }
}
