package org.habeas.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.habeas.testing.PortalProcess;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Erasures of 20,000 rows over two systems, each killed many times with SIGKILL: at random moments, and held at every named
 * point. In the end each row of the plan was touched once, nothing else was, and no work lay longer than two leases.
 */
@Tag("faults")
class KilledPortalTest {
    private final Random random = new Random(20_261_122);
    private final Toll toll = new Toll();
    private final TwoSystems systems = new TwoSystems(11_998, 6_000, 2_000);
    private final Portals portals = new Portals(systems.map());
    private PortalProcess portal = portals.start();
    private final Attention attention = new Attention(portals.database);

    /** Where a portal dies: at the n-th pass of a point, or some time after it took the work up. */
    private record Death(String point, int pass, int millis) {}

    @AfterEach
    void stop() {
        attention.close();
        portal.close();
        systems.close();
    }

    @Test
    void everyRowIsDoneOnceHoweverOftenThePortalDies() {
        assertEquals(20_000, systems.planned());
        toll.take("the portal", systems, attention, this::erase);
    }

    private void erase(int reader) {
        systems.addReader(reader);
        Calls calls = new Calls(portal);
        Asked asked = Asked.proven(portals, calls, "erasure", TwoSystems.email(reader))
                .comesTo("REVIEW", 120);
        attention.up();
        asked.approved(calls, calls);
        for (Death death : deaths()) {
            boolean died = death.point().isEmpty() ? afterAWhile(asked, death) : atPoint(asked, death);
            if (!died) {
                break;
            }
            toll.at(death.point());
        }
        revive();
        asked.comesTo("CLOSED", 300);
        asked.assertErased(20_000, "FULFILLED 18000 2000 2000");
        asked.assertToldOnce(new Calls(portal));
    }

    /** The first one is for the portal that is running. */
    private List<Death> deaths() {
        List<Death> deaths = new ArrayList<>(List.of(anytime(1_000)));
        Points.PLANNING.forEach(p -> deaths.add(new Death(p, 1, 0)));
        for (int i = 0; i < 4; i++) {
            deaths.add(anytime(1_500));
            int pass = 1 + random.nextInt(4);
            Points.STEPS.forEach(p -> deaths.add(new Death(p, pass, 0)));
        }
        Points.ENDING.forEach(p -> deaths.add(new Death(p, 1, 0)));
        return deaths;
    }

    private Death anytime(int millis) {
        return new Death("", 0, random.nextInt(millis));
    }

    /** Some time after somebody took the work up; false when the case was closed before that. */
    private boolean afterAWhile(Asked asked, Death death) {
        revive();
        while (!attention.held()) {
            if (asked.closed()) {
                return false;
            }
            Portals.pause();
        }
        long end = System.nanoTime() + death.millis() * 1_000_000L;
        while (System.nanoTime() < end) {
            Portals.pause();
        }
        boolean closed = asked.closed();
        if (!closed) {
            kill();
        }
        return !closed;
    }

    /** At the n-th pass of the point; false when the case was closed without it. */
    private boolean atPoint(Asked asked, Death death) {
        kill();
        int port = Breakpoint.freePort();
        Process held = portals.launch(Breakpoint.option(port));
        Breakpoint point = Breakpoint.at(port, death.point(), death.pass());
        boolean reached = false;
        while (!reached && !asked.closed()) {
            reached = point.reached(25);
            if (attention.held()) {
                attention.up();
            }
        }
        held.destroyForcibly().onExit().join();
        attention.killed();
        return reached;
    }

    private void revive() {
        if (!portal.alive()) {
            portal = portals.start();
            attention.up();
        }
    }

    private void kill() {
        if (portal.alive()) {
            portal.kill();
            attention.killed();
        }
    }
}
