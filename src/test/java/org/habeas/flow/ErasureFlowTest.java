package org.habeas.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import java.util.List;
import java.util.Map;
import org.habeas.testing.Bookshop;
import org.junit.jupiter.api.Test;

/** Article 17: Bea asks to be erased; what the Bookkeeping Act keeps stays, and she is told. */
@QuarkusTest
@TestProfile(FlowProfile.class)
class ErasureFlowTest {
    private static final String LIBRARY = System.getProperty("bookshop.library");
    private static final String ACCOUNTS = System.getProperty("bookshop.accounts");

    @Test
    void beaIsErasedExceptWhatTheLawKeepsAndNobodyElseIsTouched() {
        Ada bea = Ada.asks("erasure", Bookshop.BEA).provesHerAddress().sees("review");
        List<String> homes = Bookshop.rows(LIBRARY, "home");
        List<String> books = Bookshop.rows(LIBRARY, "book");
        List<String> readers = Bookshop.rows(LIBRARY, "reader").stream()
                .filter(r -> !r.contains("Bea"))
                .toList();

        JsonPath plan = Officer.FIRST.planOf(bea);
        assertEquals(List.of(), plan.getList("problems"));
        assertEquals("delete", plan.getString("items.find { it.collection == 'reader' }.action"));
        assertEquals("keep", plan.getString("items.find { it.collection == 'home' }.action"));
        Map<String, Object> invoice = plan.getMap("items.find { it.collection == 'Invoice' && it.action == 'keep' }");
        assertEquals("no-bookkeeping", invoice.get("rule"));
        assertEquals("2030-12-31", invoice.get("until"));
        assertEquals("Bookkeeping Act section 13", invoice.get("citation"));

        String digest = plan.getString("digest");
        assertEquals(
                422,
                Officer.FIRST
                        .does(
                                bea,
                                "POST",
                                "/decision",
                                Map.of("outcome", "fulfil", "plan", digest, "ground", "because"))
                        .statusCode());
        Officer.FIRST.fulfils(bea, "art-17-1");
        assertEquals(409, Officer.FIRST.approves(bea, digest).statusCode(), "never by the one who decided");
        assertEquals(409, Officer.SECOND.approves(bea, "another").statusCode(), "never another plan");
        Officer.SECOND.approves(bea, digest).then().statusCode(200);
        bea.sees("closed");

        assertEquals("fulfilled", bea.status().getString("outcome"));
        assertEquals(readers, Bookshop.rows(LIBRARY, "reader"));
        assertEquals(homes, Bookshop.rows(LIBRARY, "home"), "others live there");
        assertEquals(books, Bookshop.rows(LIBRARY, "book"));
        assertTrue(Bookshop.rows(LIBRARY, "loan").stream().noneMatch(l -> l.startsWith("(2,")));
        String kept = Bookshop.rows(ACCOUNTS, "\"Invoice\"").stream()
                .filter(r -> r.startsWith("(102,"))
                .findFirst()
                .orElseThrow();
        assertTrue(kept.endsWith("10.00,)"), "kept, without the note that no law keeps: " + kept);
        String letter = bea.mailbox.saying("Bookkeeping Act section 13").text();
        assertTrue(letter.contains("2030"), letter);
        assertTrue(String.join("\n", bea.letters()).contains("Bookkeeping Act section 13"));
    }

    @Test
    void aLegalHoldStopsTheDecision() {
        Ada cato = Ada.asks("erasure", "cato@example.org").provesHerAddress().sees("review");
        String hold = Officer.FIRST
                .call(
                        "POST",
                        "/api/v1/holds",
                        Map.of(
                                "identifiers",
                                Map.of("email", "cato@example.org"),
                                "reason",
                                "a lawsuit",
                                "review_on",
                                "2027-06-01"))
                .then()
                .statusCode(201)
                .extract()
                .jsonPath()
                .getString("id");
        String digest = Officer.FIRST.planOf(cato).getString("digest");
        Map<String, Object> decision =
                Map.of("outcome", "fulfil", "plan", digest, "ground", "art-17-1-a", "text", "Yes.");
        assertEquals(
                409, Officer.FIRST.does(cato, "POST", "/decision", decision).statusCode());
        assertFalse(Bookshop.rows(LIBRARY, "reader").stream().noneMatch(r -> r.contains("Cato")));
        Officer.FIRST
                .call("DELETE", "/api/v1/holds/" + hold, null)
                .then()
                .statusCode(org.hamcrest.Matchers.lessThan(300));
        assertEquals(
                200, Officer.FIRST.does(cato, "POST", "/decision", decision).statusCode());
        assertEquals(200, cato.withdraws().statusCode());
        assertEquals("withdrawn", cato.status().getString("outcome"));
    }
}
