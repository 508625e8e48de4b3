package org.habeas.fulfilment;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.habeas.actor.Actor;
import org.habeas.connector.Connectors;
import org.habeas.connector.SystemFailure;
import org.habeas.datamap.DataMap;
import org.habeas.datamap.SystemEntry;
import org.habeas.request.RequestEvent;
import org.habeas.request.Requests;
import org.habeas.request.RightsRequest;
import org.habeas.request.State;
import org.habeas.work.Heart;
import org.habeas.work.Lease;
import org.habeas.work.WorkHandler;
import org.habeas.work.Worklist;

/** Searches for a request as soon as it is open, again when more is known of it, and again while a system is away. */
@ApplicationScoped
class SearchWork implements WorkHandler {
    static final String KIND = "search";
    private static final Actor SEARCH = Actor.system("search");
    private static final long LONGEST_WAIT = 300;

    private final Requests requests;
    private final Searches searches;
    private final Subjects subjects;
    private final SearchLedger ledger;
    private final Worklist worklist;
    private final DataMap map;
    private final Connectors connectors;
    private final Event<OwnerAsked> owners;

    SearchWork(
            Requests requests,
            Searches searches,
            Subjects subjects,
            SearchLedger ledger,
            Worklist worklist,
            DataMap map,
            Connectors connectors,
            Event<OwnerAsked> owners) {
        this.requests = requests;
        this.searches = searches;
        this.subjects = subjects;
        this.ledger = ledger;
        this.worklist = worklist;
        this.map = map;
        this.connectors = connectors;
        this.owners = owners;
    }

    @Override
    public String kind() {
        return KIND;
    }

    /** In the transaction that opened the request. */
    void searchWhenKnown(@Observes RequestEvent event) {
        if (event instanceof RequestEvent.Opened
                || event instanceof RequestEvent.Proven
                || event instanceof RequestEvent.QuestionAnswered) {
            RightsRequest request = event.request();
            for (SystemEntry system : map.systemsOf(request.organisation())) {
                ask(request, system);
            }
            worklist.add(KIND, request.id().toString());
        }
    }

    private void ask(RightsRequest request, SystemEntry system) {
        boolean anew = ledger.addSystem(request.id(), system.name(), SystemStatus.PENDING);
        if (anew && system.kind() == SystemEntry.Kind.MANUAL) {
            owners.fire(new OwnerAsked(request, system.name(), false));
        }
    }

    @Override
    public Result work(Lease lease) {
        UUID id = UUID.fromString(lease.subject());
        Searches.Subject subject = begin(id);
        if (subject == null) {
            return Result.DONE;
        }
        if (stillAway(id)) {
            ledger.failedAgain(id);
            return later(id);
        }
        try (Heart heart = Heart.beating(lease)) {
            Searches.Run run = searches.run(subject, heart::check);
            lease.renew();
            boolean failed = QuarkusTransaction.requiringNew().call(() -> finish(id, run));
            return failed ? later(id) : Result.DONE;
        }
    }

    private Searches.Subject begin(UUID id) {
        return QuarkusTransaction.requiringNew().call(() -> {
            RightsRequest request = requests.get(id);
            if (request.state() == State.CLOSED || request.state() == State.EXECUTING) {
                return null;
            }
            for (SystemEntry system : map.systemsOf(request.organisation())) {
                ask(request, system);
                if (!byHand(system.name()) && request.state() == State.OPEN) {
                    ledger.runs(id, system.name());
                }
            }
            return subjects.of(request);
        });
    }

    /** While the systems that failed still do not answer, the others need not be asked again. */
    private boolean stillAway(UUID id) {
        List<String> failed = ledger.systems(id).stream()
                .filter(s -> s.error().isPresent() && s.status() != SystemStatus.WAIVED)
                .map(SearchLedger.SystemState::system)
                .toList();
        boolean away = !failed.isEmpty();
        for (String system : failed) {
            try {
                connectors.of(system).check();
                away = false;
            } catch (SystemFailure e) {
                ledger.status(id, system, SystemStatus.FAILED, e.getMessage());
            }
        }
        return away;
    }

    /** Shows what was found; with every answer there, the case goes to review. Whether a system failed. */
    private boolean finish(UUID id, Searches.Run run) {
        RightsRequest request = requests.get(id);
        for (SystemEntry system : map.systemsOf(request.organisation())) {
            String name = system.name();
            if (!byHand(name)) {
                SystemStatus found = run.search().found(name) ? SystemStatus.FOUND : SystemStatus.NONE;
                run.search()
                        .failure(name)
                        .ifPresentOrElse(
                                f -> ledger.status(id, name, SystemStatus.FAILED, f.getMessage()),
                                () -> ledger.status(id, name, found, null));
            }
        }
        boolean failed = ledger.systems(id).stream().anyMatch(s -> s.status() == SystemStatus.FAILED);
        ledger.show(id, run.generation(), failed);
        settle(request);
        return failed;
    }

    /** Goes to review when nothing more is expected. Called in the transaction that holds the request. */
    void settle(RightsRequest request) {
        List<SearchLedger.SystemState> systems = ledger.systems(request.id());
        boolean complete =
                ledger.state(request.id()).map(SearchLedger.State::complete).orElse(false);
        if (request.state() == State.OPEN
                && complete
                && systems.stream().allMatch(s -> s.status().answered())) {
            requests.record(request.searched(SEARCH, answered(systems), ledger.rows(request.id())));
        }
    }

    private static int answered(List<SearchLedger.SystemState> systems) {
        return (int)
                systems.stream().filter(s -> s.status() != SystemStatus.WAIVED).count();
    }

    private boolean byHand(String system) {
        return map.system(system).map(s -> s.kind() == SystemEntry.Kind.MANUAL).orElse(false);
    }

    private Result later(UUID id) {
        int failures = ledger.state(id).map(SearchLedger.State::failures).orElse(1);
        return Result.later(Duration.ofSeconds(Math.min(LONGEST_WAIT, 1L << Math.min(failures, 9))));
    }
}
