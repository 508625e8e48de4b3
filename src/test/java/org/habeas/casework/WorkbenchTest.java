package org.habeas.casework;

import static org.habeas.casework.Desk.body;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.habeas.casework.Desk.Case;
import org.habeas.testing.Browser;
import org.junit.jupiter.api.Test;

/** What an officer has on her bench beside the single case: letters with several wishes, links, words, views, checklists. */
@QuarkusTest
class WorkbenchTest {
    @Inject
    Desk desk;

    @Inject
    io.agroal.api.AgroalDataSource database;

    @TestHTTPResource("/")
    String portal;

    @Test
    void severalWishesOfOneLetterBecomeCasesWithAClockEach() {
        JsonPath made = letter(body(
                "rights",
                List.of("access", "correction", "objection", "access"),
                "identifiers",
                Map.of("email", "three@example.org"),
                "corrections",
                List.of(Map.of("field", "city", "from", "Oslo", "to", "Bergen")),
                "channel",
                "post",
                "received_at",
                "2026-11-02"));
        List<String> references = made.getList("cases.reference");
        assertEquals(List.of("access", "correction", "objection"), made.getList("cases.right"));
        assertEquals(references.get(0), made.getString("reference"));
        for (String reference : references) {
            JsonPath read = reads(reference);
            assertEquals("2026-12-02", read.getString("due"));
            assertEquals(List.of("letter", "letter"), read.getList("related.link"));
        }
        assertEquals(1, reads(references.get(1)).getList("corrections").size());
        assertEquals(0, reads(references.get(2)).getList("corrections").size());
        // each goes its own way
        desk.call("officer", "POST", "/api/v1/cases/" + references.get(0) + "/pauses", body("reason", "Who?"))
                .statusCode(200);
        assertEquals(0, reads(references.get(1)).getList("pauses").size());
        for (String reference : references) {
            desk.known(reference, made.getString("passphrase"))
                    .person("GET", "", null)
                    .statusCode(200);
        }
        desk.call(
                        "officer",
                        "POST",
                        "/api/v1/cases",
                        body("rights", List.of("access", "flight"), "channel", "post", "name", "Ada"))
                .statusCode(422)
                .body("violations.field", hasItem("right"));
    }

    @Test
    void somebodyWithoutAnEmailAddressIsRegisteredByName() {
        desk.call("officer", "POST", "/api/v1/cases", body("right", "objection", "channel", "telephone"))
                .statusCode(422)
                .body("violations.field", contains("identifiers.email"));
        JsonPath made = letter(body("right", "objection", "channel", "telephone", "name", "Gudrun Fjell"));
        Case gudrun = desk.known(made.getString("reference"), made.getString("passphrase"));
        gudrun.by("officer", "GET", "", null)
                .body("name", equalTo("Gudrun Fjell"))
                .body("identifiers", hasSize(0));
        gudrun.person("POST", "/codes", null).statusCode(409);
        gudrun.by("officer", "POST", "/verification", body("method", "call-back"))
                .statusCode(200);
        gudrun.searched();
        gudrun.by("officer", "POST", "/decision", body("outcome", "fulfil", "text", "We stop."))
                .statusCode(200);
        assertEquals("closed", gudrun.state());
        gudrun.person("GET", "", null).body("messages.text", hasItem(org.hamcrest.Matchers.containsString("We stop.")));
        Browser officer = signedIn("officer").open("/cases/" + gudrun.reference() + "/messages");
        assertTrue(officer.text().contains("send them by post"), officer.text());
    }

    @Test
    void aDuplicateStaysLinkedToTheCaseThatAnswersIt() {
        Case first = desk.asked("access", "twice@example.org").inReview();
        Case second = desk.asked("access", "twice@example.org").inReview();
        String of = "?of=" + first.reference();
        second.by("officer", "POST", "/duplicate?of=" + second.reference(), null)
                .statusCode(409);
        Browser officer = signedIn("officer").open("/cases/" + second.reference());
        officer.press("Close this one and answer in " + first.reference());
        assertTrue(officer.text().contains("Closed as a duplicate"), officer.text());
        second.by("officer", "GET", "", null)
                .body("outcome", equalTo("duplicate"))
                .body("related.find { it.reference == '" + first.reference() + "' }.link", equalTo("duplicate"));
        first.by("officer", "GET", "", null)
                .body("related.find { it.reference == '" + second.reference() + "' }.link", equalTo("duplicate"));
        first.by("officer", "POST", "/duplicate?of=" + second.reference(), null).statusCode(409);
        second.by("officer", "POST", "/duplicate" + of, null).statusCode(409);
    }

    @Test
    void aCaseIsFoundByWordsOfItsLettersAndNotes() {
        String rare = "w" + UUID.randomUUID().toString().replace("-", "");
        Case ada = desk.asked("access", "words@example.org").inReview();
        ada.person("POST", "/messages", body("text", "My cat is called " + rare + ", and she bit the POSTMAN."))
                .statusCode(201);
        ada.by("officer2", "POST", "/notes", body("text", "An unusual-" + rare + "x animal"))
                .statusCode(201);
        Case other = desk.asked("access", "words@example.org").inReview();
        other.person("POST", "/messages", body("text", rare + " again")).statusCode(201);
        assertEquals(List.of(ada.reference(), other.reference()), found(rare));
        assertEquals(List.of(ada.reference()), found(rare.toUpperCase() + " postman"));
        assertEquals(List.of(ada.reference()), found(rare + "x unusual"));
        assertEquals(List.of(), found(rare + " dog"));
        assertEquals(List.of(), found("\"%_"));
    }

    @Test
    void viewsAreKeptByOfficerAndListsAreNarrowed() {
        JsonPath kept = desk.call(
                        "officer",
                        "POST",
                        "/api/v1/views",
                        body(
                                "name",
                                "My access cases",
                                "query",
                                "/cases?right=access&state=active&sort=-due&said=x&evil=1"))
                .statusCode(201)
                .extract()
                .jsonPath();
        assertEquals("right=access&state=active&sort=-due", kept.getString("query"));
        desk.call("officer2", "GET", "/api/v1/views", null).body("items.name", not(hasItem("My access cases")));
        desk.call("officer2", "DELETE", "/api/v1/views/" + kept.getString("id"), null)
                .statusCode(404);
        desk.call("officer", "POST", "/api/v1/views", body("name", "All", "query", ""))
                .statusCode(422);
        Browser officer = signedIn("officer").open("/cases").follow("My access cases");
        assertTrue(officer.has("a[aria-current]:contains(My access cases)"));
        officer.press("Drop My access cases");
        desk.call("officer", "GET", "/api/v1/views", null).body("items.name", not(hasItem("My access cases")));
        for (String wrong : List.of("within=soon", "within=-1", "waiting=nobody")) {
            desk.call("officer", "GET", "/api/v1/cases?" + wrong, null).statusCode(422);
        }
    }

    @Test
    void whatWaitsForWhomDependsOnWhoDecided() {
        Case ada = desk.asked("objection", "waits@example.org").inReview();
        ada.by("officer", "POST", "/decision", body("outcome", "refuse", "ground", "not-held", "text", "No."))
                .statusCode(200);
        assertTrue(waiting("officer2", "me").contains(ada.reference()));
        assertTrue(!waiting("officer", "me").contains(ada.reference()));
        assertTrue(waiting("officer", "others").contains(ada.reference()));
        assertTrue(!waiting("officer2", "others").contains(ada.reference()));
        Case asked = desk.asked("objection", "waits@example.org").inReview();
        asked.by("officer", "POST", "/messages", body("text", "What?", "awaits_answer", true))
                .statusCode(201);
        assertTrue(waiting("officer2", "others").contains(asked.reference()));
    }

    @Test
    void manyCasesAreGivenAwayFromTheList() {
        Case one = desk.asked("portability", "bulk@example.org").inReview();
        Browser officer = signedIn("officer").open("/cases?q=bulk@example.org");
        officer.fill("assignee", "officer2").fill("reference", one.reference()).press("Give");
        assertTrue(officer.text().contains("Done."), officer.text());
        one.by("officer", "GET", "", null).body("assignee", equalTo("officer2"));
    }

    @Test
    void whatIsCalledUnfoundedMustHaveBeenChecked() {
        Case ada = desk.asked("objection", "unfounded@example.org").inReview();
        Map<String, Object> refusal = body(
                "outcome", "refuse", "ground", "art-12-5-unfounded", "text", "Nothing at all.", "checklist", List.of());
        ada.by("officer", "POST", "/decision", refusal).statusCode(422).body("violations.field", contains("checklist"));
        Browser officer = signedIn("officer").open("/cases/" + ada.reference() + "/decision");
        officer.fill("outcome", "refuse")
                .fill("ground", "art-12-5-unfounded")
                .fill("text", "Nothing.")
                .press("Decide");
        assertEquals(422, officer.status());
        assertTrue(officer.text().contains("Check everything under the ground"), officer.text());
        refusal.put("checklist", List.of("no-basis", "not-motive", "asked-first", "documented"));
        ada.by("officer", "POST", "/decision", refusal)
                .statusCode(200)
                .body("decision.checklist", hasItem("asked-first"));
        Browser second = signedIn("officer2").open("/cases/" + ada.reference() + "/decision");
        assertTrue(second.text().contains("The person was asked what she means"), second.text());
        desk.call("officer", "GET", "/api/v1/grounds?right=access&outcome=refuse", null)
                .body("items.find { it.code == 'art-12-5-excessive' }.checklist", hasSize(4));
    }

    @Test
    void aLetterGoesOnPaper() {
        Case ada = desk.asked("access", "paper@example.org").inReview();
        Browser officer = signedIn("officer").open("/cases/" + ada.reference() + "/messages");
        officer.follow("For printing");
        assertEquals(200, officer.status());
        assertTrue(officer.text().contains(ada.reference()), officer.text());
        assertEquals(
                404, officer.open("/cases/" + ada.reference() + "/messages/99").status());
        assertEquals(
                404, officer.open("/cases/" + ada.reference() + "/messages/x").status());
    }

    @Test
    void whoeverApprovesHasToCheckWhatNobodyHas() {
        Case ada = desk.asked("objection", "unchecked@example.org").inReview();
        ada.by("officer", "POST", "/decision", body("outcome", "refuse", "ground", "art-12-5-unfounded", "text", "No."))
                .statusCode(200)
                .body("decision.checklist", hasSize(0));
        Browser second = signedIn("officer2").open("/cases/" + ada.reference() + "/decision");
        assertTrue(second.text().contains("The one who decided has checked nothing of this"), second.text());
        second.press("Approve");
        assertEquals(422, second.status());
        assertTrue(second.text().contains("Check all of it"), second.text());
        ada.by("officer2", "POST", "/approval", body("approve", true, "checklist", List.of("no-basis")))
                .statusCode(422)
                .body("violations.field", contains("checklist"));
        List<String> all = List.of("no-basis", "not-motive", "asked-first", "documented");
        ada.by("officer2", "POST", "/approval", body("approve", true, "checklist", all))
                .statusCode(200)
                .body("outcome", equalTo("refused"))
                .body("decision.checklist", hasSize(4));
    }

    @Test
    void aFeeIsAskedByTwoOfficersAndTheCaseWaitsForIt() throws SQLException {
        Case ada = desk.asked("objection", "fee@example.org").inReview();
        for (String wrong : List.of("0", "-1", "1.234", "1e3", "", "NaN", "9999999999")) {
            ada.by("officer", "POST", "/fee", fee("amount", wrong))
                    .statusCode(422)
                    .body("violations.field", contains("amount"));
        }
        ada.by("officer", "POST", "/fee", fee("currency", "kr"))
                .statusCode(422)
                .body("violations.field", contains("currency"));
        ada.by("officer", "POST", "/fee", fee("ground", "art-15-3-copies"))
                .statusCode(422)
                .body("violations.field", contains("ground"));
        ada.by("officer", "POST", "/fee", fee("checklist", List.of("repeated")))
                .statusCode(422)
                .body("violations.field", contains("checklist"));
        ada.by("officer", "POST", "/fee", fee("reason", " ")).statusCode(422);
        ada.by("officer", "POST", "/fee", fee("amount", "450,5"))
                .statusCode(200)
                .body("fee.officer", equalTo("officer"));
        ada.by("officer", "POST", "/fee", fee("amount", "1")).statusCode(409);
        ada.by("officer", "POST", "/fee/approval", body("approve", true)).statusCode(409);
        ada.by("officer", "POST", "/fee/payment", null).statusCode(409);
        ada.by("officer", "POST", "/decision", body("outcome", "fulfil")).statusCode(409);
        assertThrows(
                SQLException.class,
                () -> update("update fee set approver = 'officer', asked_at = now() where request_id ="
                        + " (select id from rights_request where reference = '" + ada.reference() + "')"));
        Browser second = signedIn("officer2").open("/cases/" + ada.reference() + "/fee");
        assertTrue(second.text().contains("The earlier requests for the same are named"), second.text());
        second.press("Approve, and ask the person");
        assertTrue(second.text().contains("The person is asked for the fee"), second.text());
        ada.by("officer", "GET", "", null)
                .body("state", equalTo("waiting"))
                .body("fee.approver", equalTo("officer2"))
                .body("messages.text", hasItem(org.hamcrest.Matchers.containsString("NOK\u00a0450.50")));
        ada.person("GET", "", null).body("timeline.what", hasItem("We asked you for a fee. The letter says why."));
        ada.person("POST", "/messages", body("text", "I will not pay")).statusCode(201);
        ada.searched()
                .by("officer", "POST", "/decision", body("outcome", "fulfil"))
                .statusCode(409);
        second.press("It is paid");
        ada.searched()
                .by("officer", "POST", "/decision", body("outcome", "fulfil"))
                .statusCode(200);
        ada.by("officer", "DELETE", "/fee", null).statusCode(409);
    }

    private static Map<String, Object> fee(String field, Object value) {
        Map<String, Object> fee = body(
                "amount",
                "100.00",
                "currency",
                "NOK",
                "ground",
                "art-12-5-excessive",
                "checklist",
                List.of("repeated", "nothing-new", "not-effort", "documented"),
                "reason",
                "The tenth time this week: an hour of work.");
        fee.put(field, value);
        return fee;
    }

    private void update(String sql) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    private JsonPath letter(Map<String, Object> body) {
        return desk.call("officer", "POST", "/api/v1/cases", body)
                .statusCode(201)
                .extract()
                .jsonPath();
    }

    private JsonPath reads(String reference) {
        return desk.call("officer", "GET", "/api/v1/cases/" + reference, null)
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private List<String> found(String words) {
        return io.restassured.RestAssured.given()
                .auth()
                .preemptive()
                .basic("officer", "test")
                .queryParam("q", words)
                .queryParam("sort", "received_at")
                .get("/api/v1/cases")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getList("items.reference");
    }

    private List<String> waiting(String officer, String whom) {
        return desk.call(officer, "GET", "/api/v1/cases?limit=200&sort=-received_at&waiting=" + whom, null)
                .statusCode(200)
                .extract()
                .jsonPath()
                .getList("items.reference");
    }

    private Browser signedIn(String account) {
        return new Browser(portal, "en")
                .open("/login")
                .fill("username", account)
                .fill("password", "test")
                .press();
    }
}
