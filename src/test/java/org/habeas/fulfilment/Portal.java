package org.habeas.fulfilment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.agroal.api.AgroalDataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.habeas.actor.Actor;
import org.habeas.law.Right;
import org.habeas.request.Answer;
import org.habeas.request.Channel;
import org.habeas.request.Correction;
import org.habeas.request.Identifier;
import org.habeas.request.Particulars;
import org.habeas.request.Receipt;
import org.habeas.request.RequestEvent;
import org.habeas.request.Requests;
import org.habeas.request.RightsRequest;
import org.habeas.request.State;

/** What person and officers do, in a few words, for tests of the engine inside a portal. */
@ApplicationScoped
public class Portal {
    private final Requests requests;
    private final Plans plans;
    private final AgroalDataSource database;
    private final Clock clock;

    Portal(Requests requests, Plans plans, AgroalDataSource database, Clock clock) {
        this.requests = requests;
        this.plans = plans;
        this.database = database;
        this.clock = clock;
    }

    UUID opened(Right right, String email, Correction... corrections) {
        return QuarkusTransaction.requiringNew().call(() -> {
            var receipt = new Receipt(
                    right,
                    "fjord-books",
                    "gdpr-no",
                    Channel.PORTAL,
                    "en",
                    clock.instant(),
                    LocalDate.now(clock),
                    List.of(new Identifier(Identifier.EMAIL, email, true)),
                    new Particulars(null, null, List.of(corrections)));
            var request = requests.receive(receipt, Actor.Kind.PERSON, "").request();
            requests.record(request.verify(Actor.person(request.reference().text()), "code", clock.instant()));
            return request.id();
        });
    }

    <T> T of(UUID request, Function<RightsRequest, T> question) {
        return QuarkusTransaction.requiringNew().call(() -> question.apply(requests.get(request)));
    }

    Plan plan(UUID request) {
        return plans.of(of(request, r -> r));
    }

    /** Two officers agree on the plan as it is now. */
    Plan approved(UUID request) {
        Plan plan = plan(request);
        assertEquals(List.of(), plan.problems());
        act(
                request,
                r -> r.decide(
                        Actor.officer("officer"), Answer.FULFIL, "art-17-1", plan.digest(), true, clock.instant()));
        act(request, r -> r.approve(Actor.officer("officer2"), plan.digest(), clock.instant()));
        return plan;
    }

    private void hurry() {
        try (var connection = database.getConnection();
                var update = connection.prepareStatement(
                        "update work_item set due_at = clock_timestamp() where leased_until is null")) {
            update.executeUpdate();
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    void act(UUID request, Function<RightsRequest, List<RequestEvent>> act) {
        QuarkusTransaction.requiringNew().run(() -> requests.record(act.apply(requests.get(request))));
    }

    /** Waits for it; what waits longer after a failure is done at once. */
    void comesTo(UUID request, State state) {
        for (int i = 0; i < 300 && of(request, RightsRequest::state) != state; i++) {
            hurry();
            try {
                Thread.sleep(100);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        assertEquals(state, of(request, RightsRequest::state));
    }
}
