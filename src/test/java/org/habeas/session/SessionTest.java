package org.habeas.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SessionTest {
    private static final Instant NOW = Instant.parse("2026-11-25T09:00:00Z");

    @Test
    void comesBackAsItWas() throws IOException {
        var session = Session.empty()
                .signedIn("officer", NOW)
                .opened("H-7K3Q-9M2X-4T", NOW)
                .noted("draft", "Ærlig talt ☃", NOW);
        assertEquals(session, SessionFormat.read(SessionFormat.write(session)));
        assertThrows(IOException.class, () -> SessionFormat.read(new byte[] {1, 2, 3}));
    }

    @Test
    void endsWhenIdleAndAfterAWorkingDay() {
        var session = Session.empty().signedIn("officer", NOW).opened("H-7K3Q-9M2X-4T", NOW);
        assertTrue(session.at(NOW.plus(Duration.ofMinutes(29))).staff().isPresent());
        assertTrue(session.at(NOW.plus(Duration.ofMinutes(30))).isEmpty());
        var busy = session;
        for (int minutes = 20; minutes < 600; minutes += 20) {
            busy = busy.at(NOW.plus(Duration.ofMinutes(minutes))).seen(NOW.plus(Duration.ofMinutes(minutes)));
            assertTrue(busy.staff().isPresent(), minutes + " minutes");
        }
        assertFalse(busy.at(NOW.plus(Duration.ofHours(10))).staff().isPresent());
    }

    @Test
    void endsWhereTheClockWasSetBack() {
        var session = Session.empty()
                .signedIn("officer", NOW)
                .opened("H-7K3Q-9M2X-4T", NOW)
                .noted("draft", "text", NOW);
        assertTrue(session.at(NOW.minus(Duration.ofHours(1))).isEmpty(), "it would last an hour longer");
        assertFalse(session.holds("H-7K3Q-9M2X-4T", NOW.minus(Duration.ofHours(1))));
        var replica = NOW.minus(Duration.ofSeconds(30));
        assertTrue(session.at(replica).staff().isPresent(), "replicas' clocks may differ a little");
        assertTrue(session.holds("H-7K3Q-9M2X-4T", replica));
    }

    @Test
    void theOldestRequestMakesRoom() {
        var session = Session.empty();
        for (int i = 0; i < 12; i++) {
            session = session.opened("H-" + i, NOW);
        }
        assertFalse(session.holds("H-1", NOW));
        assertTrue(session.holds("H-2", NOW));
        assertFalse(session.closed("H-2").holds("H-2", NOW));
    }
}
