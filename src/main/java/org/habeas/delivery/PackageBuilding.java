package org.habeas.delivery;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Consumer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.habeas.actor.Actor;
import org.habeas.datamap.DataMap;
import org.habeas.datamap.Organisation;
import org.habeas.fulfilment.Findings;
import org.habeas.fulfilment.Redacted;
import org.habeas.fulfilment.Redactions;
import org.habeas.policy.PersonPolicies;
import org.habeas.request.Identifier;
import org.habeas.request.RequestEvent;
import org.habeas.request.Requests;
import org.habeas.request.RightsRequest;
import org.habeas.request.State;
import org.habeas.words.Words;
import org.habeas.work.Lease;
import org.habeas.work.WorkHandler;
import org.habeas.work.Worklist;

/**
 * Builds the package of a request that is to be answered with a copy, and closes it. Killed in the middle, the work is
 * done again from the start: a package is there whole, together with the end of its case, or not at all.
 */
@ApplicationScoped
class PackageBuilding implements WorkHandler {
    private static final String KIND = "package.build";
    private static final Actor SELF = Actor.system("delivery");
    private static final int HEARTBEAT = 500;

    private final Requests requests;
    private final Findings findings;
    private final Redactions redactions;
    private final PackageStore store;
    private final PersonPolicies policies;
    private final Worklist worklist;
    private final DataMap map;
    private final Clock clock;
    private final String portal;

    PackageBuilding(
            Requests requests,
            Findings findings,
            Redactions redactions,
            PackageStore store,
            PersonPolicies policies,
            Worklist worklist,
            DataMap map,
            Clock clock,
            @ConfigProperty(name = "habeas.public-url") String portal) {
        this.requests = requests;
        this.findings = findings;
        this.redactions = redactions;
        this.store = store;
        this.policies = policies;
        this.worklist = worklist;
        this.map = map;
        this.clock = clock;
        this.portal = portal;
    }

    void ordered(@Observes RequestEvent.ExecutionOrdered event) {
        if (event.request().right().handsOutData()) {
            worklist.add(KIND, event.request().id().toString());
        }
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Duration lease() {
        return Duration.ofMinutes(2);
    }

    @Override
    public Result work(Lease lease) throws IOException {
        lease.renew();
        UUID id = UUID.fromString(lease.subject());
        RightsRequest request = QuarkusTransaction.requiringNew().call(() -> requests.get(id));
        if (request.state() != State.EXECUTING) {
            QuarkusTransaction.requiringNew().run(() -> store.abandon(id));
            return Result.DONE;
        }
        PackageStore.Begun answer = store.begin(request, clock.instant());
        Runnable heartbeat = () -> QuarkusTransaction.requiringNew().run(lease::renew);
        Contents contents = QuarkusTransaction.requiringNew().call(() -> contents(request, heartbeat));
        try (OutputStream out = store.writing(answer)) {
            new AnswerPackage(contents).writeTo(out);
        }
        QuarkusTransaction.requiringNew().run(() -> finish(id, answer.id()));
        return Result.DONE;
    }

    /** Package, letter and the end of the case, together; not if the case was taken back meanwhile. */
    private void finish(UUID id, UUID answer) {
        RightsRequest request = requests.get(id);
        if (request.state() != State.EXECUTING) {
            store.abandon(id);
            return;
        }
        Instant now = clock.instant();
        if (request.approvalExpired(now)) {
            store.abandon(id);
            requests.record(request.sendBack(SELF, "approval-expired"));
            return;
        }
        Instant until = now.plus(map.organisation().ownRecords().packages());
        requests.record(request.begin(SELF, now));
        store.ready(answer, now, until);
        requests.record(request.offerPackage(SELF, until));
        requests.record(request.complete(SELF, 0, 0, 0, now));
    }

    /** All that the person gets as of now: what is hidden is not in it. */
    Contents contents(RightsRequest request, Runnable heartbeat) {
        Organisation organisation = map.organisation();
        return new Contents(
                request.reference(),
                request.right(),
                organisation
                        .company(request.organisation())
                        .map(Organisation.Company::name)
                        .orElse(organisation.name()),
                portal.replaceAll("/+$", "") + "/request",
                clock.instant(),
                Words.of(request.language()).in(organisation.zone()),
                map,
                findings.systems(request.id()),
                redactions.of(request.id()),
                visible(request.id(), heartbeat),
                policies.of(requests.identifiers(request).stream()
                        .filter(Identifier::proven)
                        .map(requests::hash)
                        .toList()));
    }

    /** The rows as the person gets them: without what is hidden. Tells the lease now and then that we are alive. */
    private Rows visible(UUID request, Runnable heartbeat) {
        long[] seen = {0};
        return (system, collection, each) -> {
            Redacted redacted = redactions.of(request, system, collection);
            Consumer<Findings.FoundRow> row = found -> {
                if (++seen[0] % HEARTBEAT == 0) {
                    heartbeat.run();
                }
                if (!redacted.hides(found)) {
                    each.accept(redacted.visible(found));
                }
            };
            findings.forEach(request, system, collection, found -> {
                row.accept(found);
                return true;
            });
        };
    }
}
