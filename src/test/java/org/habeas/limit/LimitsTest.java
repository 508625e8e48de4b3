package org.habeas.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.agroal.api.AgroalDataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import org.habeas.problem.TooMany;
import org.habeas.vault.Vault;
import org.junit.jupiter.api.Test;

@QuarkusTest
class LimitsTest {
    private static final Rate THREE = Rate.parse("3/PT1H");

    @Inject
    Limits limits;

    @Inject
    AgroalDataSource database;

    @Inject
    Vault vault;

    @Inject
    Clock clock;

    @Test
    void whatIsTakenStaysTakenAndSaysWhenThereIsMore() {
        String key = UUID.randomUUID().toString();
        for (int i = 0; i < 3; i++) {
            limits.take("test", key, THREE);
        }
        TooMany refused = assertThrows(
                TooMany.class, () -> QuarkusTransaction.requiringNew().run(() -> limits.take("test", key, THREE)));
        assertTrue(
                refused.retryAfter().compareTo(Duration.ofMinutes(20)) <= 0,
                refused.retryAfter().toString());
        assertTrue(
                refused.retryAfter().compareTo(Duration.ofMinutes(19)) > 0,
                refused.retryAfter().toString());
        limits.take("test", "another", THREE);
        limits.forgive("test", key, THREE);
        limits.take("test", key, THREE);
    }

    @Test
    void aClockThatWasAheadShutsNobodyOut() {
        String key = UUID.randomUUID().toString();
        Limits ahead = new Limits(database, vault, Clock.offset(clock, Duration.ofDays(365)));
        for (int i = 0; i < 3; i++) {
            ahead.take("test", key, THREE);
        }
        assertThrows(TooMany.class, () -> ahead.take("test", key, THREE));
        for (int i = 0; i < 3; i++) {
            limits.take("test", key, THREE);
        }
        assertThrows(TooMany.class, () -> limits.take("test", key, THREE), "and it counts from now on");
    }

    @Test
    void replicasCountTogether() {
        String key = UUID.randomUUID().toString();
        Limits replica = new Limits(database, vault, Clock.systemUTC());
        limits.take("test", key, THREE);
        replica.take("test", key, THREE, 2);
        assertThrows(TooMany.class, () -> limits.take("test", key, THREE));
        assertThrows(TooMany.class, () -> replica.take("test", key, THREE));
    }

    @Test
    void whatIsTakenStaysTakenWhenTheCallerFails() {
        String key = UUID.randomUUID().toString();
        QuarkusTransaction.begin();
        limits.take("test", key, THREE, 3);
        QuarkusTransaction.rollback();
        assertThrows(TooMany.class, () -> limits.take("test", key, THREE));
    }

    @Test
    void aNetworkCountsAsOneClient() {
        assertEquals("192.0.2.7", ClientAddress.prefix("192.0.2.7"));
        assertEquals(ClientAddress.prefix("2001:db8:1:2::1"), ClientAddress.prefix("2001:db8:1:2:ffff::9%eth0"));
        assertEquals("192.0.2.7", ClientAddress.prefix("::ffff:192.0.2.7"));
        assertEquals("not an address", ClientAddress.prefix("not an address"));
    }

    @Test
    void aRateIsRightOrSaysWhatIsAllowed() {
        assertEquals(new Rate(100, Duration.ofHours(1)), Rate.parse("100/PT1H"));
        for (String wrong : new String[] {"", "5", "0/PT1H", "5/1h", "-1/PT1H", "5/PT0S"}) {
            var refused = assertThrows(IllegalArgumentException.class, () -> Rate.parse(wrong));
            assertTrue(refused.getMessage().contains("100/PT1H"));
        }
    }
}
