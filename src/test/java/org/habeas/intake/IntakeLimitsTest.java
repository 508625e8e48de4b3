package org.habeas.intake;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.agroal.api.AgroalDataSource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.habeas.identity.Mailboxes;
import org.habeas.identity.MailboxesForTests;
import org.habeas.identity.OwnRequests;
import org.habeas.limit.Limits;
import org.habeas.limit.LimitsForTests;
import org.habeas.limit.Puzzles;
import org.habeas.limit.PuzzlesForTests;
import org.habeas.limit.Rate;
import org.habeas.problem.Invalid;
import org.habeas.problem.TooMany;
import org.habeas.request.Requests;
import org.habeas.vault.Vault;
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

    @Inject
    Puzzles puzzles;

    @Inject
    Vault vault;

    @Inject
    AgroalDataSource database;

    private Intake intake;

    @BeforeEach
    void strict() {
        var mailboxes = MailboxesForTests.of(limits, Rate.parse("5/PT1H"));
        intake = intake(mailboxes, Rate.parse("20/PT1H"), Rate.parse("100000/PT1H"));
    }

    private Intake intake(Mailboxes mailboxes, Rate perClient, Rate total) {
        return new Intake(receiving, requests, mailboxes, new Gate(limits, puzzles, perClient, total), attempts, own);
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
            intake.file(filing(UUID.randomUUID() + "@example.org"), Caller.of(network + ":" + i, null), null);
            String other = network + ":f" + i;
            assertThrows(Invalid.class, () -> intake.file(filing("nobody"), Caller.of(other, null), null));
        }
        assertThrows(TooMany.class, () -> intake.file(anybody(), Caller.of(network + ":99", null), null));
    }

    @Test
    void theFormIsLimitedAsTheApiIs() {
        String victim = UUID.randomUUID() + "@example.org";
        for (int i = 0; i < 5; i++) {
            byForm(victim, client());
        }
        assertThrows(TooMany.class, () -> byForm(victim, client()));
        Caller busy = client();
        for (int i = 0; i < 20; i++) {
            byForm(UUID.randomUUID() + "@example.org", busy);
        }
        assertThrows(TooMany.class, () -> byForm(UUID.randomUUID() + "@example.org", busy));
    }

    private void byForm(String email, Caller caller) {
        intake.fileOnce(filing(email), caller, null, UUID.randomUUID().toString(), Optional.empty());
    }

    @Test
    void allTogetherGetSoManyAndNoMore() {
        Intake small =
                intake(MailboxesForTests.of(limits, Rate.parse("5/PT1H")), Rate.parse("20/PT1H"), total("6/PT1H"));
        for (int i = 0; i < 6; i++) {
            small.file(anybody(), client(), null);
        }
        assertThrows(TooMany.class, () -> small.file(anybody(), client(), null));
    }

    @Test
    void whileManyComeWorkCountsOnceAndWhoHasNoneGetsThroughLessOften() {
        Rate total = total("1000000/PT1H");
        limits.take("total", "all", total, 700_000);
        Intake rushed = intake(MailboxesForTests.of(limits, Rate.parse("5/PT1H")), Rate.parse("20/PT1H"), total);
        String slow = UUID.randomUUID().toString();
        rushed.file(anybody(), Caller.of(slow, null), null);
        rushed.file(anybody(), Caller.of(slow, "nonsense"), null);
        assertThrows(TooMany.class, () -> rushed.file(anybody(), Caller.of(slow, null), null));
        String quick = UUID.randomUUID().toString();
        for (int i = 0; i < 10; i++) {
            rushed.file(anybody(), Caller.of(quick, PuzzlesForTests.solved(puzzles)), null);
        }
        String once = PuzzlesForTests.solved(puzzles);
        rushed.file(anybody(), Caller.of(quick, once), null);
        assertThrows(TooMany.class, () -> rushed.file(anybody(), Caller.of(quick, once), null));
    }

    @Test
    void noHourHasMoreThanFiveMailsToAnAddressThatNobodyProved() {
        AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
        Clock clock = new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now.get();
            }
        };
        Mailboxes mailboxes = MailboxesForTests.of(LimitsForTests.of(database, vault, clock), Rate.parse("5/PT1H"));
        String victim = UUID.randomUUID() + "@example.org";
        List<Instant> mails = new ArrayList<>();
        for (int minute = 0; minute < 180; minute += 3) {
            try {
                mailboxes.takeOne(victim);
                mails.add(now.get());
            } catch (TooMany refused) {
                // as it should be, most of the time
            }
            now.updateAndGet(t -> t.plus(Duration.ofMinutes(3)));
        }
        assertTrue(mails.size() >= 10, "some get through: " + mails);
        for (Instant first : mails) {
            Instant end = first.plus(Duration.ofHours(1));
            long within = mails.stream()
                    .filter(m -> !m.isBefore(first) && m.isBefore(end))
                    .count();
            assertTrue(within <= 5, within + " mails in the hour from " + first);
        }
    }

    /** A rate of its own has a bucket of its own: other tests' requests are in another one. */
    private static Rate total(String rate) {
        return new Rate(Rate.parse(rate).count(), Duration.ofHours(1).plusMillis((long) (Math.random() * 1e6)));
    }

    private static Caller client() {
        return Caller.of(UUID.randomUUID().toString(), null);
    }

    private static Filing anybody() {
        return filing(UUID.randomUUID() + "@example.org");
    }

    private static Filing filing(String email) {
        return new Filing("access", Map.of("email", email), null, null, null, null, List.of(), null, null);
    }
}
