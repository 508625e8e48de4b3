package org.habeas.audit;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.agroal.api.AgroalDataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusMock;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.habeas.actor.Actor;
import org.habeas.law.Right;
import org.habeas.request.Channel;
import org.habeas.request.Identifier;
import org.habeas.request.Particulars;
import org.habeas.request.Receipt;
import org.habeas.request.Reference;
import org.habeas.request.Requests;
import org.habeas.request.RightsRequest;
import org.habeas.vault.Vault;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the ledger costs: the same acts with it and, as the twin in the same run, without it. */
@QuarkusTest
@Tag("bench")
class ActsBench {
    private static final int THREADS = 4;
    private static final int ROUNDS = 6;
    private static final int ACTS = 300;
    private static final double ENOUGH = 0.8;

    @Inject
    Requests requests;

    @Inject
    Ledger ledger;

    @Inject
    AgroalDataSource database;

    @Inject
    Vault vault;

    @Inject
    Clock clock;

    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

    /** Everything but the ledger. */
    private static final class Silent extends Ledger {
        Silent(AgroalDataSource database, Vault vault, Clock clock) {
            super(database, vault, clock);
        }

        @Override
        public void append(Act act) {
            // the act without its entry
        }
    }

    @Test
    void theLedgerCostsAFifthAtMost() throws Exception {
        Reference mine = receive();
        compare("requests received (with key, code and mail)", () -> {
            receive();
            return null;
        });
        List<Reference> cases = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            cases.add(receive());
        }
        compare("cases assigned and released", () -> {
            Reference one = cases.get((int) (Thread.currentThread().getId() % THREADS));
            assign(one);
            return mine;
        });
    }

    private void compare(String what, Callable<?> act) throws Exception {
        Ledger silent = new Silent(database, vault, clock);
        run(act); // warm
        double with = 0;
        double without = 0;
        for (int round = 0; round < ROUNDS; round++) {
            with += run(act);
            QuarkusMock.installMockForInstance(silent, ledger);
            without += run(act);
            QuarkusMock.installMockForInstance(new Ledger(database, vault, clock), ledger);
        }
        double ratio = without / with;
        System.out.printf(
                "%-45s with the ledger %6.0f/s, without %6.0f/s, ratio %.2f%n",
                what, ROUNDS * ACTS / with, ROUNDS * ACTS / without, ratio);
        assertTrue(ratio >= ENOUGH, what + ": " + ratio);
    }

    /** Seconds for all acts of a round. */
    private double run(Callable<?> act) throws Exception {
        long started = System.nanoTime();
        List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < ACTS; i++) {
            running.add(threads.submit(act));
        }
        for (Future<?> one : running) {
            one.get();
        }
        return (System.nanoTime() - started) / 1e9;
    }

    private void assign(Reference reference) {
        QuarkusTransaction.requiringNew().run(() -> {
            RightsRequest request = requests.get(reference);
            requests.record(request.assign(Actor.officer("officer"), "officer", true, Instant.EPOCH));
            requests.record(request.release(Actor.officer("officer")));
        });
    }

    private Reference receive() {
        Receipt receipt = new Receipt(
                Right.ACCESS,
                "nordlys-retail",
                "gdpr-no",
                Channel.PORTAL,
                "nb",
                Instant.parse("2026-03-02T12:00:00Z"),
                LocalDate.parse("2026-03-02"),
                List.of(new Identifier(Identifier.EMAIL, "bench@example.org", false)),
                new Particulars("Ada", "…", List.of()));
        return QuarkusTransaction.requiringNew().call(() -> requests.receive(receipt, Actor.Kind.PERSON, "")
                .request()
                .reference());
    }
}
