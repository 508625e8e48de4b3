package org.habeas.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.agroal.api.AgroalDataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.habeas.actor.Actor;
import org.habeas.request.Reference;
import org.habeas.request.Requests;
import org.habeas.request.Restrictions;
import org.habeas.testing.Bookshop;
import org.habeas.testing.Browser;
import org.junit.jupiter.api.Test;

/** Articles 18 and 19: data is kept and not used while it is weighed, the person hears before that ends, recipients hear too. */
@QuarkusTest
@TestProfile(FlowProfile.class)
class RestrictionFlowTest {
    private static final Mailbox POSTEN = new Mailbox("privacy@posten.example");

    @TestHTTPResource("/")
    String portal;

    @Inject
    Requests requests;

    @Inject
    Restrictions restrictions;

    @Inject
    AgroalDataSource database;

    @Test
    void aWeighedObjectionRestrictsByItselfUntilTheWeekAfterTheAnswer() {
        Ada ada = Ada.asks("objection", Bookshop.ADA).provesHerAddress().sees("review");
        JsonPath read = Officer.FIRST.reads(ada, "");
        assertEquals("art-18-1-d", read.getString("restriction.ground"));
        assertTrue(String.join("\n", ada.letters()).contains("do not use it (GDPR Article 18)"), "the receipt says so");
        POSTEN.saying(ada.reference);
        Officer.FIRST
                .does(ada, "POST", "/decision", Map.of("outcome", "fulfil", "text", "We stop."))
                .then()
                .statusCode(200);
        ada.sees("closed");
        LocalDate ends = LocalDate.parse(Officer.FIRST.reads(ada, "").getString("restriction.ends_on"));
        assertTrue(String.join("\n", ada.letters()).contains("Article 18(3)"));
        assertFalse(lifted(ada, ends.minusDays(1)), "not before the day that she was told");
        assertTrue(lifted(ada, ends));
        assertFalse(lifted(ada, ends), "once");
        List<Map<String, Object>> told = Officer.FIRST.reads(ada, "/recipients").getList("items");
        assertEquals(
                List.of("restriction", "lifting"),
                told.stream().map(n -> n.get("what")).toList());
        assertTrue(told.stream()
                .allMatch(n ->
                        n.get("recipient").equals("Posten") && n.get("told_by").equals("mail")));
    }

    @Test
    void aContestedCorrectionRestrictsAndEveryRecipientIsToldAndFollowedUp() {
        Ada ada = Ada.asks(
                        "correction",
                        Bookshop.ADA,
                        Map.of(
                                "corrections",
                                List.of(Map.of("field", "full_name", "from", "Ada Strand", "to", "Ada Strand"))))
                .provesHerAddress()
                .sees("review");
        assertEquals("art-18-1-a", Officer.FIRST.reads(ada, "").getString("restriction.ground"));
        Browser officer = new Browser(portal, "en")
                .open("/login")
                .fill("username", "officer")
                .fill("password", "test")
                .press();
        officer.open("/cases/" + ada.reference + "/recipients");
        assertTrue(
                officer.text().contains("Posten, NO privacy@posten.example The library Restriction"), officer.text());
        assertTrue(officer.text().contains("by e-mail"), officer.text());
        officer.fill("answer", "impossible").press("Keep the answer");
        assertTrue(officer.text().contains("Cannot do it"), officer.text());
        String id = Officer.FIRST.reads(ada, "/recipients").getString("items[0].id");
        Officer.FIRST
                .does(ada, "POST", "/recipients/" + id + "/answer", Map.of("answer", "perhaps"))
                .then()
                .statusCode(422);
        Officer.FIRST
                .does(ada, "POST", "/recipients/nonsense/answer", Map.of("answer", "done"))
                .then()
                .statusCode(404);
        Officer.FIRST
                .does(ada, "POST", "/recipients/" + id + "/told", Map.of())
                .then()
                .statusCode(404);
        assertEquals(200, ada.withdraws().statusCode());
        assertTrue(
                Officer.FIRST.reads(ada, "").getString("restriction.ends_on") != null, "she hears of the end here too");
    }

    @Test
    void aRestrictionThatWasAskedForStandsUntilAnOfficerTellsThatItEnds() {
        Ada ada = Ada.asks("restriction", Bookshop.ADA).provesHerAddress().sees("review");
        Officer.FIRST
                .does(ada, "POST", "/decision", Map.of("outcome", "fulfil", "ground", "art-18-1-c", "text", "Yes."))
                .then()
                .statusCode(200);
        ada.sees("closed");
        assertEquals("art-18-1-c", Officer.FIRST.reads(ada, "").getString("restriction.ground"));
        assertEquals(null, Officer.FIRST.reads(ada, "").getString("restriction.ends_on"));
        assertFalse(lifted(ada, LocalDate.parse("2099-01-01")), "never without notice");
        SQLException refused = assertThrows(SQLException.class, () -> {
            try (var connection = database.getConnection();
                    var update =
                            connection.prepareStatement("update restriction set lifted_at = now() where request_id ="
                                    + " (select id from rights_request where reference = ?)")) {
                update.setString(1, ada.reference);
                update.executeUpdate();
            }
        });
        assertEquals("23514", refused.getSQLState(), "the database holds that too");
        Browser officer = new Browser(portal, "en")
                .open("/login")
                .fill("username", "officer")
                .fill("password", "test")
                .press();
        officer.open("/cases/" + ada.reference + "/recipients").press("Tell the person that it ends");
        assertTrue(officer.text().contains("The person was told that it ends on"), officer.text());
        assertTrue(String.join("\n", ada.letters()).contains("before that day"));
        Officer.FIRST.does(ada, "POST", "/restriction/end", Map.of()).then().statusCode(409);
    }

    private boolean lifted(Ada ada, LocalDate on) {
        return QuarkusTransaction.requiringNew()
                .call(() -> restrictions.lift(requests.get(new Reference(ada.reference)), Actor.system("test"), on));
    }
}
