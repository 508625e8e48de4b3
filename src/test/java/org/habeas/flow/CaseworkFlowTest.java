package org.habeas.flow;

import static org.hamcrest.Matchers.hasItem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusMock;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.habeas.testing.Bookshop;
import org.habeas.testing.Browser;
import org.habeas.words.Words;
import org.junit.jupiter.api.Test;

/** What keeps an officer inside the law: the clock on its hard days, letters that are whole, and four eyes. */
@QuarkusTest
@TestProfile(FlowProfile.class)
class CaseworkFlowTest {
    private static final ZoneId OSLO = ZoneId.of("Europe/Oslo");

    @TestHTTPResource("/")
    String portal;

    @Inject
    AgroalDataSource database;

    @Test
    void aRefusalInNynorskHasEveryRequiredPart() {
        Ada ada = Ada.asks("access", Bookshop.ADA, Map.of("language", "nn"))
                .provesHerAddress()
                .sees("review");
        Map<String, Object> refusal = new HashMap<>(
                Map.of("outcome", "refuse", "ground", "popplyl-16-d", "text", "Låna er omfatta av teieplikt."));
        for (String part : List.of("ground", "text")) {
            Map<String, Object> lacking = new HashMap<>(refusal);
            lacking.remove(part);
            Officer.FIRST
                    .does(ada, "POST", "/decision", lacking)
                    .then()
                    .statusCode(422)
                    .body("violations.field", hasItem(part));
        }
        Officer.FIRST.does(ada, "POST", "/decision", refusal).then().statusCode(200);
        assertEquals("approval", ada.state(), "nothing is sent before another officer agrees");
        Officer.SECOND.approves(ada, null).then().statusCode(200);
        ada.sees("closed");
        String letter = ada.mailbox.saying("Låna er omfatta av teieplikt.").text();
        Map<String, String> required = Map.of(
                "what was asked", "ein kopi av opplysningane om deg (GDPR artikkel 15)",
                "which request", ada.reference,
                "that it is refused", "Det gjer vi ikkje.",
                "the ground", "Lovfesta teieplikt",
                "its statute", "personopplysningsloven § 16 første ledd bokstav d",
                "why it applies here", "Låna er omfatta av teieplikt.",
                "the right to complain", "kan du klage til tilsynsmyndigheita",
                "to the authority with its address",
                        "Datatilsynet, Postboks 458 Sentrum, 0105 Oslo, https://www.datatilsynet.no",
                "the right to go to court", "Du kan òg bringe saka inn for domstolane.",
                "who writes", "Strandgata 3, 6763 Hornindal");
        required.forEach((what, words) -> assertTrue(letter.contains(words), "it lacks " + what + ":\n" + letter));
        assertTrue(String.join("\n", ada.letters()).contains(required.get("its statute")), "on her page too");
        assertFalse(letter.contains("paragraph") || letter.contains("Article"), "no English in it:\n" + letter);
    }

    @Test
    void aLetterThatWasEditedGoesOutWholeOrNotAtAll() {
        Ada ada = Ada.asks("access", Bookshop.ADA, Map.of("language", "nn"))
                .provesHerAddress()
                .sees("review");
        Officer.FIRST
                .does(
                        ada,
                        "POST",
                        "/decision",
                        Map.of("outcome", "refuse", "ground", "art-15-4", "text", "Låna fortel om andre."))
                .then()
                .statusCode(200);
        String letter = Officer.FIRST.reads(ada, "/letter").getString("letter");
        Map<String, String> parts = Map.of(
                "letter_lacks_what", ada.reference,
                "letter_lacks_ground", "artikkel 15(4)",
                "letter_lacks_why", "Låna fortel om andre.",
                "letter_lacks_authority", "Postboks 458 Sentrum, 0105 Oslo",
                "letter_lacks_court", "domstol");
        Words english = Words.of("en");
        parts.forEach((lacks, part) -> Officer.FIRST
                .does(ada, "PUT", "/letter", Map.of("letter", letter.replace(part, "")))
                .then()
                .statusCode(422)
                .body("violations.message", hasItem(english.say(lacks))));
        Browser second = signedIn("officer2").open("/cases/" + ada.reference + "/decision");
        assertTrue(signedIn("officer2")
                .open("/cases/" + ada.reference + "/letter")
                .text()
                .contains("Låna fortel"));
        Officer.SECOND
                .does(ada, "PUT", "/letter", Map.of("letter", letter))
                .then()
                .statusCode(409);
        Browser own = signedIn("officer").open("/cases/" + ada.reference + "/letter");
        own.fill("letter", letter.replace("Hei,", "God dag, Ada!").replace("domstol", "dommar"))
                .press();
        assertEquals(422, own.status());
        own.fill("letter", letter.replace("Hei,", "God dag, Ada!")).press();
        assertTrue(own.text().contains("The letter is kept."), own.text());
        second.press("Approve");
        assertEquals(409, second.status(), "she had read another letter");
        second.open("/cases/" + ada.reference + "/decision").press("Approve");
        ada.sees("closed");
        String sent = ada.mailbox.saying("God dag, Ada!").text();
        parts.values().forEach(part -> assertTrue(sent.contains(part), part + " is missing in\n" + sent));
        Officer.FIRST
                .does(ada, "PUT", "/letter", Map.of("letter", letter))
                .then()
                .statusCode(409);
    }

    private Browser signedIn(String account) {
        return new Browser(portal, "en")
                .open("/login")
                .fill("username", account)
                .fill("password", "test")
                .press();
    }

    @Test
    void anExtensionIsRefusedOnTheFirstDayOfTheSecondMonth() {
        on("2026-01-12");
        String late = registered("2026-01-12", "late@example.org");
        String inTime = registered("2026-01-12", "in-time@example.org");
        assertEquals("2026-02-12", reads(late).getString("due"));
        on("2026-02-12");
        extend(inTime, 200);
        assertEquals("2026-04-13", reads(inTime).getString("extended_to"), "12 April is a Sunday");
        on("2026-02-13");
        extend(late, 409);
        assertEquals(null, reads(late).getString("extended_to"));
        assertEquals(-1, reads(late).getInt("days_left"));
        assertTrue(new Browser(portal, "en")
                .open("/login")
                .fill("username", "officer")
                .fill("password", "test")
                .press()
                .open("/cases/" + late)
                .page()
                .select("form[action$='/extension']")
                .isEmpty());
    }

    @Test
    void aPauseMovesADeadlineOverEaster() {
        on("2026-02-27");
        String reference = registered("2026-02-27", "easter@example.org");
        assertEquals("2026-03-27", reads(reference).getString("due"));
        on("2026-03-02");
        Officer.FIRST
                .call("POST", "/api/v1/cases/" + reference + "/pauses", Map.of("reason", "Who is it?"))
                .then()
                .statusCode(200);
        on("2026-03-08");
        Officer.FIRST
                .call("DELETE", "/api/v1/cases/" + reference + "/pauses/current", null)
                .then()
                .statusCode(200);
        JsonPath read = reads(reference);
        assertEquals("2026-04-07", read.getString("due"), "Tuesday after Easter");
        String why = String.join("\n", read.getList("why", String.class));
        for (String reason : List.of(
                "1 month from Friday 27 February 2026",
                "stood still for 6 days: Thursday 2 April 2026",
                "Maundy Thursday",
                "Good Friday",
                "Saturday 4 April",
                "Easter")) {
            assertTrue(why.contains(reason), reason + " is missing in\n" + why);
        }
    }

    @Test
    void anOfficerCannotApproveHerOwnDecisionByPageByApiOrBySql() throws SQLException {
        Ada ada = Ada.asks("objection", Bookshop.BEA).provesHerAddress().sees("review");
        Officer.FIRST
                .does(
                        ada,
                        "POST",
                        "/decision",
                        Map.of("outcome", "refuse", "ground", "not-held", "text", "We have nothing."))
                .then()
                .statusCode(200);
        Browser own = new Browser(portal, "en")
                .open("/login")
                .fill("username", "officer")
                .fill("password", "test")
                .press();
        own.open("/cases/" + ada.reference + "/decision");
        assertFalse(own.has("form[action$='/approval']"), "no button on her page");
        Browser other = new Browser(portal, "en")
                .open("/login")
                .fill("username", "officer2")
                .fill("password", "test")
                .press();
        other.open("/cases/" + ada.reference + "/decision");
        assertTrue(other.has("form[action$='/approval']"), "but on the other's");
        // she sends the form of the page all the same
        own.borrow(other, "form[action$='/approval']").press();
        assertEquals(409, own.status());
        Officer.FIRST.approves(ada, null).then().statusCode(409);
        String closed = "update rights_request set state = 'CLOSED', outcome = 'REFUSED', closed_at = now()";
        for (String attempt : List.of(
                "insert into approval (id, decision_id, officer, approved_at, expires_at) select gen_random_uuid(),"
                        + " decision_id, 'officer', now(), now() + interval '1 day' from rights_request where reference = ?",
                "update rights_request set approver = 'officer' where reference = ?",
                closed + " where reference = ?",
                closed + ", approver = 'officer' where reference = ?",
                closed + ", approver = 'officer2' where reference = ?")) {
            assertEquals(
                    "23514",
                    assertThrows(SQLException.class, () -> execute(attempt, ada.reference), attempt)
                            .getSQLState());
        }
        assertEquals("approval", ada.state());
        Officer.SECOND.approves(ada, null).then().statusCode(200);
        ada.sees("closed");
    }

    /** Moves the portal's clock to the morning of this day, until the end of the test. */
    private static void on(String day) {
        Instant morning =
                LocalDate.parse(day).atTime(LocalTime.of(9, 0)).atZone(OSLO).toInstant();
        QuarkusMock.installMockForType(Clock.fixed(morning, OSLO), Clock.class);
    }

    private static String registered(String day, String email) {
        return Officer.FIRST
                .call(
                        "POST",
                        "/api/v1/cases",
                        Map.of(
                                "right",
                                "access",
                                "identifiers",
                                Map.of("email", email),
                                "channel",
                                "post",
                                "received_at",
                                day))
                .then()
                .statusCode(201)
                .extract()
                .path("reference");
    }

    private static void extend(String reference, int expected) {
        Officer.FIRST
                .call(
                        "POST",
                        "/api/v1/cases/" + reference + "/extension",
                        Map.of("reason", "Nine systems", "months", 2))
                .then()
                .statusCode(expected);
    }

    private static JsonPath reads(String reference) {
        return Officer.FIRST.reads("/api/v1/cases/" + reference);
    }

    private void execute(String sql, String reference) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.prepareStatement(sql)) {
            statement.setString(1, reference);
            statement.executeUpdate();
        }
    }
}
