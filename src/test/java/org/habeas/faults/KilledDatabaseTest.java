package org.habeas.faults;

import java.util.Random;
import org.habeas.testing.PortalProcess;
import org.habeas.testing.PostgresServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The same erasures, while the databases of the organisation are killed: at random moments, and while the portal is held at
 * a named point. It goes on by itself when they are back, within two leases, and nothing is done twice or left out.
 */
@Tag("faults")
class KilledDatabaseTest {
    private final Random random = new Random(20_261_122);
    private final Toll toll = new Toll();
    private final TwoSystems systems = new TwoSystems(11_998, 6_000, 2_000);
    private final Portals portals = new Portals(systems.map());
    private final int debug = Breakpoint.freePort();
    private final PortalProcess portal = portals.start(Breakpoint.option(debug));
    private final Attention attention = new Attention(portals.database);

    @AfterEach
    void stop() {
        attention.close();
        portal.close();
        systems.close();
    }

    @Test
    void everyRowIsDoneOnceHoweverOftenTheDatabasesDie() {
        toll.take("the databases", systems, attention, this::erase);
    }

    private void erase(int reader) {
        systems.addReader(reader);
        Calls calls = new Calls(portal);
        Asked asked = Asked.proven(portals, calls, "erasure", TwoSystems.email(reader))
                .comesTo("REVIEW", 120);
        // each of these is passed but once, right after the approval: so it is watched for before that
        String first = toll.rarest(Points.PLANNING);
        Breakpoint planning = Breakpoint.at(debug, first, 1);
        asked.approved(calls, calls);
        at(asked, first, planning);
        for (int i = 0; i < 3; i++) {
            anytime(asked);
            at(asked, toll.rarest(Points.STEPS));
        }
        at(asked, toll.rarest(Points.ENDING));
        asked.comesTo("CLOSED", 300);
        asked.assertErased(20_000, "FULFILLED 18000 2000 2000");
        asked.assertToldOnce(calls);
    }

    private void anytime(Asked asked) {
        long end = System.nanoTime() + random.nextInt(1_000) * 1_000_000L;
        while (System.nanoTime() < end) {
            Portals.pause();
        }
        if (!asked.closed()) {
            PostgresServer target = kill("");
            start(target);
        }
    }

    private void at(Asked asked, String name) {
        at(asked, name, Breakpoint.at(debug, name, 1));
    }

    /** Kills one while the portal is held there; nothing, if it is closed without coming there any more. */
    private void at(Asked asked, String name, Breakpoint point) {
        boolean reached = false;
        while (!reached && !asked.closed()) {
            reached = point.reached(25);
        }
        if (reached) {
            PostgresServer target = kill(name);
            point.release();
            start(target);
        } else {
            point.release();
        }
    }

    private PostgresServer kill(String point) {
        PostgresServer target = random.nextBoolean() ? systems.library : systems.accounts;
        target.kill();
        toll.at(point);
        attention.away();
        return target;
    }

    private void start(PostgresServer target) {
        target.start();
        attention.up();
    }
}
