package org.habeas.faults;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
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
    private static final int KILLS = Integer.getInteger("habeas.faults.kills", 200);

    private final Random random = new Random(20_261_122);
    private final Map<String, Integer> killed = new TreeMap<>();
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
        int people = 0;
        while (kills() < KILLS) {
            erase(100 + people++);
            System.out.printf("%d kills, %d erasures%n", kills(), people);
        }
        systems.assertErased(100, 99 + people);
        System.out.printf(
                "%d kills of the databases over %d erasures of %d rows: %s; work lay at most %d ms (lease %d ms)%n",
                kills(), people, systems.planned(), killed, attention.longest().toMillis(), Portals.LEASE.toMillis());
        attention.assertNothingLayLong();
        Stream.of(Points.PLANNING, Points.STEPS, Points.ENDING)
                .flatMap(List::stream)
                .forEach(p -> assertTrue(killed.containsKey(p), p));
    }

    private int kills() {
        return killed.values().stream().mapToInt(Integer::intValue).sum();
    }

    private void erase(int reader) {
        systems.addReader(reader);
        Calls calls = new Calls(portal);
        Asked asked = Asked.proven(portals, calls, "erasure", TwoSystems.email(reader))
                .comesTo("REVIEW", 120);
        asked.approved(calls, calls);
        for (String point : points(reader)) {
            if (point.isEmpty()) {
                anytime(asked);
            } else {
                at(asked, point);
            }
        }
        asked.comesTo("CLOSED", 300);
        asked.assertErased(20_000, "FULFILLED 18000 2000 2000");
        asked.assertToldOnce(calls);
    }

    /** Another one of each sort for every reader: what was passed while a database was away does not come again. */
    private static List<String> points(int reader) {
        List<String> points = new ArrayList<>(List.of(Points.PLANNING.get(reader % 4)));
        for (int i = 0; i < 3; i++) {
            points.add("");
            points.add(Points.STEPS.get((reader + i) % 3));
        }
        points.add(Points.ENDING.get(reader % 2));
        return points;
    }

    private void anytime(Asked asked) {
        long end = System.nanoTime() + random.nextInt(1_000) * 1_000_000L;
        while (System.nanoTime() < end) {
            Portals.pause();
        }
        if (!asked.closed()) {
            PostgresServer target = any();
            target.kill();
            count("anytime");
            start(target);
        }
    }

    private void at(Asked asked, String name) {
        Breakpoint point = Breakpoint.at(debug, name, 1);
        boolean reached = false;
        while (!reached && !asked.closed() && !(Points.PLANNING.contains(name) && asked.ready())) {
            reached = point.reached(25);
        }
        if (reached) {
            PostgresServer target = any();
            target.kill();
            count(name);
            point.release();
            start(target);
        } else {
            point.release();
        }
    }

    private PostgresServer any() {
        return random.nextBoolean() ? systems.library : systems.accounts;
    }

    private void count(String name) {
        killed.merge(name, 1, Integer::sum);
        attention.away();
    }

    private void start(PostgresServer target) {
        target.start();
        attention.up();
    }
}
