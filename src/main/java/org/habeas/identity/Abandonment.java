package org.habeas.identity;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.habeas.actor.Actor;
import org.habeas.datamap.DataMap;
import org.habeas.request.Channel;
import org.habeas.request.RequestEvent;
import org.habeas.request.Requests;
import org.habeas.request.RightsRequest;
import org.habeas.request.State;
import org.habeas.work.Lease;
import org.habeas.work.WorkHandler;
import org.habeas.work.Worklist;

/** Closes a request whose address nobody proved, some days after the last code (law.md section 6). */
@ApplicationScoped
class Abandonment implements WorkHandler {
    private static final String KIND = "identity.abandon";

    private final Worklist worklist;
    private final Requests requests;
    private final Codes codes;
    private final Duration wait;
    private final Clock clock;

    Abandonment(Worklist worklist, Requests requests, Codes codes, DataMap map, Clock clock) {
        this.worklist = worklist;
        this.requests = requests;
        this.codes = codes;
        this.wait = map.organisation().ownRecords().unverified();
        this.clock = clock;
    }

    void await(@Observes RequestEvent.Received event) {
        if (event.request().channel() == Channel.PORTAL) {
            worklist.add(KIND, event.request().id().toString(), wait);
        }
    }

    void settled(@Observes RequestEvent.Opened event) {
        worklist.remove(KIND, event.request().id().toString());
    }

    void settled(@Observes RequestEvent.Closed event) {
        worklist.remove(KIND, event.request().id().toString());
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Result work(Lease lease) {
        return QuarkusTransaction.requiringNew().call(() -> abandon(UUID.fromString(lease.subject())));
    }

    Result abandon(UUID id) {
        RightsRequest request = requests.get(id);
        if (request.state() != State.UNVERIFIED) {
            return Result.DONE;
        }
        Instant last = codes.lastIssued(id).orElse(request.receivedAt());
        Duration left = Duration.between(clock.instant(), last.plus(wait));
        if (left.compareTo(Duration.ZERO) > 0) {
            return Result.later(left);
        }
        requests.record(request.abandon(Actor.system("abandonment"), clock.instant()));
        return Result.DONE;
    }
}
