package org.habeas.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.habeas.testing.PortalProcess;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Three portals on one database work off 500 erasures: every step is done once, and each of them does its part. */
@Tag("faults")
class ReplicasTest {
    private static final int CASES = Integer.getInteger("habeas.faults.cases", 500);

    private final TwoSystems systems = new TwoSystems(5, 2, 1);
    private Portals portals;
    private final List<PortalProcess> replicas = new ArrayList<>();

    @AfterEach
    void stop() {
        replicas.forEach(PortalProcess::close);
        systems.close();
    }

    @Test
    void everyStepIsDoneOnce() throws Exception {
        // an account of its own for each replica tells afterwards who did what
        var file = systems.map().resolve("systems.yml");
        Files.writeString(file, Files.readString(file).replace("user=habeas&", "user=${REPLICA}&"));
        portals = new Portals(systems.map());
        for (int n = 1; n <= 3; n++) {
            systems.addAccount("replica" + n);
            replicas.add(portals.start(Map.of("REPLICA", "replica" + n)));
        }
        for (int n = 0; n < CASES; n++) {
            systems.addReader(100 + n);
        }
        long start = System.nanoTime();
        var threads = Executors.newFixedThreadPool(3);
        List<Future<Asked>> cases = new ArrayList<>();
        for (int n = 0; n < CASES; n++) {
            Calls one = new Calls(replicas.get(n % 3));
            Calls other = new Calls(replicas.get((n + 1) % 3));
            String email = TwoSystems.email(100 + n);
            cases.add(threads.submit(() -> {
                Asked asked = Asked.proven(portals, one, "erasure", email).comesTo("REVIEW", 300);
                asked.approved(one, other);
                return asked;
            }));
        }
        Calls reader = new Calls(replicas.get(0));
        for (Future<Asked> one : cases) {
            Asked asked = one.get().comesTo("CLOSED", 300);
            asked.assertErased(10, "FULFILLED 9 1 1");
            asked.assertToldOnce(reader);
        }
        threads.shutdown();
        systems.assertErased(100, 99 + CASES);
        assertEquals(
                List.of("0"), portals.read("select count(*)::text from work_item where kind in ('search', 'execute')"));
        assertEquals(3, systems.accountsAtWork().size());
        System.out.printf(
                "%d erasures on three replicas in %d s, every step once; rows by replica: %s%n",
                CASES, (System.nanoTime() - start) / 1_000_000_000L, systems.accountsAtWork());
    }
}
