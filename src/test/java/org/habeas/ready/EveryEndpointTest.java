package org.habeas.ready;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import org.junit.jupiter.api.Test;

/** Nonsense and half-sense at every endpoint: no HTTP 500, no answer off the contract. {@code -Pfaults} sends a hundred thousand. */
@QuarkusTest
class EveryEndpointTest {
    @TestHTTPResource("/")
    URI portal;

    @Test
    void whateverIsAskedTheAnswerKeepsTheContract() throws Exception {
        Fuzz fuzz = new Fuzz(portal, 4).send(2_000, 2, 20261122);
        assertEquals("", Fuzz.told(fuzz));
    }
}
