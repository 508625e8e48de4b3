package org.habeas.request;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.habeas.actor.Actor;
import org.habeas.law.Right;
import org.habeas.problem.NotPossible;
import org.junit.jupiter.api.Test;

@QuarkusTest
class RequestsTest {
    private static final Instant NOW = Instant.parse("2026-11-25T08:12:00Z");
    private static final Actor OFFICER = Actor.officer("officer");

    @Inject
    Requests requests;

    @Test
    void aRequestIsKeptWithWhatItSaysAndOpenedByItsPassphraseOnly() {
        var opened = received(Right.ACCESS);
        var reference = opened.request().reference();
        QuarkusTransaction.requiringNew().run(() -> {
            RightsRequest request = requests.get(reference);
            assertEquals(LocalDate.parse("2026-12-28"), request.due());
            assertTrue(requests.opens(request, opened.passphrase().toLowerCase().replace("-", " ")));
            assertFalse(requests.opens(request, "0000-0000"));
            assertEquals("Ada", requests.particulars(request).name());
            assertEquals("ada@example.org", requests.email(request).text());
            requests.addMessage(request, Actor.person(reference.text()), "Hei");
            assertEquals(
                    "Hei", requests.text(request, requests.messages(request).get(0)));
        });
    }

    @Test
    void theDatabaseItselfHoldsFourEyes() {
        var reference = received(Right.ERASURE).request().reference();
        QuarkusTransaction.requiringNew().run(() -> {
            RightsRequest request = requests.get(reference);
            requests.record(request.verify(Actor.person(reference.text()), "code", NOW));
            requests.record(request.searched(Actor.system("search"), 3, 7));
            requests.record(request.decide(OFFICER, Answer.FULFIL, "art-17-1", "abc", true, NOW));
            assertThrows(NotPossible.class, () -> request.approve(OFFICER, "abc", NOW));
            assertThrows(NotPossible.class, () -> request.approve(Actor.officer("officer2"), "other", NOW));
            requests.record(request.approve(Actor.officer("officer2"), "abc", NOW));
            assertEquals(State.EXECUTING, request.state());
        });
        assertEquals(
                List.of("request.received", "request.opened", "request.searched", "request.execution_ordered"),
                QuarkusTransaction.requiringNew()
                        .call(() -> requests.timelineForPerson(requests.get(reference)).stream()
                                .map(Requests.Moment::what)
                                .toList()));
    }

    private Requests.Opened received(Right right) {
        var receipt = new Receipt(
                right,
                "nordlys-retail",
                "gdpr-no",
                Channel.PORTAL,
                "nb",
                NOW,
                LocalDate.parse("2026-11-25"),
                List.of(new Identifier(Identifier.EMAIL, "ada@example.org", false)),
                new Particulars("Ada", "…", List.of()));
        return requests.receive(receipt, Actor.Kind.PERSON, "");
    }
}
