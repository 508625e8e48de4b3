package org.habeas.audit;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.agroal.api.AgroalDataSource;
import io.quarkus.arc.ClientProxy;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusMock;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.habeas.actor.Actor;
import org.habeas.casework.Cases;
import org.habeas.law.Right;
import org.habeas.request.Channel;
import org.habeas.request.Identifier;
import org.habeas.request.Particulars;
import org.habeas.request.Receipt;
import org.habeas.request.Reference;
import org.habeas.request.Requests;
import org.habeas.vault.Vault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What the ledger costs: the same acts with it and, as the twin in the same run, without it. An act is one transaction, as
 * it is in the portal; to its time with the ledger belongs that all its entries got their places in the tree.
 */
@QuarkusTest
@Tag("bench")
class ActsBench {
    private static final int THREADS = 4;
    private static final int ROUNDS = 10;
    private static final int ACTS = 400;
    private static final double ENOUGH = 0.8;
    private static final Actor OFFICER = Actor.officer("officer");

    @Inject
    Requests requests;

    @Inject
    Cases cases;

    @Inject
    Ledger ledger;

    @Inject
    Sequencer sequencer;

    @Inject
    AgroalDataSource database;

    @Inject
    Vault vault;

    @Inject
    Clock clock;

    @TestHTTPResource("/")
    URI home;

    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    private final HttpClient http = HttpClient.newHttpClient();
    private final List<String> failures = new ArrayList<>();
    private Switched switched;
    private String session = "";

    /** The portal's own ledger, or only what would have gone along with the entry. */
    private static final class Switched extends Ledger {
        private final Ledger real;
        private final AgroalDataSource database;
        private volatile boolean on = true;

        Switched(Ledger real, AgroalDataSource database, Vault vault, Clock clock) {
            super(database, vault, clock);
            this.real = real;
            this.database = database;
        }

        @Override
        public void append(Act act) {
            if (on) {
                real.append(act);
            }
        }

        @Override
        public void append(Act act, Along along) {
            if (on) {
                real.append(act, along);
                return;
            }
            try (var connection = database.getConnection();
                    var insert = connection.prepareStatement(along.insert())) {
                int next = 1;
                for (Object value : along.values()) {
                    insert.setObject(next++, value);
                }
                insert.executeUpdate();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @BeforeEach
    void theLedgerCanBeSwitchedOff() {
        switched = new Switched(ClientProxy.unwrap(ledger), database, vault, clock);
        QuarkusMock.installMockForInstance(switched, ledger);
    }

    @AfterEach
    void stop() {
        threads.shutdown();
    }

    @Test
    void theLedgerCostsAFifthAtMost() throws Exception {
        System.out.printf("%-28s with the ledger   without   ratio%n", "acts a second");
        compare("a request comes in", one -> receive());
        compare("a case is assigned", one -> cases.assign(one, OFFICER, "officer", true));
        compare("assigned and released", one -> {
            cases.assign(one, OFFICER, "officer", true);
            cases.release(one, OFFICER);
        });
        compare("a note is written", one -> cases.note(one, OFFICER, "The number is an old one."));
        compare("a message is written", one -> cases.write(one, OFFICER, "Which shop was it?", false));
        compare("paused and resumed, in words", one -> {
            cases.pause(one, OFFICER, "She is asked who she is.");
            cases.resume(one, OFFICER);
        });
        session = signedIn();
        compare("a case is read on its page", this::read);
        assertEquals(List.of(), failures);
    }

    private void compare(String what, Consumer<Reference> act) throws Exception {
        seconds(act, true); // warm
        double with = 0;
        double without = 0;
        for (int round = 0; round < ROUNDS; round++) {
            with += seconds(act, true);
            without += seconds(act, false);
        }
        double ratio = without / with;
        System.out.printf("%-28s %15.0f %9.0f %7.2f%n", what, ROUNDS * ACTS / with, ROUNDS * ACTS / without, ratio);
        if (ratio < ENOUGH) {
            failures.add(what + ": " + ratio);
        }
    }

    private double seconds(Consumer<Reference> act, boolean on) throws Exception {
        List<Reference> cases = Stream.generate(this::receive).limit(THREADS).toList();
        sequencer.run();
        switched.on = on;
        long started = System.nanoTime();
        run(act, cases);
        if (on) {
            sequencer.run();
        }
        return (System.nanoTime() - started) / 1e9;
    }

    private void run(Consumer<Reference> act, List<Reference> cases) throws Exception {
        List<Future<?>> running = new ArrayList<>();
        for (Reference one : cases) {
            Callable<?> share = () -> {
                for (int i = 0; i < ACTS / THREADS; i++) {
                    act.accept(one);
                }
                return one;
            };
            running.add(threads.submit(share));
        }
        for (Future<?> one : running) {
            one.get();
        }
    }

    private void read(Reference reference) {
        HttpRequest get = HttpRequest.newBuilder(home.resolve("cases/" + reference.text()))
                .header("Cookie", session)
                .build();
        assertEquals(
                200,
                http.sendAsync(get, HttpResponse.BodyHandlers.discarding())
                        .join()
                        .statusCode());
    }

    private String signedIn() {
        Response form = given().header("Accept", "text/html").get("/login");
        Matcher token = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"").matcher(form.asString());
        assertTrue(token.find());
        return given()
                .cookies(form.cookies())
                .redirects()
                .follow(false)
                .formParam("_csrf", token.group(1))
                .formParam("username", "officer")
                .formParam("password", "test")
                .formParam("to", "")
                .post("/login")
                .cookies()
                .entrySet()
                .stream()
                .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                .collect(Collectors.joining("; "));
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
