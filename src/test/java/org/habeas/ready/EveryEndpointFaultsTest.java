package org.habeas.ready;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.habeas.testing.Bookshop;
import org.habeas.testing.PortalProcess;
import org.habeas.testing.PostgresServer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A hundred thousand requests at every endpoint of the built portal, with real systems behind it, as everybody. */
@Tag("faults")
class EveryEndpointFaultsTest {
    private static final int CASES = Integer.getInteger("fuzz", 110_000);

    @Test
    void whateverIsAskedTheAnswerKeepsTheContract() throws Exception {
        Path home = Waiting.fresh("fuzz");
        try (PostgresServer database = PostgresServer.at(home.resolve("database"), Map.of("fsync", "off"));
                PortalProcess portal = PortalProcess.start(home.resolve("portal"), environment(database))) {
            Fuzz fuzz = new Fuzz(portal.address(), 16).send(CASES, 4, System.nanoTime());
            long sent = fuzz.statuses().values().stream().mapToLong(n -> n).sum();
            System.out.printf("fuzz: %d answers by status %s%n", sent, fuzz.statuses());
            assertEquals("", Fuzz.told(fuzz));
            assertEquals(
                    "", portal.log().replaceAll("(?s)^((?!ERROR \\[FaultAnswers\\]).)*$", ""), "no fault in the log");
        }
    }

    private static Map<String, String> environment(PostgresServer database) {
        Map<String, String> environment = new HashMap<>(database.environment());
        environment.put("HABEAS_DATA_MAP", new Bookshop().map().toString());
        environment.put("HABEAS_LIMIT_PER_CLIENT", "100000000/PT1H");
        environment.put("HABEAS_COOLING_OFF", "PT0S");
        return environment;
    }
}
