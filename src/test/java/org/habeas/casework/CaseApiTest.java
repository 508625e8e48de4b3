package org.habeas.casework;

import static org.habeas.casework.Desk.body;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.habeas.actor.Actor;
import org.habeas.casework.Desk.Case;
import org.habeas.request.PastRequests;
import org.habeas.request.Reference;
import org.habeas.request.Requests;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The officer's side of the contract (section 6), as far as it needs no search. */
@QuarkusTest
class CaseApiTest {
    private static final LocalDate TODAY = LocalDate.now(ZoneId.of("Europe/Oslo"));

    @Inject
    Desk desk;

    @Inject
    Requests requests;

    @Inject
    PastRequests past;

    @Test
    void aCaseIsReadWhole() {
        Case ada = desk.asked("access", "whole@example.org").inReview();
        ada.by("officer", "GET", "", null)
                .statusCode(200)
                .body("reference", equalTo(ada.reference()))
                .body("right", equalTo("access"))
                .body("state", equalTo("review"))
                .body("identifiers.kind", contains("email", "customer_number"))
                .body("identifiers.proven", contains(true, false))
                .body("verification.method", equalTo("code"))
                .body("verification.enough", equalTo(true))
                .body("extension", nullValue())
                .body("decision", nullValue())
                .body("held", equalTo(false))
                .body("days_left", notNullValue())
                .body("timeline.event", hasItem("request.opened"));
        desk.call("officer", "GET", "/api/v1/cases/H-0000-0000-00", null).statusCode(404);
        desk.call("officer", "GET", "/api/v1/cases/nonsense", null).statusCode(404);
    }

    @Test
    void oneOfficerHasItUnlessAnotherTakesItOver() {
        Case ada = desk.asked("access", "assigned@example.org");
        ada.by("officer", "PUT", "/assignee", body("assignee", "officer"))
                .statusCode(200)
                .body("assignee", equalTo("officer"));
        ada.by("officer2", "PUT", "/assignee", body("assignee", "officer2")).statusCode(409);
        ada.by("officer2", "PUT", "/assignee", body("assignee", "officer2", "take_over", true))
                .statusCode(200)
                .body("assignee", equalTo("officer2"));
        ada.by("officer2", "PUT", "/assignee", body("assignee", "auditor", "take_over", true))
                .statusCode(422)
                .body("violations.field", contains("assignee"));
        ada.by("officer2", "PUT", "/assignee", body("assignee", "nobody-of-ours"))
                .statusCode(422);
        ada.by("officer", "PUT", "/assignee", body()).statusCode(422).body("violations.field", contains("assignee"));
        ada.by("officer2", "DELETE", "/assignee", null).statusCode(200).body("assignee", nullValue());
    }

    @Test
    void manyCasesAreGivenToAnOfficerAllOrNone() {
        Case one = desk.asked("access", "many@example.org");
        Case two = desk.asked("access", "many@example.org");
        List<String> both = List.of(one.reference(), two.reference());
        String path = "/api/v1/cases/assignee";
        desk.call("officer", "PUT", path, body("references", both, "assignee", "officer"))
                .statusCode(200)
                .body("cases", equalTo(2));
        two.by("officer", "DELETE", "/assignee", null);
        desk.call("officer2", "PUT", path, body("references", both, "assignee", "officer2"))
                .statusCode(409);
        two.by("officer", "GET", "", null).body("assignee", nullValue());
        desk.call("officer", "PUT", path, body("references", List.of("x"), "assignee", "officer"))
                .statusCode(404);
        desk.call("officer", "PUT", path, body("assignee", "officer")).statusCode(422);
    }

    @Test
    void anOfficerConfirmsWhoAsks() {
        Case ada = desk.asked("access", "confirmed@example.org");
        ada.by("officer", "POST", "/verification", body("method", "crystal-ball"))
                .statusCode(422)
                .body("violations.field", contains("method"));
        ada.by("officer", "POST", "/verification", body("method", "code")).statusCode(422);
        ada.by("officer", "POST", "/verification", body("method", "in-person", "note", "Came to the desk"))
                .statusCode(200)
                .body("identifiers.proven", everyItem(equalTo(true)))
                .body("verification.assurance", equalTo("officer"))
                .body("notes.text", contains("Came to the desk"));
        ada.person("GET", "", null).body("timeline", hasSize(org.hamcrest.Matchers.greaterThan(1)));
    }

    @Test
    void theClockIsExtendedAndPausedWithReasons() {
        Case ada = desk.asked("access", "clock@example.org");
        String due = ada.by("officer", "GET", "", null).extract().path("due");
        ada.by("officer", "POST", "/extension", body("months", 2)).statusCode(422);
        ada.by("officer", "POST", "/extension", body("months", 3, "reason", "many systems"))
                .statusCode(422)
                .body("violations.field", contains("months"));
        ada.by("officer", "POST", "/extension", body("months", 2, "reason", "many systems"))
                .statusCode(200)
                .body("due", equalTo(due))
                .body("extension.reason", equalTo("many systems"))
                .body("extended_to", notNullValue());
        ada.by("officer", "POST", "/extension", body("months", 1, "reason", "again"))
                .statusCode(409);
        ada.by("officer", "DELETE", "/pauses/current", null).statusCode(409);
        ada.by("officer", "POST", "/pauses", body("reason", "Who is it?"))
                .statusCode(200)
                .body("pauses.reason", contains("Who is it?"));
        ada.by("officer", "POST", "/pauses", body("reason", "Again")).statusCode(409);
        ada.by("officer", "DELETE", "/pauses/current", null)
                .statusCode(200)
                .body("pauses[0].to", equalTo(TODAY.toString()));
    }

    @Test
    void anExtensionComesTooLateAfterTheFirstPeriod() {
        Case late = registered(body("received_at", TODAY.minusMonths(2).toString()));
        late.by("officer", "POST", "/extension", body("months", 2, "reason", "late"))
                .statusCode(409);
    }

    @Test
    void messagesReachThePersonAndNotesDoNot() {
        Case ada = desk.asked("access", "words@example.org").inReview();
        ada.by("officer", "POST", "/notes", body("text", "A difficult one")).statusCode(201);
        ada.by("officer", "POST", "/messages", body("text", "Which year?", "awaits_answer", true))
                .statusCode(201);
        assertEquals("waiting", ada.state());
        ada.person("GET", "", null)
                .body("messages.text", hasItem("Which year?"))
                .body("messages.text", not(hasItem("A difficult one")));
        ada.person("POST", "/messages", body("text", "2025")).statusCode(201);
        assertEquals(true, java.util.Set.of("open", "review").contains(ada.state()));
        ada.by("officer", "POST", "/messages", body("text", "a\u0007b")).statusCode(422);
        ada.by("officer", "POST", "/notes", body()).statusCode(422);
    }

    @Test
    void aWishCarriedOutByPeopleIsAnsweredWithTheDecision() {
        Case ada = desk.asked("objection", "objects@example.org").inReview();
        ada.by("officer", "POST", "/decision", body("outcome", "perhaps")).statusCode(422);
        ada.by("officer", "POST", "/decision", body("outcome", "refuse"))
                .statusCode(422)
                .body("violations.field", contains("ground"));
        ada.by("officer", "POST", "/decision", body("outcome", "refuse", "ground", "art-17-3-b-x"))
                .statusCode(422);
        ada.by("officer", "POST", "/decision", body("outcome", "refuse", "ground", "art-12-5-unfounded"))
                .statusCode(422)
                .body("violations.field", contains("text"));
        ada.by("officer", "POST", "/decision", body("outcome", "fulfil", "text", "We stop."))
                .statusCode(200)
                .body("state", equalTo("closed"))
                .body("outcome", equalTo("fulfilled"))
                .body("decision.text", equalTo("We stop."));
        ada.by("officer", "POST", "/decision", body("outcome", "fulfil")).statusCode(409);
    }

    @Test
    void aRefusalNeedsAnotherOfficer() {
        Case ada = desk.asked("objection", "refused@example.org").inReview();
        ada.by(
                        "officer",
                        "POST",
                        "/decision",
                        body("outcome", "refuse", "ground", "art-12-5-unfounded", "text", "Asked before."))
                .statusCode(200);
        assertEquals("approval", ada.state());
        ada.by("officer", "POST", "/approval", body("approve", true)).statusCode(409);
        ada.by("officer", "POST", "/approval", body("approve", false)).statusCode(409);
        ada.by("officer2", "POST", "/approval", body()).statusCode(422);
        ada.by("officer2", "POST", "/approval", body("approve", false))
                .statusCode(200)
                .body("state", equalTo("review"));
        ada.by(
                        "officer",
                        "POST",
                        "/decision",
                        body("outcome", "refuse", "ground", "art-12-5-unfounded", "text", "Asked before."))
                .statusCode(200);
        ada.by("officer2", "POST", "/approval", body("approve", true))
                .statusCode(200)
                .body("outcome", equalTo("refused"))
                .body("approval.officer", equalTo("officer2"));
    }

    @Test
    void nothingIsDecidedBeforeTheSearchIsOverUnlessNobodyCanBeIdentified() {
        Case ada = desk.asked("objection", "unknown@example.org");
        ada.by("officer", "POST", "/decision", body("outcome", "fulfil")).statusCode(409);
        ada.by(
                        "officer",
                        "POST",
                        "/decision",
                        body("outcome", "refuse", "ground", "art-21-1-compelling", "text", "No."))
                .statusCode(409);
        ada.by("officer", "POST", "/decision", body("outcome", "refuse", "ground", "art-12-2", "text", "Who?"))
                .statusCode(200);
        ada.by("officer2", "POST", "/approval", body("approve", true)).statusCode(200);
    }

    @Test
    void aForgottenCaseIsStillReadAndTakesNothingMore() {
        Case ada = desk.asked("objection", "forgotten@example.org").inReview();
        ada.by("officer", "POST", "/notes", body("text", "A note")).statusCode(201);
        ada.by("officer", "POST", "/decision", body("outcome", "fulfil", "text", "Yes."))
                .statusCode(200);
        var id = QuarkusTransaction.requiringNew()
                .call(() -> requests.read(new Reference(ada.reference())).id());
        past.forget(id, Actor.system("test"));
        ada.by("officer", "GET", "", null)
                .statusCode(200)
                .body("outcome", equalTo("fulfilled"))
                .body("messages", hasSize(0))
                .body("notes", hasSize(0))
                .body("identifiers", hasSize(0))
                .body("decision.text", nullValue());
        desk.call("officer", "GET", "/api/v1/cases?q=" + ada.reference(), null).body("items.person", contains("•••"));
        ada.by("officer", "POST", "/messages", body("text", "Hello")).statusCode(409);
        ada.by("officer", "POST", "/notes", body("text", "Hello")).statusCode(409);
        ada.person("GET", "", null).statusCode(200).body("messages", hasSize(0));
        ada.person("POST", "/messages", body("text", "Hello")).statusCode(409);
        ada.person("POST", "/codes", null).statusCode(409);
    }

    @Test
    void casesOfTheSamePersonAreLinkedOnceProven() {
        Case first = desk.asked("objection", "twice@example.org").proven();
        Case second = desk.asked("objection", "twice@example.org");
        second.by("officer", "GET", "", null).body("related", hasSize(0));
        second.proven();
        second.by("officer", "GET", "", null)
                .body("related.reference", contains(first.reference()))
                .body("related.duplicate", contains(true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"post", "telephone", "in-person", "email"})
    void whatCameByAnotherWayIsTypedIn(String channel) {
        registered(body("channel", channel, "received_at", TODAY.minusDays(3).toString()))
                .by("officer", "GET", "", null)
                .body("channel", equalTo(channel))
                .body("received_on", equalTo(TODAY.minusDays(3).toString()))
                .body("state", equalTo("unverified"));
    }

    @ParameterizedTest
    @CsvSource({
        "channel, portal, channel",
        "channel, pigeon, channel",
        "received_at, tomorrow, received_at",
        "received_at, 2126-01-01, received_at",
        "received_at, 1999-12-31, received_at",
        "received_at, 2026-02-30, received_at",
        "right, everything, right"
    })
    void whatCannotBeTypedInIsNamed(String field, String value, String violation) {
        Map<String, Object> body = filing();
        body.put(field, value);
        desk.call("officer", "POST", "/api/v1/cases", body)
                .statusCode(422)
                .body("violations.field", contains(violation));
    }

    @Test
    void groundsAreListedInTheReadersLanguage() {
        desk.call("officer", "GET", "/api/v1/grounds?right=erasure&outcome=fulfil", null)
                .statusCode(200)
                .body("items.code", hasItem("art-17-1"))
                .body("items.code", not(hasItem("art-17-3-b")))
                .body("items.citation[0]", notNullValue())
                .body("items.title[0]", notNullValue());
        desk.call("officer", "GET", "/api/v1/grounds?right=access&outcome=refuse", null)
                .body("items.code", hasItem("popplyl-16-a"));
        desk.call("officer", "GET", "/api/v1/grounds?right=x&outcome=refuse", null)
                .statusCode(422);
        desk.call("officer", "GET", "/api/v1/grounds?right=access&outcome=x", null)
                .statusCode(422);
        desk.call("officer", "GET", "/api/v1/grounds", null).statusCode(200);
    }

    private Case registered(Map<String, Object> more) {
        Map<String, Object> body = filing();
        body.putAll(more);
        String reference = desk.call("officer", "POST", "/api/v1/cases", body)
                .statusCode(201)
                .extract()
                .path("reference");
        return new Case(desk, reference, "");
    }

    private static Map<String, Object> filing() {
        return body("right", "access", "identifiers", Map.of("email", "letter@example.org"), "channel", "post");
    }
}
