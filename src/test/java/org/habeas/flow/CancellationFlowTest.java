package org.habeas.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.habeas.actor.Actor;
import org.habeas.cancellation.Cancellations;
import org.habeas.problem.NotPossible;
import org.habeas.request.Identifier;
import org.habeas.request.Reference;
import org.habeas.request.Requests;
import org.habeas.request.RightsRequest;
import org.habeas.testing.Bookshop;
import org.habeas.testing.Browser;
import org.habeas.testing.TestDatabases;
import org.junit.jupiter.api.Test;

/** What protects a person from somebody who has got hold of her mailbox or her passphrase. */
@QuarkusTest
@TestProfile(FlowProfile.class)
class CancellationFlowTest {
    private static final Pattern LINK = Pattern.compile("(/cancellation/[0-9A-Z]{32})");
    private static final String LIBRARY = System.getProperty("bookshop.library");

    @TestHTTPResource("/")
    String portal;

    @Inject
    Requests requests;

    @Inject
    Cancellations cancellations;

    @Inject
    Clock clock;

    @Test
    void anErasureIsToldToEveryAddressOnFileAndTheLinkStopsIt() {
        TestDatabases.execute(
                LIBRARY,
                "insert into reader values (520, 'Gro@example.org', 'Gro Li', 'Oslo', 1),"
                        + " (521, 'gro.before@example.org', 'Gro Li', 'Oslo', 1)");
        Ada gro = Ada.asks("erasure", "gro@example.org", Map.of("name", "Buy now", "message", "http://evil.example"));
        alsoHas(gro, "gro.before@example.org");
        gro.provesHerAddress().sees("review");
        gro.mailbox.saying("/cancellation/");
        String mail =
                new Mailbox("gro.before@example.org").saying("/cancellation/").text();
        assertFalse(mail.contains("Buy now") || mail.contains("evil"), mail);
        Officer.FIRST.fulfils(gro, "art-17-1-a");
        gro.sees("approval");

        Browser anybody = new Browser(portal, "en").open(link(mail)).open(link(mail));
        assertEquals("approval", gro.state(), "reading the link stops nothing");
        assertEquals("Stop the erasure?", anybody.heading());
        assertEquals("The erasure is stopped", anybody.press().heading());
        assertEquals("withdrawn", gro.sees("closed").status().getString("outcome"));
        assertTrue(Bookshop.rows(LIBRARY, "reader").stream().anyMatch(r -> r.contains("gro.before")));
        assertTrue(anybody.open(link(mail)).text().contains("can no longer be stopped"), anybody.text());
        assertEquals(404, anybody.open("/cancellation/" + "A".repeat(32)).status());
        TestDatabases.execute(LIBRARY, "delete from reader where id in (520, 521)");
    }

    @Test
    void onceItHasBegunTheLinkStopsNothing() {
        TestDatabases.execute(LIBRARY, "insert into reader values (522, 'liv@example.org', 'Liv Dal', 'Oslo', 1)");
        Ada liv = Ada.asks("erasure", "liv@example.org").provesHerAddress().sees("review");
        String link = link(liv.mailbox.saying("/cancellation/").text());
        Browser early = new Browser(portal, "nb").open(link);
        Officer.FIRST.fulfils(liv, "art-17-1-a");
        liv.sees("approval");
        Officer.SECOND
                .approves(liv, Officer.FIRST.planOf(liv).getString("digest"))
                .then()
                .statusCode(200);
        liv.sees("closed");
        assertEquals(409, early.press().status());
        assertEquals("fulfilled", liv.status().getString("outcome"));
    }

    @Test
    void theLinkWorksWhileItCoolsOffAndUntilTheFirstStep() {
        TestDatabases.execute(LIBRARY, "insert into reader values (523, 'moa@example.org', 'Moa Vik', 'Oslo', 1)");
        Ada moa = Ada.asks("erasure", "moa@example.org").provesHerAddress().sees("review");
        String link = link(moa.mailbox.saying("/cancellation/").text());
        String token = link.substring(link.lastIndexOf('/') + 1);
        Officer.FIRST.fulfils(moa, "art-17-1-a");
        String plan = Officer.FIRST.planOf(moa).getString("digest");
        QuarkusTransaction.begin();
        try {
            RightsRequest request = requests.get(new Reference(moa.reference));
            requests.record(request.approve(Actor.officer("officer2"), plan, clock.instant()));
            assertTrue(cancellations.open(token), "approved, and not begun");
            requests.record(request.begin(Actor.system("test"), clock.instant()));
            assertFalse(cancellations.open(token), "begun, and not over");
            assertThrows(NotPossible.class, () -> cancellations.cancel(token));
        } finally {
            QuarkusTransaction.rollback();
        }
        assertTrue(new Browser(portal, "en").open(link).has("main form"), "nothing of that has happened");
        moa.withdraws();
        TestDatabases.execute(LIBRARY, "delete from reader where id = 523");
    }

    @Test
    void whatIsHandedOutGoesToTheAddressThatAskedAndNoCaseChangesThat() {
        Ada ada = Ada.asks("access", Bookshop.ADA).provesHerAddress().sees("review");
        alsoHas(ada, "another@example.org");
        Officer.FIRST.fulfils(ada, null);
        ada.sees("closed");
        ada.downloads();
        assertEquals(List.of(), new Mailbox("another@example.org").mails());
        var change = Map.of("field", "email", "to", "another@example.org");
        var body =
                Map.of("right", "access", "identifiers", Map.of("email", Bookshop.ADA), "corrections", List.of(change));
        io.restassured.RestAssured.given()
                .contentType("application/json")
                .body(body)
                .post("/api/v1/requests")
                .then()
                .statusCode(422);
    }

    private void alsoHas(Ada ada, String address) {
        QuarkusTransaction.requiringNew()
                .run(() -> requests.prove(requests.get(new Reference(ada.reference)), Identifier.EMAIL, address));
    }

    private static String link(String mail) {
        Matcher link = LINK.matcher(mail);
        assertTrue(link.find(), mail);
        return link.group(1);
    }
}
