package org.habeas.retention;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.agroal.api.AgroalDataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.quarkus.test.security.TestSecurity;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.habeas.actor.Actor;
import org.habeas.connector.Key;
import org.habeas.identity.Holder;
import org.habeas.law.Right;
import org.habeas.promise.Promises;
import org.habeas.request.Channel;
import org.habeas.request.Identifier;
import org.habeas.request.Particulars;
import org.habeas.request.Receipt;
import org.habeas.request.Reference;
import org.habeas.request.Requests;
import org.habeas.request.RightsRequest;
import org.habeas.vault.Vault;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who asked for it hears once more, when all that her erasure had to keep is gone; the address for that goes with the letter. */
@QuarkusTest
@TestProfile(Yard.class)
@TestSecurity(user = "admin", roles = "admin")
class ToldAgainTest {
    private static final LocalDate TODAY = LocalDate.now();

    private final String address = "told" + UUID.randomUUID().toString().replace("-", "") + "@example.org";

    @Inject
    Requests requests;

    @Inject
    Promises promises;

    @Inject
    Obligations obligations;

    @Inject
    Schedule schedule;

    @Inject
    RunWork work;

    @Inject
    Vault vault;

    @Inject
    AgroalDataSource database;

    @BeforeEach
    void twoRowsThatWereKept() throws SQLException {
        Yard.empty();
        portal("delete from legal_hold; delete from obligation; delete from retention_run; delete from work_item");
        Yard.sql("insert into person values (1, null, '-'), (2, null, '-')");
    }

    @Test
    void theLetterComesWithTheLastOfIt() throws SQLException {
        RightsRequest request = anErasure();
        owes(request, 1, TODAY.minusDays(1));
        owes(request, 2, TODAY.plusDays(1));
        promises.make(me(request));
        assertTrue(promises.wish(me(request)).made());
        purge();
        assertEquals(List.of("1"), Yard.rows("select count(*) from person"));
        assertEquals(List.of(), letters(), "not while something is left");
        portal("update obligation set until = current_date - 1 where done_at is null");
        purge();
        assertEquals(1, letters().size());
        String letter = letters().get(0);
        assertTrue(letter.contains("Yard, person (to oppføringer)") || letter.contains("Yard, person (2"), letter);
        assertTrue(letter.contains(request.reference().text()), letter);
        assertFalse(promises.wish(me(request)).made(), "told once");
        assertEquals(0, wishes(request));
    }

    @Test
    void whoTakesItBackOrWithdrawsIsNotTold() throws SQLException {
        RightsRequest request = anErasure();
        promises.make(me(request));
        promises.takeBack(me(request));
        assertEquals(0, wishes(request));
        promises.make(me(request));
        UUID key = key(request);
        QuarkusTransaction.requiringNew().run(() -> {
            RightsRequest now = requests.get(request.reference());
            requests.record(now.withdraw(Actor.person(now.reference().text()), Instant.now()));
        });
        assertEquals(0, wishes(request));
        assertThrows(
                Vault.Shredded.class, () -> QuarkusTransaction.requiringNew().run(() -> vault.seal(key, "x", "x")));
        assertFalse(promises.wish(me(request)).possible(), "there is nothing to be told of");
    }

    private static Holder me(RightsRequest request) {
        return Holder.remembered(request.reference());
    }

    private RightsRequest anErasure() {
        var receipt = new Receipt(
                Right.ERASURE,
                "yard-north",
                "gdpr-no",
                Channel.PORTAL,
                "nb",
                Instant.now(),
                TODAY,
                List.of(new Identifier(Identifier.EMAIL, address, false)),
                new Particulars("Ada", "", List.of()));
        Reference reference =
                requests.receive(receipt, Actor.Kind.PERSON, "").request().reference();
        return QuarkusTransaction.requiringNew().call(() -> {
            RightsRequest request = requests.get(reference);
            var proof = request.verify(Actor.person(reference.text()), "code", Instant.now());
            requests.prove(request, Identifier.EMAIL, address);
            requests.record(proof);
            return request;
        });
    }

    private void owes(RightsRequest request, long person, LocalDate until) {
        var kept = new Obligations.Kept("yard", "person", Key.of(person), "no-bookkeeping", until);
        QuarkusTransaction.requiringNew().run(() -> obligations.add(request.id(), Set.of(), List.of(kept)));
    }

    private void purge() {
        work.carryOn(schedule.open(new Actor(Actor.Kind.ADMIN, "admin"), false).id, () -> {}, new Sweeps.Points());
    }

    private List<String> letters() {
        List<String> texts = given().queryParam("to", address)
                .get("/api/v1/outbox")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getList("items.findAll { it.subject.contains('Resten') }.text");
        return texts;
    }

    private long wishes(RightsRequest request) throws SQLException {
        return number("select count(*) from promise where request_id = '" + request.id() + "'");
    }

    private UUID key(RightsRequest request) throws SQLException {
        try (var connection = database.getConnection();
                var rows = connection
                        .createStatement()
                        .executeQuery("select vault_key from promise where request_id = '" + request.id() + "'")) {
            rows.next();
            return rows.getObject(1, UUID.class);
        }
    }

    private long number(String sql) throws SQLException {
        try (var connection = database.getConnection();
                var rows = connection.createStatement().executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private void portal(String sql) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
