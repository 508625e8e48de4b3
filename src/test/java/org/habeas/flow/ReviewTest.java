package org.habeas.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.habeas.testing.Bookshop;
import org.habeas.testing.Browser;
import org.habeas.testing.TestDatabases;
import org.junit.jupiter.api.Test;

/** What an officer cannot do with findings, plans and decisions, and what it says. */
@QuarkusTest
@TestProfile(FlowProfile.class)
class ReviewTest {
    @TestHTTPResource("/")
    String portal;

    @Test
    void findingsAreReadInPages() {
        Ada ada = Ada.asks("access", Bookshop.ADA).provesHerAddress().sees("review");
        JsonPath first = Officer.FIRST.reads(ada, "/findings/library/loan?limit=1");
        assertEquals(1, first.getList("items").size());
        JsonPath second = Officer.FIRST.reads(ada, "/findings/library/loan?limit=1&after=" + first.getString("next"));
        assertNotEquals(first.getString("items[0].row"), second.getString("items[0].row"));
        assertEquals(null, second.getString("next"));
        assertEquals(404, get(ada, "/findings/library/nothing"));
        assertEquals(404, get(ada, "/findings/nowhere/loan"));
        assertEquals(422, get(ada, "/findings/library/loan?limit=0"));
        assertEquals(422, get(ada, "/findings/library/loan?limit=201"));
        assertEquals(422, get(ada, "/findings/library/loan?after=nonsense"));
    }

    @Test
    void aRedactionNamesWhatIsThereOnAGroundThatTheLawKnows() {
        Ada ada = Ada.asks("access", Bookshop.ADA).provesHerAddress().sees("review");
        String row = Officer.FIRST.reads(ada, "/findings/library/reader").getString("items[0].row");
        Map<String, Object> good =
                Map.of("system", "library", "collection", "reader", "row", row, "field", "city", "ground", "art-15-4");
        for (String missing : List.of("system", "collection", "row", "ground")) {
            assertEquals(List.of(missing), fields(post(ada, "/redactions", without(good, missing))));
        }
        assertEquals(List.of("ground"), fields(post(ada, "/redactions", with(good, "ground", "because"))));
        assertEquals(List.of("ground"), fields(post(ada, "/redactions", with(good, "ground", "art-15-1"))));
        assertEquals(List.of("row"), fields(post(ada, "/redactions", with(good, "row", "nonsense"))));
        assertEquals(List.of("field"), fields(post(ada, "/redactions", with(good, "field", "shoe_size"))));
        assertEquals(
                404,
                post(ada, "/redactions", with(good, "collection", "nothing")).statusCode());
        assertEquals(201, post(ada, "/redactions", good).statusCode());
        assertEquals(201, post(ada, "/redactions", good).statusCode(), "twice is once");
        JsonPath shown = Officer.FIRST.reads(ada, "/findings/library/reader");
        assertEquals(List.of("city"), shown.getList("items[0].redacted"));
        assertEquals("Oslo".length() > 0, shown.getString("items[0].values.city") != null, "officers still see it");
        assertEquals(201, post(ada, "/redactions", without(good, "field")).statusCode());
        assertEquals(true, Officer.FIRST.reads(ada, "/findings/library/reader").getBoolean("items[0].hidden"));
        Officer.FIRST.fulfils(ada, null);
        assertEquals(409, post(ada, "/redactions", good).statusCode());
    }

    @Test
    void aPartOfATextIsHiddenAndThePreviewIsWhatThePersonGets() {
        Ada ada = Ada.asks("access", Bookshop.ADA).provesHerAddress().sees("review");
        String row = Officer.FIRST
                .reads(ada, "/findings/accounts/Invoice")
                .getString("items.find { it.values.note == 'likes crime' }.row");
        Map<String, Object> part = Map.of(
                "system",
                "accounts",
                "collection",
                "Invoice",
                "row",
                row,
                "field",
                "note",
                "part",
                "crime",
                "ground",
                "art-15-4");
        assertEquals(List.of("part"), fields(post(ada, "/redactions", with(part, "part", "Krimi"))));
        assertEquals(List.of("part"), fields(post(ada, "/redactions", with(part, "field", "id"))));
        assertEquals(List.of("part"), fields(post(ada, "/redactions", without(part, "field"))));
        assertEquals(201, post(ada, "/redactions", part).statusCode());
        assertEquals(201, post(ada, "/redactions", with(part, "part", "lik")).statusCode());
        JsonPath shown = Officer.FIRST.reads(ada, "/findings/accounts/Invoice");
        assertEquals(List.of("crime", "lik"), shown.getList("items.find { it.row == '" + row + "' }.parts.note"));
        Browser officer = new Browser(portal, "en")
                .open("/login")
                .fill("username", "officer")
                .fill("password", "test")
                .press()
                .open("/cases/" + ada.reference + "/preview");
        assertEquals(200, officer.status());
        assertTrue(officer.text().contains("█████es █████"), officer.text());
        assertFalse(officer.text().contains("crime"), officer.text());
        assertTrue(officer.header("Content-Security-Policy").contains("style-src 'unsafe-inline'"));
        officer.open("/cases/" + ada.reference + "/findings/accounts/Invoice");
        assertTrue(officer.text().contains("The person sees █████es █████"), officer.text());
        Map<String, byte[]> preview = Ada.unzipped(
                officer.open("/cases/" + ada.reference + "/preview.zip").body());
        Officer.FIRST.fulfils(ada, null);
        ada.sees("closed");
        Map<String, byte[]> handedOut = ada.downloads();

        assertEquals(preview.keySet(), handedOut.keySet());
        assertEquals(rows(preview), rows(handedOut), "the preview is what she got");
        assertTrue(Ada.text(handedOut.get("data.json")).contains("█████es █████"));
        assertFalse(Ada.text(handedOut.get("summary.html")).contains("crime"));
        Ada other = Ada.asks("objection", Bookshop.ADA).provesHerAddress().sees("review");
        assertEquals(409, officer.open("/cases/" + other.reference + "/preview").status());
    }

    private static Object rows(Map<String, byte[]> files) {
        return JsonPath.from(Ada.text(files.get("data.json"))).getMap("systems");
    }

    @Test
    void whatHasAnsweredIsNotWaivedAndAnswersForItself() {
        Ada ada = Ada.asks("access", Bookshop.ADA).provesHerAddress().sees("review");
        assertEquals(List.of("reason"), fields(post(ada, "/findings/library/waiver", Map.of())));
        assertEquals(
                409,
                post(ada, "/findings/library/waiver", Map.of("reason", "slow")).statusCode());
        assertEquals(
                404,
                post(ada, "/findings/nowhere/waiver", Map.of("reason", "slow")).statusCode());
        assertEquals(List.of("found"), fields(post(ada, "/findings/library/answer", Map.of())));
        assertEquals(List.of("collections"), fields(post(ada, "/findings/library/answer", Map.of("found", true))));
        assertEquals(
                409,
                post(ada, "/findings/library/answer", Map.of("found", false)).statusCode());
    }

    @Test
    void aDecisionOnAPlanNamesThatPlanAndNoOther() {
        Ada ada = Ada.asks(
                        "correction",
                        Bookshop.ADA,
                        Map.of("corrections", List.of(Map.of("field", "city", "to", "Tromsø"))))
                .provesHerAddress()
                .sees("review");
        assertEquals(List.of("plan"), fields(post(ada, "/decision", Map.of("outcome", "fulfil"))));
        assertEquals(
                409,
                post(ada, "/decision", Map.of("outcome", "fulfil", "plan", "x")).statusCode());
        String before = Officer.FIRST.planOf(ada).getString("digest");
        Officer.FIRST.fulfils(ada, null);
        TestDatabases.execute(
                System.getProperty("bookshop.library"),
                "update reader set city = 'Voss' where full_name = 'Ada Strand'");
        assertEquals(409, Officer.SECOND.approves(ada, before).statusCode(), "the data changed");
        Officer.SECOND
                .does(ada, "POST", "/approval", Map.of("approve", false))
                .then()
                .statusCode(200);
        assertNotEquals(before, Officer.FIRST.planOf(ada).getString("digest"));
        TestDatabases.execute(
                System.getProperty("bookshop.library"),
                "update reader set city = 'Oslo' where full_name = 'Ada Strand'");
        assertEquals(200, ada.withdraws().statusCode());
    }

    private static int get(Ada ada, String path) {
        return Officer.FIRST.does(ada, "GET", path, null).statusCode();
    }

    private static Response post(Ada ada, String path, Map<String, ?> body) {
        return Officer.FIRST.does(ada, "POST", path, body);
    }

    private static List<String> fields(Response response) {
        assertEquals(422, response.statusCode(), response.asString());
        return response.jsonPath().getList("violations.field");
    }

    private static Map<String, Object> without(Map<String, Object> body, String key) {
        Map<String, Object> less = new HashMap<>(body);
        less.remove(key);
        return less;
    }

    private static Map<String, Object> with(Map<String, Object> body, String key, String value) {
        Map<String, Object> other = new HashMap<>(body);
        other.put(key, value);
        return other;
    }
}
