package org.habeas.casework;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import org.habeas.actor.Actor;
import org.habeas.request.RequestEvent;
import org.habeas.request.Requests;
import org.habeas.request.RightsRequest;

/** Rights that people carry out outside the portal (restriction, objection, …): decided is answered. */
@ApplicationScoped
class ManualRights {
    private static final Actor PORTAL = Actor.system("casework");

    private final Requests requests;
    private final Clock clock;

    ManualRights(Requests requests, Clock clock) {
        this.requests = requests;
        this.clock = clock;
    }

    void answered(@Observes RequestEvent.ExecutionOrdered event) {
        RightsRequest request = event.request();
        if (!request.right().changesData() && !request.right().handsOutData()) {
            requests.record(request.begin(PORTAL, clock.instant()));
            requests.record(request.complete(PORTAL, 0, 0, 0, clock.instant()));
        }
    }
}
