package org.habeas.casework;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import java.util.UUID;
import org.habeas.actor.Actor;
import org.habeas.datamap.DataMap;
import org.habeas.law.Right;
import org.habeas.request.Outcome;
import org.habeas.request.Reference;
import org.habeas.request.RequestEvent;
import org.habeas.request.Requests;
import org.habeas.request.Restrictions;
import org.habeas.request.RightsRequest;
import org.habeas.work.Lease;
import org.habeas.work.WorkHandler;
import org.habeas.work.Worklist;

/**
 * Opens and ends restrictions by itself (Article 18): while the accuracy of data is contested, 18(1)(a), and while an
 * objection is weighed, 18(1)(d). When the case is answered the person is told that it ends, and a week later it is lifted.
 * One that she asked for stands until an officer gives that notice.
 */
@ApplicationScoped
class Restricting implements WorkHandler {
    private static final String KIND = "restriction.lift";
    private static final Actor SELF = Actor.system("casework");
    private static final Duration LOOK_AGAIN = Duration.ofHours(6);

    private final Requests requests;
    private final Restrictions restrictions;
    private final Worklist worklist;
    private final Clock clock;
    private final ZoneId zone;

    Restricting(Requests requests, Restrictions restrictions, Worklist worklist, Clock clock, DataMap map) {
        this.requests = requests;
        this.restrictions = restrictions;
        this.worklist = worklist;
        this.clock = clock;
        this.zone = map.organisation().zone();
    }

    void opened(@Observes RequestEvent.Opened event) {
        whileWeighed(event.request().right()).ifPresent(ground -> restrictions.begin(event.request(), SELF, ground));
    }

    void closed(@Observes RequestEvent.Closed event) {
        RightsRequest request = event.request();
        if (request.right() == Right.RESTRICTION) {
            boolean granted = event.outcome() == Outcome.FULFILLED || event.outcome() == Outcome.PARTLY_FULFILLED;
            if (granted) {
                String ground = request.decision().flatMap(d -> d.ground()).orElse("art-18-1-a");
                restrictions.begin(request, event.actor(), ground.startsWith("art-18-1") ? ground : "art-18-1-a");
            }
        } else if (restrictions
                .of(request)
                .filter(r -> r.stands() && r.endsOn().isEmpty())
                .isPresent()) {
            restrictions.announceEnd(request, SELF, today());
        }
    }

    void ending(@Observes RequestEvent.RestrictionEnding event) {
        worklist.add(KIND, event.request().id().toString(), LOOK_AGAIN);
    }

    /** An officer tells the person that a restriction which she asked for ends. */
    void end(Reference reference, Actor officer) {
        QuarkusTransaction.requiringNew()
                .run(() -> restrictions.announceEnd(requests.get(reference), officer, today()));
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Result work(Lease lease) {
        boolean done = QuarkusTransaction.requiringNew().call(() -> {
            RightsRequest request = requests.get(UUID.fromString(lease.subject()));
            return restrictions.lift(request, SELF, today())
                    || restrictions.of(request).filter(r -> r.stands()).isEmpty();
        });
        return done ? Result.DONE : Result.later(LOOK_AGAIN);
    }

    private static Optional<String> whileWeighed(Right right) {
        return switch (right) {
            case CORRECTION -> Optional.of("art-18-1-a");
            case OBJECTION -> Optional.of("art-18-1-d");
            default -> Optional.empty();
        };
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), zone);
    }
}
