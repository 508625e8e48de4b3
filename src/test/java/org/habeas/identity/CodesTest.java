package org.habeas.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.agroal.api.AgroalDataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.habeas.actor.Actor;
import org.habeas.audit.Ledger;
import org.habeas.datamap.DataMap;
import org.habeas.law.Right;
import org.habeas.limit.Limits;
import org.habeas.limit.Rate;
import org.habeas.problem.Invalid;
import org.habeas.problem.TooMany;
import org.habeas.request.Channel;
import org.habeas.request.Identifier;
import org.habeas.request.Outcome;
import org.habeas.request.Particulars;
import org.habeas.request.Receipt;
import org.habeas.request.Reference;
import org.habeas.request.Requests;
import org.habeas.vault.Secrets;
import org.habeas.vault.Vault;
import org.habeas.work.WorkHandler;
import org.habeas.work.Worklist;
import org.junit.jupiter.api.Test;

/** Codes when time passes, when many try at once, and when too many are asked for. */
@QuarkusTest
class CodesTest {
    @Inject
    Requests requests;

    @Inject
    Codes codes;

    @Inject
    SentCodes sent;

    @Inject
    Limits limits;

    @Inject
    AgroalDataSource database;

    @Inject
    Vault vault;

    @Inject
    Ledger ledger;

    @Inject
    Event<CodeIssued> issued;

    @Inject
    Event<org.habeas.problem.SecurityEvent> failures;

    @Inject
    Worklist worklist;

    @Inject
    DataMap map;

    @Inject
    Clock clock;

    @Test
    void aCodeIsWorthNothingAfterTenMinutes() {
        Reference reference = received();
        String code = sent.last(reference.text());
        assertThrows(Invalid.class, () -> at(Duration.ofMinutes(10)).redeem(new Holder(reference), code));
        at(Duration.ofMinutes(9)).redeem(new Holder(reference), code);
    }

    @Test
    void aClockSetBackMakesNoCodeLastLongerAndANewOneWorks() {
        Reference reference = received();
        String code = sent.last(reference.text());
        assertThrows(Invalid.class, () -> at(Duration.ofHours(-1)).redeem(new Holder(reference), code));
        Codes then = at(Duration.ofHours(-1));
        then.send(new Holder(reference));
        then.redeem(new Holder(reference), sent.last(reference.text()));
    }

    @Test
    void aCodeOfAClockThatWasAheadLastsNoLonger() {
        Reference reference = received();
        at(Duration.ofDays(365)).send(new Holder(reference));
        String ahead = sent.last(reference.text());
        assertThrows(Invalid.class, () -> codes.redeem(new Holder(reference), ahead));
        at(Duration.ZERO).send(new Holder(reference));
        codes.redeem(new Holder(reference), sent.last(reference.text()));
    }

    @Test
    void itIsUsedOnceHoweverManyTryAtOnce() throws Exception {
        Reference reference = received();
        String code = sent.last(reference.text());
        List<Object> results = together(4, () -> redeemed(reference, code));
        assertEquals(1, results.stream().filter(r -> r.equals("yes")).count(), results.toString());
    }

    @Test
    void noMoreThanFiveGuessesCountHoweverManyTryAtOnce() throws Exception {
        Reference reference = received();
        String wrong = sent.last(reference.text()).equals("000000") ? "000001" : "000000";
        List<Object> results = together(12, () -> redeemed(reference, wrong));
        assertEquals(5, results.stream().filter(r -> r instanceof Invalid).count(), results.toString());
        assertEquals(7, results.stream().filter(r -> r instanceof TooMany).count(), results.toString());
        assertInstanceOf(TooMany.class, redeemed(reference, sent.last(reference.text())));
    }

    @Test
    void aCodeOfAnotherRequestIsWrong() {
        Reference one = received();
        Reference two = received();
        if (!sent.last(one.text()).equals(sent.last(two.text()))) {
            assertInstanceOf(Invalid.class, redeemed(two, sent.last(one.text())));
        }
    }

    @Test
    void newCodesAreLimited() {
        Reference reference = received();
        Codes strict = codes(clock, Rate.parse("3/PT1H"));
        for (int i = 0; i < 3; i++) {
            strict.send(new Holder(reference));
        }
        assertThrows(TooMany.class, () -> strict.send(new Holder(reference)));
        assertEquals(4, sent.count(reference.text()));
    }

    @Test
    void codesToAnUnprovenAddressShareItsAllowance() {
        String address = UUID.randomUUID() + "@example.org";
        Mailboxes mailboxes = new Mailboxes(limits, Rate.parse("2/PT1H"));
        Codes strict = new Codes(
                requests, mailboxes, limits, Rate.parse("5/PT1H"), database, vault, ledger, issued, failures, clock);
        Reference one = received(address);
        Reference two = received(address);
        strict.send(new Holder(one));
        strict.send(new Holder(two));
        assertThrows(TooMany.class, () -> strict.send(new Holder(one)));
        mailboxes.proven(org.habeas.request.EmailAddress.of(address).orElseThrow());
        strict.send(new Holder(one));
    }

    @Test
    void whatNobodyProvesIsGivenUpSomeDaysAfterTheLastCode() {
        Reference reference = received();
        UUID id = QuarkusTransaction.requiringNew()
                .call(() -> requests.read(reference).id());
        var early = abandonment(Duration.ofDays(6));
        var result = QuarkusTransaction.requiringNew().call(() -> early.abandon(id));
        assertTrue(result instanceof WorkHandler.Result.Later, result.toString());
        QuarkusTransaction.requiringNew()
                .call(() -> abandonment(Duration.ofDays(8)).abandon(id));
        QuarkusTransaction.requiringNew()
                .run(() -> assertEquals(
                        Outcome.ABANDONED, requests.read(reference).outcome().orElseThrow()));
    }

    @Test
    void nothingOfACodeIsKeptInPlain() throws Exception {
        Reference reference = received();
        String code = sent.last(reference.text());
        assertEquals(
                0,
                number(
                        "select count(*) from identity_code i join rights_request r on r.id = i.request_id"
                                + " where r.reference = ? and position(? in i.code_hash) > 0",
                        reference.text(),
                        code));
        assertEquals(
                0,
                number("select count(*) from mail where position(convert_to(?, 'UTF8') in sealed) > 0", code),
                "not in its mail either");
        assertFalse(new CodeIssued(
                        QuarkusTransaction.requiringNew().call(() -> requests.read(reference)),
                        org.habeas.request.EmailAddress.of("a@example.org").orElseThrow(),
                        code)
                .toString()
                .contains(code));
    }

    @Test
    void noTableHasAPassphrase() throws Exception {
        String passphrase = opened(UUID.randomUUID() + "@example.org").passphrase();
        String normal = Secrets.normal(passphrase);
        for (String secret : List.of(passphrase, normal)) {
            String hex = HexFormat.of().formatHex(secret.getBytes(StandardCharsets.UTF_8));
            assertEquals(List.of(), tablesWith("%" + secret + "%", "%" + hex + "%"));
        }
    }

    @Test
    void aLockedRequestHoldsNobodyElseUp() {
        String address = UUID.randomUUID() + "@example.org";
        Reference attacked = received(address);
        Reference other = received(address);
        String wrong = sent.last(attacked.text()).equals("000000") ? "000001" : "000000";
        for (int i = 0; i < 6; i++) {
            redeemed(attacked, wrong);
        }
        assertInstanceOf(TooMany.class, redeemed(attacked, sent.last(attacked.text())));
        assertEquals("yes", redeemed(other, sent.last(other.text())));
    }

    private List<String> tablesWith(String... patterns) throws SQLException {
        List<String> found = new ArrayList<>();
        try (var connection = database.getConnection();
                var tables = connection
                        .createStatement()
                        .executeQuery("select quote_ident(tablename) from pg_tables where schemaname = 'public'")) {
            while (tables.next()) {
                String table = tables.getString(1);
                if (number("select count(*) from " + table + " t where t::text like ? or t::text like ?", (Object[])
                                patterns)
                        > 0) {
                    found.add(table);
                }
            }
        }
        return found;
    }

    private long number(String sql, Object... values) throws SQLException {
        try (var connection = database.getConnection();
                var select = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                select.setObject(i + 1, values[i]);
            }
            try (var row = select.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    private Object redeemed(Reference reference, String code) {
        try {
            codes.redeem(new Holder(reference), code);
            return "yes";
        } catch (Invalid | TooMany e) {
            return e;
        }
    }

    private static List<Object> together(int times, Callable<Object> call) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(times);
        try {
            List<Object> results = new java.util.ArrayList<>();
            for (Future<Object> result : threads.invokeAll(java.util.Collections.nCopies(times, call))) {
                results.add(result.get());
            }
            return results;
        } finally {
            threads.shutdown();
        }
    }

    private Codes at(Duration later) {
        return codes(Clock.offset(clock, later), Rate.parse("100/PT1H"));
    }

    private Codes codes(Clock time, Rate rate) {
        Mailboxes generous = new Mailboxes(limits, Rate.parse("1000/PT1H"));
        return new Codes(requests, generous, limits, rate, database, vault, ledger, issued, failures, time);
    }

    private Abandonment abandonment(Duration later) {
        return new Abandonment(worklist, requests, codes, map, Clock.offset(clock, later));
    }

    private Reference received() {
        return received(UUID.randomUUID() + "@example.org");
    }

    private Reference received(String address) {
        return opened(address).request().reference();
    }

    private Requests.Opened opened(String address) {
        Receipt receipt = new Receipt(
                Right.ACCESS,
                "nordlys-retail",
                "gdpr-no",
                Channel.PORTAL,
                "en",
                clock.instant(),
                LocalDate.ofInstant(clock.instant(), map.organisation().zone()),
                List.of(new Identifier(Identifier.EMAIL, address, false)),
                new Particulars(null, null, List.of()));
        return requests.receive(receipt, Actor.Kind.PERSON, "");
    }
}
