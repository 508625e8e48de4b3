package org.habeas.flow;

import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.List;
import java.util.Map;
import org.habeas.testing.Bookshop;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rights that an officer answers by hand, refusals, and what goes wrong. */
@QuarkusTest
@TestProfile(FlowProfile.class)
class AnswerFlowTest {
    @ParameterizedTest
    @ValueSource(strings = {"restriction", "objection", "withdrawal", "human-review"})
    void anOfficerAnswers(String right) {
        Ada ada = Ada.asks(right, Bookshop.ADA, Map.of("message", "No more letters about crime, please."))
                .provesHerAddress()
                .sees("review");
        Officer.FIRST
                .does(ada, "POST", "/decision", Map.of("outcome", "fulfil", "text", "We stop at once."))
                .then()
                .statusCode(200);
        ada.sees("closed");
        assertEquals("fulfilled", ada.status().getString("outcome"));
        ada.mailbox.saying("We stop at once.");
    }

    @org.junit.jupiter.api.Test
    void portabilityGivesAPackage() {
        Ada ada = Ada.asks("portability", Bookshop.ADA).provesHerAddress().sees("review");
        Officer.FIRST.fulfils(ada, null);
        ada.sees("closed");
        assertTrue(ada.downloads().containsKey("data.json"));
    }

    @Test
    void aRefusalNamesGroundAuthorityAndCourtAndNeedsTwo() {
        Ada ada = Ada.asks("objection", Bookshop.ADA, Map.of("language", "nn"))
                .provesHerAddress()
                .sees("review");
        Officer.FIRST
                .does(
                        ada,
                        "POST",
                        "/decision",
                        Map.of("outcome", "refuse", "ground", "art-12-5-unfounded", "text", "Same question."))
                .then()
                .statusCode(200);
        ada.sees("approval");
        Officer.SECOND.approves(ada, null).then().statusCode(200);
        ada.sees("closed");
        assertEquals("refused", ada.status().getString("outcome"));
        String letter = ada.mailbox.saying("Same question.").text();
        for (String part : List.of("12", "Datatilsynet", "Postboks 458 Sentrum", "domstol")) {
            assertTrue(letter.contains(part), part + " in " + letter);
        }
    }

    @Test
    void nothingGoesToAnAddressBeforeItIsProvenButTheCode() {
        Ada stranger =
                Ada.asks("access", "stranger@example.org", Map.of("name", "Buy now", "message", "http://evil.example"));
        Mailbox.Mail mail = stranger.mailbox.saying("");
        assertTrue(!mail.text().contains("Buy now") && !mail.text().contains("evil"), mail.text());
        assertEquals(1, stranger.mailbox.mails().size());
    }

    @Test
    void wrongCodesLockAfterFive() {
        Ada ada = Ada.asks("access", "locked@example.org");
        ada.mailbox.codeAfter(0);
        for (int i = 0; i < 5; i++) {
            ada.call("POST", "/verification", Map.of("code", "000000")).then().statusCode(422);
        }
        ada.call("POST", "/verification", Map.of("code", "000000")).then().statusCode(429);
        assertEquals("unverified", ada.state());
    }

    @Test
    void aForeignReferenceIsNotFound() {
        Ada ada = Ada.asks("access", "one@example.org");
        Ada other = Ada.asks("access", "two@example.org");
        ada.call("GET", "/../" + other.reference, null).then().statusCode(404);
    }

    @Test
    void theHistoryTellsItWithoutNames() {
        Ada ada = Ada.asks("objection", Bookshop.ADA).provesHerAddress().sees("review");
        String csv =
                Officer.AUDITOR.call("GET", "/api/v1/history?format=csv", null).asString();
        assertTrue(
                csv.startsWith(
                        "reference,right,organisation,channel,received_at,verified_at,due,extended_to,closed_at,outcome,"
                                + "ground,days_open,officer,approver,systems_searched,rows_found,rows_changed,rows_erased,rows_retained"));
        assertTrue(csv.contains(ada.reference));
        assertTrue(!csv.contains("@") && !csv.contains("Ada"));
        Officer.FIRST
                .call("GET", "/api/v1/history", null)
                .then()
                .statusCode(403)
                .body("status", equalTo(403));
    }
}
