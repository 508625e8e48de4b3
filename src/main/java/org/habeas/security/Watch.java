package org.habeas.security;

import io.quarkus.arc.Arc;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.smallrye.common.vertx.VertxContext;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import java.time.Clock;
import java.util.Set;
import org.habeas.limit.ClientAddress;
import org.habeas.problem.SecurityEvent;
import org.habeas.problem.SecurityEvent.Kind;
import org.habeas.request.RequestEvent;

/**
 * Counts security events where they happen, in memory, so that no refusal waits for it and nobody can fill a disk with
 * refusals; what was counted is written every other second. A crash loses what was counted since.
 */
@ApplicationScoped
class Watch {
    /** Why an approved plan was not carried out: data had changed under it. */
    private static final Set<String> CHANGED = Set.of("data-changed", "plan-changed", "read-back-found-rows");

    /** Under which Quarkus keeps the endpoint's template, which holds nothing of what was asked. */
    private static final String TEMPLATE = "UrlPathTemplate";

    private final Tally pending = new Tally();
    private final SecurityTable table;
    private final Alarms alarms;
    private final Pseudonyms pseudonyms;
    private final CurrentVertxRequest current;
    private final Clock clock;

    Watch(SecurityTable table, Alarms alarms, Pseudonyms pseudonyms, CurrentVertxRequest current, Clock clock) {
        this.table = table;
        this.alarms = alarms;
        this.pseudonyms = pseudonyms;
        this.current = current;
        this.clock = clock;
    }

    void seen(@Observes SecurityEvent event) {
        boolean asked = Arc.container().requestContext().isActive() && current.getCurrent() != null;
        if (asked) {
            count(event.kind(), event.about(), current.getCurrent());
        } else {
            count(event.kind(), "", event.about(), "");
        }
    }

    void sentBack(@Observes(during = TransactionPhase.AFTER_SUCCESS) RequestEvent.SentBack back) {
        if (CHANGED.contains(back.reason())) {
            count(Kind.CHANGED_DATA, "", back.request().reference().text(), "");
        }
    }

    void count(Kind kind, String about, RoutingContext routing) {
        String client = routing.request().remoteAddress().hostAddress();
        count(kind, ClientAddress.prefix(client), about, endpoint());
    }

    /** Nothing where the call was refused before it came to an endpoint. */
    private static String endpoint() {
        return VertxContext.isOnDuplicatedContext()
                        && Vertx.currentContext().getLocal(TEMPLATE) instanceof String template
                ? template
                : "";
    }

    private void count(Kind kind, String client, String about, String place) {
        pending.add(kind, new Tally.Who(pseudonyms.of(client), pseudonyms.of(about), place), clock.instant());
    }

    /** Writes down what was counted, and raises the alarms that are due for it. */
    void keep() {
        Tally taken = pending.take();
        if (taken.isEmpty()) {
            return;
        }
        try {
            QuarkusTransaction.requiringNew().run(() -> {
                table.add(taken);
                taken.minutes().keySet().stream()
                        .map(Tally.Slot::kind)
                        .distinct()
                        .forEach(alarms::raise);
            });
        } catch (RuntimeException e) {
            pending.putBack(taken);
            throw e;
        }
    }
}
