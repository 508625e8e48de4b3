package org.habeas.fulfilment;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Map;
import org.habeas.actor.Actor;
import org.habeas.audit.Act;
import org.habeas.audit.Ledger;
import org.habeas.datamap.DataMap;
import org.habeas.datamap.SystemEntry;
import org.habeas.problem.Invalid;
import org.habeas.problem.NotFound;
import org.habeas.problem.NotPossible;
import org.habeas.request.RightsRequest;
import org.habeas.request.State;
import org.habeas.vault.Part;
import org.habeas.work.Worklist;

/** What people say in place of a system: that it is left out and why, or what its owner found in it by hand. */
@ApplicationScoped
@Transactional
public class Answers {
    private final DataMap map;
    private final SearchLedger searches;
    private final StepLedger steps;
    private final SearchWork work;
    private final Worklist worklist;
    private final Ledger history;

    Answers(DataMap map, SearchLedger searches, StepLedger steps, SearchWork work, Worklist worklist, Ledger history) {
        this.map = map;
        this.searches = searches;
        this.steps = steps;
        this.work = work;
        this.worklist = worklist;
        this.history = history;
    }

    /** Leaves a system out of the answer, with a reason; NotPossible once it has answered or the case is decided. */
    public void waive(RightsRequest request, String system, String reason, Actor officer) {
        known(system);
        if (reason == null || reason.isBlank()) {
            throw Invalid.field("reason", "is needed to leave a system out");
        }
        SystemStatus status = status(request, system);
        searching(request);
        if (status == SystemStatus.FOUND || status == SystemStatus.NONE) {
            throw new NotPossible("The system has answered");
        }
        searches.waive(request.id(), Part.FINDINGS.of(request.vaultKey()), system, reason);
        history.append(Act.of("search.waived", officer).about(request.id()).fact("system", system));
        // what the system had given before it failed must not look like its answer
        worklist.add(SearchWork.KIND, request.id().toString());
        work.settle(request);
    }

    /** The answer of a system that a person keeps; {@code collections} is empty when nothing was found. */
    public void answer(
            RightsRequest request, String system, Map<String, List<Map<String, Object>>> collections, Actor by) {
        SystemEntry entry = known(system);
        if (entry.kind() != SystemEntry.Kind.MANUAL) {
            throw new NotPossible("The system answers by itself");
        }
        status(request, system);
        searching(request);
        searches.answer(request.id(), Part.FINDINGS.of(request.vaultKey()), system, collections);
        long rows = collections.values().stream().mapToLong(List::size).sum();
        history.append(Act.of("search.answered", by)
                .about(request.id())
                .fact("system", system)
                .fact("rows", rows));
        if (rows == 0) {
            work.settle(request);
        } else {
            // what the owner found may point further
            searches.reopen(request.id());
        }
        worklist.add(SearchWork.KIND, request.id().toString());
    }

    /** The owner of a system kept by hand says that what was asked of her in an execution is done. */
    public void confirm(RightsRequest request, String system, Actor by) {
        known(system);
        if (request.state() != State.EXECUTING) {
            throw new NotPossible("Nothing is asked of the owner");
        }
        steps.confirmed(request.id(), system);
        history.append(Act.of("execution.confirmed", by).about(request.id()).fact("system", system));
        worklist.add(ExecutionWork.KIND, request.id().toString());
    }

    private SystemEntry known(String system) {
        return map.system(system).orElseThrow(() -> new NotFound("There is no such system"));
    }

    private SystemStatus status(RightsRequest request, String system) {
        return searches.systems(request.id()).stream()
                .filter(s -> s.system().equals(system))
                .map(SearchLedger.SystemState::status)
                .findFirst()
                .orElseThrow(() -> new NotPossible("The search has not begun"));
    }

    private static void searching(RightsRequest request) {
        if (request.state() != State.OPEN && request.state() != State.WAITING && request.state() != State.REVIEW) {
            throw new NotPossible("The state " + request.state().code() + " does not allow another answer");
        }
    }
}
