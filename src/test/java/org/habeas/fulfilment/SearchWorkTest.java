package org.habeas.fulfilment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.habeas.actor.Actor;
import org.habeas.flow.FlowProfile;
import org.habeas.law.Right;
import org.habeas.request.Channel;
import org.habeas.request.Identifier;
import org.habeas.request.Particulars;
import org.habeas.request.Receipt;
import org.habeas.request.Requests;
import org.habeas.request.State;
import org.habeas.testing.Bookshop;
import org.junit.jupiter.api.Test;

/** A request that is opened is searched by itself, and what was found can be read and paged. */
@QuarkusTest
@TestProfile(FlowProfile.class)
class SearchWorkTest {
    @Inject
    Requests requests;

    @Inject
    Findings findings;

    @Inject
    Clock clock;

    @Test
    void anOpenedRequestIsSearchedAndGoesToReview() throws Exception {
        UUID request = opened(Right.ACCESS, Bookshop.ADA);
        for (int i = 0; i < 100 && state(request) != State.REVIEW; i++) {
            Thread.sleep(100);
        }
        assertEquals(State.REVIEW, state(request));
        var systems = findings.systems(request);
        assertEquals(
                List.of(SystemStatus.FOUND, SystemStatus.FOUND),
                systems.stream().map(Findings.FoundSystem::status).toList());
        var invoices = systems.get(1).collections().get(0);
        assertEquals(2, invoices.rows());
        assertEquals("no-bookkeeping", invoices.retained().get(0).rule());
        assertEquals(1, invoices.retained().get(0).rows());
        var first = findings.rows(request, "accounts", "Invoice", Optional.empty(), 1);
        var second = findings.rows(request, "accounts", "Invoice", first.next(), 1);
        assertEquals(Optional.empty(), second.next());
        List<Object> ids = new ArrayList<>();
        findings.forEach(request, "accounts", "Invoice", r -> ids.add(r.values().get("id")));
        assertEquals(
                List.of(
                        first.items().get(0).values().get("id"),
                        second.items().get(0).values().get("id")),
                ids);
        findings.forEach(request, "library", "reader", r -> {
            assertEquals(false, r.values().containsKey("shard"), "what is only technical stays inside");
            return true;
        });
    }

    private State state(UUID request) {
        return QuarkusTransaction.requiringNew()
                .call(() -> requests.get(request).state());
    }

    private UUID opened(Right right, String email) {
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
                    new Particulars(null, null, List.of()));
            var request = requests.receive(receipt, Actor.Kind.PERSON, "").request();
            requests.record(request.verify(Actor.person(request.reference().text()), "code", clock.instant()));
            return request.id();
        });
    }
}
