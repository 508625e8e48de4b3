package org.habeas.fulfilment;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.habeas.actor.Actor;
import org.habeas.connector.Connector;
import org.habeas.connector.Connectors;
import org.habeas.connector.Outcome;
import org.habeas.connector.SystemFailure;
import org.habeas.datamap.DataMap;
import org.habeas.datamap.SystemEntry;
import org.habeas.law.Right;
import org.habeas.request.Answer;
import org.habeas.request.RequestEvent;
import org.habeas.request.Requests;
import org.habeas.request.RightsRequest;
import org.habeas.request.State;
import org.habeas.retention.Holds;
import org.habeas.retention.Obligations;
import org.habeas.retention.Tombstones;
import org.habeas.vault.Part;
import org.habeas.work.Heart;
import org.habeas.work.Lease;
import org.habeas.work.WorkHandler;
import org.habeas.work.Worklist;

/**
 * Carries out what two officers approved, after the cooling-off time: looks at the live data once more, writes every step
 * down, does one at a time, reads everything back. Killed anywhere it goes on where it was; a step that was done in the
 * system but not yet written down is recognised by the rows.
 */
@ApplicationScoped
class ExecutionWork implements WorkHandler {
    static final String KIND = "execute";
    private static final Actor EXECUTION = Actor.system("execution");
    private static final Duration HELD = Duration.ofSeconds(30);
    private static final Duration BY_HAND = Duration.ofSeconds(60);
    private static final int TRANSACTION_SECONDS = 300;

    private final Requests requests;
    private final Plans plans;
    private final Searches searches;
    private final SearchLedger findings;
    private final StepLedger ledger;
    private final Subjects subjects;
    private final Connectors connectors;
    private final DataMap map;
    private final Holds holds;
    private final Obligations obligations;
    private final Tombstones tombstones;
    private final Worklist worklist;
    private final Points points;
    private final Event<OwnerAsked> owners;
    private final Event<RecipientsToTell> recipients;
    private final Clock clock;
    private final Duration coolingOff;

    ExecutionWork(
            Requests requests,
            Plans plans,
            Searches searches,
            SearchLedger findings,
            StepLedger ledger,
            Subjects subjects,
            Connectors connectors,
            DataMap map,
            Holds holds,
            Obligations obligations,
            Tombstones tombstones,
            Worklist worklist,
            Points points,
            Event<OwnerAsked> owners,
            Event<RecipientsToTell> recipients,
            Clock clock,
            @ConfigProperty(name = "habeas.cooling-off") String coolingOff) {
        this.requests = requests;
        this.plans = plans;
        this.searches = searches;
        this.findings = findings;
        this.ledger = ledger;
        this.subjects = subjects;
        this.connectors = connectors;
        this.map = map;
        this.holds = holds;
        this.obligations = obligations;
        this.tombstones = tombstones;
        this.worklist = worklist;
        this.points = points;
        this.owners = owners;
        this.recipients = recipients;
        this.clock = clock;
        this.coolingOff = Duration.parse(coolingOff);
    }

    @Override
    public String kind() {
        return KIND;
    }

    /** In the transaction of the act. Only an erasure cools off: the wish to be erased may pass, a correction is not one. */
    void follow(@Observes RequestEvent event) {
        RightsRequest request = event.request();
        if (!request.right().changesData()) {
            return;
        }
        String subject = request.id().toString();
        if (event instanceof RequestEvent.ExecutionOrdered ordered
                && ordered.decision().answer() != Answer.REFUSE) {
            boolean erasure = request.right() == Right.ERASURE;
            worklist.add(KIND, subject, erasure ? coolingOff : Duration.ZERO);
        } else if (event instanceof RequestEvent.Closed || event instanceof RequestEvent.SentBack) {
            worklist.remove(KIND, subject);
        }
    }

    @Override
    public Result work(Lease lease) {
        UUID id = UUID.fromString(lease.subject());
        RightsRequest request = QuarkusTransaction.requiringNew().call(() -> requests.get(id));
        if (request.state() != State.EXECUTING) {
            return Result.DONE;
        }
        try (Heart heart = Heart.beating(lease)) {
            if (!ledger.state(id).map(StepLedger.State::ready).orElse(false)) {
                Optional<Result> stop = plan(request, lease);
                if (stop.isPresent()) {
                    return stop.get();
                }
            }
            heart.check();
            return steps(request, lease);
        } catch (SystemFailure e) {
            return later(lease, ledger.failed(id));
        }
    }

    // ---- planning once more

    /** Empty when all steps are written down and the execution has begun. */
    private Optional<Result> plan(RightsRequest request, Lease lease) {
        UUID id = request.id();
        if (held(request)) {
            return Optional.of(Result.later(HELD));
        }
        Plans.Prepared prepared = plans.prepare(request, lease::renew);
        if (prepared.failure().isPresent()) {
            if (ledger.state(id).isEmpty()) {
                ledger.newRun(id, key(request));
            }
            return Optional.of(later(lease, ledger.failed(id)));
        }
        points.pass(Points.Point.PLANNED);
        String approved = request.decision().flatMap(d -> d.plan()).orElse("");
        if (!prepared.plan().sound() || !prepared.plan().digest().equals(approved)) {
            sendBack(id, prepared.plan().sound() ? "plan-changed" : "plan-has-problems");
            return Optional.of(Result.DONE);
        }
        int run = write(request, prepared.draft().orElseThrow());
        points.pass(Points.Point.STEPS_WRITTEN);
        lease.renew();
        boolean begun = QuarkusTransaction.requiringNew().call(() -> begin(id, run, approved));
        points.pass(Points.Point.BEGUN);
        return begun ? Optional.empty() : Optional.of(Result.DONE);
    }

    /** The run whose steps are written down. */
    private int write(RightsRequest request, PlanDraft draft) {
        UUID id = request.id();
        int run = ledger.newRun(id, key(request));
        int[] seq = {0};
        draft.keepings(k -> {
            if (told(k)) {
                ledger.keep(id, key(request), run, seq[0]++, k);
            }
        });
        points.pass(Points.Point.KEPT_WRITTEN);
        seq[0] = 0;
        draft.steps(s -> ledger.add(id, key(request), run, seq[0]++, s, byHand(s.system())));
        return run;
    }

    /** The search has made it. */
    private static UUID key(RightsRequest request) {
        return Part.FINDINGS.of(request.vaultKey());
    }

    /** What is nobody's, and what goes with other rows, is not something that was kept of her. */
    private static boolean told(PlanDraft.Keeping keeping) {
        String reason = keeping.fate().reason().orElse("");
        return !reason.equals("plan_kept_context") && !reason.equals("plan_kept_view");
    }

    /** The last moment at which the person can cancel is before this. */
    private boolean begin(UUID id, int run, String approved) {
        RightsRequest request = requests.get(id);
        boolean same = request.decision().flatMap(d -> d.plan()).orElse("").equals(approved);
        if (request.state() != State.EXECUTING || !same || !ledger.ready(id, run)) {
            return false;
        }
        if (request.approvalExpired(clock.instant())) {
            requests.record(request.sendBack(EXECUTION, "approval-expired"));
            return false;
        }
        if (request.begunAt().isEmpty()) {
            requests.record(request.begin(EXECUTION, clock.instant()));
        }
        for (String system : asked(id)) {
            owners.fire(new OwnerAsked(request, system, true));
        }
        return true;
    }

    private Set<String> asked(UUID id) {
        return ledger.stages(id).stream()
                .map(Execution.Stage::system)
                .filter(this::byHand)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private void sendBack(UUID id, String reason) {
        QuarkusTransaction.requiringNew().run(() -> {
            RightsRequest request = requests.get(id);
            if (request.state() == State.EXECUTING) {
                ledger.drop(id);
                requests.record(request.sendBack(EXECUTION, reason));
            }
        });
    }

    // ---- step by step

    private Result steps(RightsRequest request, Lease lease) {
        UUID id = request.id();
        StepLedger.State state = ledger.state(id).orElseThrow();
        while (true) {
            Optional<StepLedger.Entry> next = ledger.next(id, state);
            if (next.isEmpty()) {
                points.pass(Points.Point.ALL_DONE);
                return readBack(request, state, lease);
            }
            lease.renew();
            if (next.get().asked()) {
                return Result.later(BY_HAND);
            }
            points.pass(Points.Point.BEFORE_STEP);
            Done done = step(request, next.get());
            if (done == Done.HELD) {
                return Result.later(HELD);
            }
            if (done == Done.MOVED) {
                sendBack(id, "data-changed");
                return Result.DONE;
            }
            points.pass(Points.Point.STEP_RECORDED);
        }
    }

    private enum Done {
        DONE,
        HELD,
        MOVED
    }

    /** Asks about holds, acts, and writes it down, in one transaction of the portal: a hold placed meanwhile waits. */
    private Done step(RightsRequest request, StepLedger.Entry step) {
        try {
            return QuarkusTransaction.requiringNew()
                    .timeout(TRANSACTION_SECONDS)
                    .call(() -> {
                        if (held(request) || heldThere(step)) {
                            return Done.HELD;
                        }
                        Connector connector = connectors.of(step.system());
                        List<Outcome> outcomes = step.batches().size() == 1
                                ? List.of(connector.apply(step.batches().get(0)))
                                : connector.applyTogether(step.batches());
                        points.pass(Points.Point.STEP_APPLIED);
                        if (outcomes.stream().anyMatch(o -> o instanceof Outcome.Moved)) {
                            return Done.MOVED;
                        }
                        ledger.done(request.id(), step);
                        return Done.DONE;
                    });
        } catch (SystemFailure e) {
            ledger.failed(request.id(), step, e.getMessage());
            throw e;
        }
    }

    private boolean held(RightsRequest request) {
        return holds.held(subjects.hashes(request));
    }

    private boolean heldThere(StepLedger.Entry step) {
        Optional<String> company = map.system(step.system()).flatMap(SystemEntry::tablesOf);
        return holds.held(step.system(), step.collection(), company);
    }

    // ---- reading back

    private Result readBack(RightsRequest request, StepLedger.State state, Lease lease) {
        UUID id = request.id();
        Searches.Run run = searches.run(subjects.of(request), lease::renew);
        if (!run.search().failures().isEmpty()) {
            return later(lease, ledger.failed(id));
        }
        long left = new ReadBack(map, run.rows())
                .count(plans.draft(request, run.rows()), steps -> ledger.each(id, state, steps));
        points.pass(Points.Point.READ_BACK);
        lease.renew();
        if (left > 0) {
            ledger.finish(id, left);
            findings.show(id, run.generation(), false);
            sendBack(id, "read-back-found-rows");
            return Result.DONE;
        }
        QuarkusTransaction.requiringNew().timeout(TRANSACTION_SECONDS).run(() -> complete(id, state));
        tombstones.write();
        return Result.DONE;
    }

    private void complete(UUID id, StepLedger.State state) {
        RightsRequest request = requests.get(id);
        if (request.state() != State.EXECUTING) {
            return;
        }
        ledger.finish(id, 0);
        Set<String> hashes = subjects.hashes(request);
        boolean erasure = request.right() == Right.ERASURE;
        ledger.eachKept(id, state, kept -> {
            obligations.add(id, hashes, rows(kept));
            if (erasure) {
                tombstones.kept(id, hashes, rows(kept));
            }
        });
        if (erasure) {
            ledger.eachDone(id, state, step -> tombstones.erased(id, hashes, step.system(), step.batches()));
        }
        List<Execution.Stage> stages = ledger.stages(id);
        long erased = sum(stages, Plan.Action.DELETE);
        long changed = sum(stages, Plan.Action.CHANGE) + sum(stages, Plan.Action.MASK);
        long retained = ledger.kept(id).stream()
                .filter(k -> !k.reason().equals("plan_kept_shared"))
                .mapToLong(Execution.Kept::rows)
                .sum();
        Set<String> systems = stages.stream()
                .filter(s -> s.done() > 0)
                .map(Execution.Stage::system)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        requests.record(request.complete(EXECUTION, changed, erased, retained, clock.instant()));
        if (!systems.isEmpty()) {
            recipients.fire(new RecipientsToTell(request, systems));
        }
    }

    private static List<Obligations.Kept> rows(StepLedger.KeptRows kept) {
        List<Obligations.Kept> rows = new ArrayList<>();
        kept.keys()
                .forEach(k -> rows.add(new Obligations.Kept(
                        kept.collection().dataset(), kept.collection().name(), k, kept.rule(), kept.until())));
        return rows;
    }

    private static long sum(List<Execution.Stage> stages, Plan.Action action) {
        return stages.stream()
                .filter(s -> s.action() == action)
                .mapToLong(Execution.Stage::done)
                .sum();
    }

    private boolean byHand(String system) {
        return map.system(system).map(s -> s.kind() == SystemEntry.Kind.MANUAL).orElse(false);
    }

    /** Longer from time to time, but never so long that a system which is back waits longer than a lease. */
    private static Result later(Lease lease, int failures) {
        Duration wait = Duration.ofSeconds(1L << Math.min(failures, 9));
        return Result.later(wait.compareTo(lease.duration()) < 0 ? wait : lease.duration());
    }
}
