package org.habeas.fulfilment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.habeas.flow.FlowProfile;
import org.habeas.law.Right;
import org.habeas.request.Correction;
import org.habeas.request.Outcome;
import org.habeas.request.RightsRequest;
import org.habeas.request.State;
import org.habeas.testing.Bookshop;
import org.habeas.testing.TestDatabases;
import org.junit.jupiter.api.Test;

/** What two officers approved is done once, whatever happens on the way, and nothing else is. */
@QuarkusTest
@TestProfile(FlowProfile.class)
class ExecutionWorkTest {
    private static final String LIBRARY = System.getProperty("bookshop.library");
    private static final String ACCOUNTS = System.getProperty("bookshop.accounts");

    @Inject
    Portal portal;

    @Inject
    Crashes crashes;

    @Inject
    Executions executions;

    private static void reader(int id, String email, String city) {
        TestDatabases.execute(
                LIBRARY,
                "insert into home values (%1$d, 'Vei %1$d'); insert into reader values (%1$d, '%2$s', 'R %1$d', '%3$s', %1$d);"
                        .formatted(id, email, city));
        TestDatabases.execute(
                LIBRARY, "insert into loan select %d, n, 10, now() from generate_series(1, 1200) n".formatted(id));
        TestDatabases.execute(
                ACCOUNTS,
                "insert into \"Invoice\" values (%1$d000, '%2$s', '2025-03-01', 1, 'note'), (%1$d001, '%2$s', '2010-03-01', 1, 'x')"
                        .formatted(id, email));
    }

    @Test
    void anErasureCrashedAtEveryPointIsDoneOnceAndReadBack() {
        reader(500, "dina@example.org", "Oslo");
        List<String> others = others(500);
        UUID request = portal.opened(Right.ERASURE, "dina@example.org");
        portal.comesTo(request, State.REVIEW);
        crashes.at(EnumSet.allOf(Points.Point.class));
        portal.approved(request);
        portal.comesTo(request, State.CLOSED);
        assertEquals(Set.of(), crashes.left());
        assertEquals(Optional.of(Outcome.FULFILLED), portal.of(request, RightsRequest::outcome));
        // reader, home, an invoice past its time, 1200 loans; one note blanked; one invoice kept
        assertEquals(1203, portal.of(request, RightsRequest::rowsErased));
        assertEquals(1, portal.of(request, RightsRequest::rowsChanged));
        assertEquals(1, portal.of(request, RightsRequest::rowsRetained));
        Execution execution = executions.of(request).orElseThrow();
        assertEquals(Optional.of(0L), execution.remaining());
        assertTrue(execution.stages().stream().allMatch(s -> s.rows() == s.done()));
        Execution.Kept kept = execution.kept().get(0);
        assertEquals("no-bookkeeping", kept.rule().orElseThrow());
        assertEquals("2030-12-31", kept.until().orElseThrow().toString());
        assertEquals(others, others(500));
        assertEquals(0, own(500));
    }

    private static List<String> others(int id) {
        return List.of("reader", "home", "book", "loan").stream()
                .flatMap(t -> Bookshop.rows(LIBRARY, t).stream())
                .filter(r -> !r.startsWith("(" + id + ","))
                .toList();
    }

    private static long own(int id) {
        return List.of("reader", "home", "loan").stream()
                .flatMap(t -> Bookshop.rows(LIBRARY, t).stream())
                .filter(r -> r.startsWith("(" + id + ","))
                .count();
    }

    @Test
    void aRowThatChangedAfterTheApprovalSendsTheCaseBack() {
        reader(501, "eli@example.org", "Oslo");
        UUID request = portal.opened(Right.ERASURE, "eli@example.org");
        portal.comesTo(request, State.REVIEW);
        Plan plan = portal.plan(request);
        TestDatabases.execute(LIBRARY, "update reader set city = 'Moss' where id = 501");
        portal.act(
                request,
                r -> r.decide(
                        org.habeas.actor.Actor.officer("officer"),
                        org.habeas.request.Answer.FULFIL,
                        "art-17-1",
                        plan.digest(),
                        true,
                        java.time.Instant.now()));
        portal.act(
                request,
                r -> r.approve(org.habeas.actor.Actor.officer("officer2"), plan.digest(), java.time.Instant.now()));
        portal.comesTo(request, State.REVIEW);
        assertEquals(1202, own(501));
        portal.approved(request);
        portal.comesTo(request, State.CLOSED);
        assertEquals(0, own(501));
    }

    @Test
    void aCorrectionIsDoneAndReadBack() {
        reader(502, "fia@example.org", "Oslo");
        UUID request =
                portal.opened(Right.CORRECTION, "fia@example.org", new Correction(null, null, "city", "Oslo", "Bodø"));
        portal.comesTo(request, State.REVIEW);
        portal.approved(request);
        portal.comesTo(request, State.CLOSED);
        assertEquals(1, portal.of(request, RightsRequest::rowsChanged));
        assertTrue(Bookshop.rows(LIBRARY, "reader").toString().contains("502,fia@example.org,\"R 502\",Bodø"));
    }
}
