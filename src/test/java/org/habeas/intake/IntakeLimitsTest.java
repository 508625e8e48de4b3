package org.habeas.intake;

import static org.junit.jupiter.api.Assertions.assertThrows;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.habeas.identity.MailboxesForTests;
import org.habeas.identity.OwnRequests;
import org.habeas.limit.Limits;
import org.habeas.limit.Rate;
import org.habeas.problem.Invalid;
import org.habeas.problem.TooMany;
import org.habeas.request.Requests;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What one client and one unproven address can ask for (issue: nobody can abuse it). */
@QuarkusTest
class IntakeLimitsTest {
    @Inject
    Receiving receiving;

    @Inject
    Requests requests;

    @Inject
    Limits limits;

    @Inject
    Attempts attempts;

    @Inject
    OwnRequests own;

    private Intake intake;

    @BeforeEach
    void strict() {
        var mailboxes = MailboxesForTests.of(limits, Rate.parse("5/PT1H"));
        intake = new Intake(receiving, requests, mailboxes, limits, attempts, own, Rate.parse("20/PT1H"));
    }

    @Test
    void anAddressThatNobodyProvedGetsFiveMailsWhoeverAsks() {
        String victim = UUID.randomUUID() + "@example.org";
        for (int i = 0; i < 5; i++) {
            intake.file(filing(victim), client(), null);
        }
        assertThrows(TooMany.class, () -> intake.file(filing(victim.toUpperCase()), client(), null));
        intake.file(filing(UUID.randomUUID() + "@example.org"), client(), null);
    }

    @Test
    void aClientIsItsWholeNetworkAndMistakesCountToo() {
        String network = "2001:db8:" + Integer.toHexString((int) (Math.random() * 0xffff)) + ":7:";
        for (int i = 0; i < 10; i++) {
            intake.file(filing(UUID.randomUUID() + "@example.org"), network + ":" + i, null);
            String other = network + ":f" + i;
            assertThrows(Invalid.class, () -> intake.file(filing("nobody"), other, null));
        }
        assertThrows(
                TooMany.class, () -> intake.file(filing(UUID.randomUUID() + "@example.org"), network + ":99", null));
    }

    private static String client() {
        return UUID.randomUUID().toString();
    }

    private static Filing filing(String email) {
        return new Filing("access", Map.of("email", email), null, null, null, null, List.of(), null, null);
    }
}
