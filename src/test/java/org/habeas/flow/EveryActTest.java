package org.habeas.flow;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.arc.ClientProxy;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.quarkus.test.security.TestSecurity;
import io.restassured.http.ContentType;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.habeas.actor.Actor;
import org.habeas.datamap.DataMap;
import org.habeas.datamap.SystemEntry;
import org.habeas.fulfilment.Answers;
import org.habeas.retention.OwnRecordsDue;
import org.habeas.testing.Bookshop;
import org.habeas.testing.TestDatabases;
import org.habeas.work.Timers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A walk over the whole API: every act, and whatever an auditor or an officer reads of people, leaves exactly one entry in
 * the name of who did it, and while that entry cannot be written it does not happen. What is to be walked comes from the
 * list of endpoints, which RolesTest compares with the running portal.
 */
@QuarkusTest
@TestProfile(FlowProfile.class)
class EveryActTest {
    private static final Actor OFFICER = Actor.officer("officer");
    private static final Actor SECOND = Actor.officer("officer2");
    private static final Actor ADMIN = new Actor(Actor.Kind.ADMIN, "admin");
    private static final Actor AUDITOR = new Actor(Actor.Kind.AUDITOR, "auditor");

    /** Forms that give the same command as a call of the API, which is walked. */
    private static final Set<String> SAME_COMMAND = Set.of(
            "POST /request",
            "POST /request/{reference}",
            "POST /request/{reference}/codes",
            "POST /request/{reference}/mandate",
            "POST /request/{reference}/messages",
            "POST /request/{reference}/package",
            "POST /request/{reference}/promise",
            "POST /request/{reference}/verification",
            "POST /request/{reference}/withdrawal",
            "POST /cases/new",
            "POST /cases/assignee",
            "POST /cases/{reference}/break-glass",
            "POST /cases/{reference}/duplicate",
            "POST /cases/{reference}/recipients/{id}/told",
            "POST /cases/{reference}/recipients/{id}/answer",
            "POST /cases/{reference}/restriction/end",
            "POST /cases/{reference}/answers",
            "POST /cases/{reference}/fee",
            "POST /cases/{reference}/fee/approval",
            "POST /cases/{reference}/fee/payment",
            "POST /cases/{reference}/fee/waiver",
            "POST /cases/{reference}/approval",
            "POST /cases/{reference}/assignee",
            "POST /cases/{reference}/decision",
            "POST /cases/{reference}/extension",
            "POST /cases/{reference}/letter",
            "POST /cases/{reference}/mandate",
            "POST /cases/{reference}/messages",
            "POST /cases/{reference}/notes",
            "POST /cases/{reference}/pauses",
            "POST /cases/{reference}/redactions",
            "POST /cases/{reference}/resumption",
            "POST /cases/{reference}/verification",
            "POST /cases/{reference}/waivers",
            "POST /disclosures",
            "POST /holds",
            "POST /holds/{id}/lift",
            "POST /policies/new",
            "POST /policies/{id}/approval",
            "POST /policies/{id}/discard",
            "POST /security/export",
            "POST /security/pseudonym",
            "POST /retention/runs",
            "POST /retention/runs/{id}/release",
            "POST /task/{token}/answer");

    /** Coming and going, and a code for an owner: nothing is done to a request or its data. */
    private static final Set<String> NO_ACT = Set.of(
            "POST /login",
            // a look at the queue that an officer keeps for herself
            "POST /api/v1/views",
            "DELETE /api/v1/views/{id}",
            "POST /cases/views",
            "POST /cases/views/{id}/removal",
            "POST /logout",
            "POST /status",
            "POST /request/{reference}/leave",
            "POST /mine/leave",
            "POST /task/{token}",
            "POST /task/{token}/codes",
            // the same whether anybody is known or not; that a link was sent is an entry (PolicyFlowTest)
            "POST /choice",
            // what systems ask before they take data in, by the thousand: yes or no
            "POST /api/v1/suppressions/check");

    @Inject
    WrittenDown written;

    @Inject
    Walk walk;

    @Inject
    Answers answers;

    @Inject
    DataMap map;

    @Inject
    Timers timers;

    @Inject
    Event<OwnRecordsDue> ownRecords;

    @BeforeEach
    void aLedgerThatCanBreak() {
        written.install();
    }

    @AfterEach
    void itIsMended() {
        written.remove();
    }

    @Test
    void everyActHasOneEntryAndDoesNotHappenWithoutIt() throws Exception {
        Walk.Someone ada = aPersonAsks();
        anOfficerWorks(ada);
        anErasureIsRefused();
        somebodyWantsToBeToldAgain();
        aRestrictionEnds();
        somebodyAsksForAnotherAndIsStopped();
        systemsAreLeftOutAndKeptByHand();
        holdsAndRuns();
        thePolicyChanges();
        anAdministratorLooks();
        anAuditorReads(ada.reference());
        Set<String> left = new TreeSet<>(WrittenDown.acts());
        left.removeAll(written.walked());
        left.removeAll(SAME_COMMAND);
        left.removeAll(NO_ACT);
        left.remove("GET /api/v1/outbox"); // 409 with a mail server; the page gives the same command
        left.remove("POST /api/v1/cases/{reference}/break-glass"); // below, with an address of her own
        // PolicyFlowTest counts their entries: it needs a policy that is published, and one cannot be taken back
        left.removeAll(Set.of("POST /api/v1/policies/{id}/approval", "POST /choice/{token}", "POST /api/v1/bounces"));
        assertEquals(Set.of(), left, "acts that nobody walked");
    }

    @Test
    @TestSecurity(user = "eve.officer@example.org", roles = "officer")
    void breakingTheGlassIsOneAct() {
        Walk.Someone eve = Walk.Someone.of(Walk.Someone.asks("access", "eve.officer@example.org"));
        written.act(
                "POST /api/v1/cases/{reference}/break-glass",
                Actor.officer("eve.officer@example.org"),
                "request.glass_broken",
                () -> given().contentType(ContentType.JSON)
                        .body(Map.of("reason", "nobody else is here"))
                        .post("/api/v1/cases/" + eve.reference() + "/break-glass"));
        eve.call("DELETE", "", Map.of()).then().statusCode(200);
    }

    @Test
    void whatThePortalDoesByItselfHasOneEntryToo() throws Exception {
        Walk.Someone nobody = Walk.Someone.of(Walk.Someone.asks("access", "forgetful@example.org"));
        String id = "(select id from rights_request where reference = '" + nobody.reference() + "')";
        written.alone("abandonment", "request.closed", nobody.reference(), () -> {
            written.execute("update identity_code set issued_at = now() - interval '1 year' where request_id = " + id
                    + "; update work_item set due_at = now(), attempts = 0 where kind = 'identity.abandon' and subject = "
                    + id + "::text");
            written.settled("identity.abandon", id);
        });
        written.alone(
                "own-records",
                "request.forgotten",
                nobody.reference(),
                () -> ownRecords.fire(new OwnRecordsDue(OwnRecordsDue.What.MESSAGES, Instant.EPOCH)));
        written.timer("outbox.OutboxJobs", "clear", "outbox", "outbox.cleared", null);
        written.execute("update rights_request set closed_at = '1990-01-01' where id = " + id);
        written.alone(
                "own-records",
                "request.removed",
                null,
                () -> ownRecords.fire(
                        new OwnRecordsDue(OwnRecordsDue.What.RECORDS, Instant.parse("1995-01-01T00:00:00Z"))));
    }

    private Walk.Someone aPersonAsks() {
        Walk.Someone ada = Walk.Someone.of(written.act(
                "POST /api/v1/requests",
                answer -> Walk.Someone.of(answer).actor(),
                "request.received",
                () -> {},
                () -> Walk.Someone.asks("access", Bookshop.ADA)));
        walk.person(ada, "POST", "/codes", "identity.code_issued", Map.of());
        walk.person(ada, "POST", "/messages", "request.message_sent", Map.of("text", "Please hurry"));
        walk.withCode(ada, "/verification", "request.opened");
        Walk.Someone other = Walk.Someone.of(Walk.Someone.asks("access", "other@example.org"));
        walk.person(other, "DELETE", "", "request.closed", Map.of());
        return ada;
    }

    private void anOfficerWorks(Walk.Someone ada) {
        walk.reaches(ada, "review");
        for (String part : List.of("", "/findings", "/findings/{system}/{collection}", "/plan", "/recipients")) {
            walk.officer("GET", ada, part, "case.read", null);
        }
        for (String page : List.of(
                "",
                "/decision",
                "/findings/{system}/{collection}",
                "/messages",
                "/notes",
                "/plan",
                "/recipients",
                "/preview",
                "/preview.zip",
                "/fee",
                "/break-glass")) {
            walk.page("GET", "officer", "/cases/{reference}" + page, OFFICER, "case.read", walk.names(ada));
        }
        walk.page(
                "GET",
                "officer",
                "/cases/{reference}/messages/{number}",
                OFFICER,
                "case.read",
                Map.of("reference", ada.reference(), "number", "1"));
        String row = Officer.FIRST
                .call("GET", "/api/v1/cases/" + ada.reference() + "/findings/library/reader", null)
                .path("items[0].row");
        walk.officer("PUT", ada, "/assignee", "request.assigned", Map.of("assignee", "officer"));
        walk.officer("DELETE", ada, "/assignee", "request.assigned", null);
        walk.staff(
                "PUT",
                "/api/v1/cases/assignee",
                OFFICER,
                "request.assigned",
                Map.of("references", List.of(ada.reference()), "assignee", "officer"));
        walk.officer("POST", ada, "/verification", "request.proven", Map.of("method", "in-person", "note", "seen"));
        walk.reaches(ada, "review");
        walk.officer("POST", ada, "/extension", "request.extended", Map.of("reason", "much to read"));
        walk.officer("POST", ada, "/pauses", "request.paused", Map.of("reason", "which year?"));
        walk.officer("DELETE", ada, "/pauses/current", "request.resumed", null);
        walk.officer("POST", ada, "/notes", "case.noted", Map.of("text", "a note"));
        walk.officer(
                "POST",
                ada,
                "/redactions",
                "findings.redacted",
                Map.of("system", "library", "collection", "reader", "row", row, "field", "city", "ground", "art-15-4"));
        walk.officer("POST", ada, "/messages", "request.message_sent", Map.of("text", "Which?", "awaits_answer", true));
        walk.person(ada, "POST", "/messages", "request.message_sent", Map.of("text", "All"));
        walk.reaches(ada, "review");
        aFeeIsAsked(ada);
        walk.officer("POST", ada, "/decision", "request.decided", Map.of("outcome", "fulfil"));
        walk.reaches(ada, "closed");
        walk.withCode(ada, "/package", "package.downloaded");
        written.execute("update answer_package set expires_at = now() where request_id = (select id from rights_request"
                + " where reference = '" + ada.reference() + "')");
        written.timer("delivery.PackageJobs", "expire", "delivery", "request.package_removed", ada.reference());
    }

    private void aFeeIsAsked(Walk.Someone ada) {
        Map<String, Object> fee =
                Map.of("amount", "450.00", "currency", "NOK", "ground", "art-15-3-copies", "reason", "a third copy");
        walk.officer("POST", ada, "/fee", "request.fee_proposed", fee);
        walk.officer("DELETE", ada, "/fee", "request.fee_waived", null);
        Officer.FIRST
                .call("POST", "/api/v1/cases/" + ada.reference() + "/fee", fee)
                .then()
                .statusCode(200);
        written.act(
                "POST /api/v1/cases/{reference}/fee/approval",
                SECOND,
                "request.fee_asked",
                () -> Officer.SECOND.call(
                        "POST", "/api/v1/cases/" + ada.reference() + "/fee/approval", Map.of("approve", true)));
        walk.officer("POST", ada, "/fee/payment", "request.fee_paid", null);
        walk.reaches(ada, "review");
    }

    private void anErasureIsRefused() {
        Walk.Someone bea = Walk.Someone.of(walk.staff(
                "POST",
                "/api/v1/cases",
                OFFICER,
                "request.received",
                Map.of("right", "erasure", "identifiers", Map.of("email", "refused@example.org"), "channel", "post")));
        walk.officer("POST", bea, "/verification", "request.opened", Map.of("method", "in-person"));
        walk.reaches(bea, "review");
        walk.officer(
                "POST",
                bea,
                "/decision",
                "request.decided",
                Map.of("outcome", "refuse", "ground", "art-12-5-excessive", "text", "Every day the same."));
        walk.officer("GET", bea, "/letter", "case.read", null);
        walk.page("GET", "officer", "/cases/{reference}/letter", OFFICER, "case.read", walk.names(bea));
        String letter = Officer.FIRST
                .call("GET", "/api/v1/cases/" + bea.reference() + "/letter", null)
                .path("letter");
        walk.officer("PUT", bea, "/letter", "decision.letter_edited", Map.of("letter", letter));
        written.act(
                "POST /api/v1/cases/{reference}/approval",
                SECOND,
                "request.approved",
                () -> Officer.SECOND.call(
                        "POST", "/api/v1/cases/" + bea.reference() + "/approval", Map.of("approve", true)));
        Walk.Someone twice = Walk.Someone.of(Walk.Someone.asks("access", "twice@example.org"));
        walk.officer("POST", twice, "/duplicate", "request.closed", Map.of());
        walk.staff("GET", "/api/v1/cases", OFFICER, "cases.listed", null);
        walk.page("GET", "officer", "/cases", OFFICER, "cases.listed", Map.of());
    }

    private void somebodyWantsToBeToldAgain() {
        Walk.Someone eva = Walk.Someone.of(Walk.Someone.asks("erasure", "again@example.org"));
        walk.withCode(eva, "/verification", "request.opened");
        walk.person(eva, "PUT", "/promise", "promise.made", Map.of());
        walk.person(eva, "DELETE", "/promise", "promise.taken_back", Map.of());
        eva.call("DELETE", "", Map.of()).then().statusCode(200);
    }

    private void aRestrictionEnds() {
        Walk.Someone ida = Walk.Someone.of(Walk.Someone.asks("restriction", Bookshop.ADA));
        walk.withCode(ida, "/verification", "request.opened");
        walk.reaches(ida, "review");
        Officer.FIRST
                .call("POST", "/api/v1/cases/" + ida.reference() + "/decision", Map.of("outcome", "fulfil"))
                .then()
                .statusCode(200);
        walk.reaches(ida, "closed");
        walk.officer("POST", ida, "/restriction/end", "request.restriction_ending", null);
        String notice = Officer.FIRST
                .call("GET", "/api/v1/cases/" + ida.reference() + "/recipients", null)
                .path("items[0].id");
        written.execute("update recipient_notice set told_at = null, told_by = null where id = '" + notice + "'");
        Map<String, String> names = Map.of("reference", ida.reference(), "id", notice);
        String path = "/api/v1/cases/{reference}/recipients/{id}";
        walk.call("POST", path + "/told", OFFICER, "recipient.told", null, names);
        walk.call("POST", path + "/answer", OFFICER, "recipient.answered", Map.of("answer", "done"), names);
    }

    private void somebodyAsksForAnotherAndIsStopped() {
        String library = System.getProperty("bookshop.library");
        TestDatabases.execute(library, "insert into reader values (530, 'walked@example.org', 'Dag Moe', 'Oslo', 1)");
        Walk.Someone agent = Walk.Someone.of(given().contentType(ContentType.JSON)
                .body(Map.of(
                        "right", "erasure",
                        "identifiers", Map.of("email", "walking.agent@example.org"),
                        "on_behalf_of", Map.of("relation", "agent", "name", "Dag", "email", "walked@example.org")))
                .post("/api/v1/requests"));
        walk.withCode(agent, "/verification", "request.opened");
        written.act(
                "POST /api/v1/requests/{reference}/mandate",
                new Actor(Actor.Kind.AGENT, agent.reference()),
                "mandate.sent",
                () -> given().header("Authorization", "Bearer " + agent.passphrase())
                        .contentType("application/pdf")
                        .body("%PDF-1.7".getBytes(StandardCharsets.US_ASCII))
                        .post("/api/v1/requests/" + agent.reference() + "/mandate"));
        walk.reaches(agent, "review");
        walk.officer("GET", agent, "/mandate", "case.read", null);
        walk.page("GET", "officer", "/cases/{reference}/mandate", OFFICER, "case.read", walk.names(agent));
        String file = Officer.FIRST
                .call("GET", "/api/v1/cases/" + agent.reference() + "/mandate", null)
                .path("files[0].id");
        walk.call(
                "GET",
                "/api/v1/cases/{reference}/mandate/files/{id}",
                OFFICER,
                "case.read",
                null,
                Map.of("reference", agent.reference(), "id", file));
        walk.officer("POST", agent, "/mandate", "mandate.accepted", Map.of("accept", true));
        Matcher link = Pattern.compile("/cancellation/([0-9A-Z]{32})")
                .matcher(new Mailbox("walked@example.org")
                        .saying("/cancellation/")
                        .text());
        assertTrue(link.find());
        walk.page(
                "POST",
                "officer",
                "/cancellation/{token}",
                Actor.person(agent.reference()),
                "cancellation.used",
                Map.of("token", link.group(1)));
        TestDatabases.execute(library, "delete from reader where id = 530");
    }

    private void holdsAndRuns() {
        String hold = walk.staff(
                        "POST",
                        "/api/v1/holds",
                        OFFICER,
                        "hold.placed",
                        Map.of(
                                "identifiers",
                                Map.of("email", "held@example.org"),
                                "reason",
                                "a lawsuit",
                                "review_on",
                                LocalDate.now(ZoneOffset.UTC).plusDays(90).toString()))
                .path("id");
        walk.staff("GET", "/api/v1/holds", OFFICER, "holds.listed", null);
        walk.page("GET", "officer", "/holds", OFFICER, "holds.listed", Map.of());
        walk.call("DELETE", "/api/v1/holds/{id}", OFFICER, "hold.lifted", null, Map.of("id", hold));
        String run = walk.staff(
                        "POST", "/api/v1/retention/runs", ADMIN, "retention.run_opened", Map.of("dry_run", true))
                .path("id");
        for (String how : List.of("/release", "/dismissal")) {
            written.quiet();
            written.execute("update retention_run set state = 'WAITING_FOR_APPROVAL', finished_at = null where id = '"
                    + run + "'");
            Map<String, String> names = Map.of("id", run);
            if (how.equals("/release")) {
                walk.call(
                        "POST",
                        "/api/v1/retention/runs/{id}" + how,
                        OFFICER,
                        "retention.run_released_by_first",
                        null,
                        names);
            } else {
                walk.page("POST", "officer", "/retention/runs/{id}" + how, OFFICER, "retention.run_dismissed", names);
            }
        }
    }

    private void thePolicyChanges() {
        Map<String, Object> version = Map.of(
                "use",
                "same",
                "valid_from",
                "1990-01-01",
                "texts",
                Map.of("en", Map.of("markdown", "# Policy")),
                "purposes",
                List.of("lending"));
        String id = walk.staff("POST", "/api/v1/policies", ADMIN, "policy.drafted", version)
                .path("id");
        Map<String, String> names = Map.of("id", id);
        walk.call("PUT", "/api/v1/policies/{id}", ADMIN, "policy.redrafted", version, names);
        walk.call("DELETE", "/api/v1/policies/{id}", ADMIN, "policy.discarded", null, names);
        walk.staff(
                "POST",
                "/api/v1/disclosures",
                OFFICER,
                "disclosure.recorded",
                Map.of(
                        "identifiers",
                        Map.of("email", "told@example.org"),
                        "recipient",
                        "The court",
                        "what",
                        "Loans",
                        "ground",
                        "Order 1",
                        "disclosed_on",
                        "2026-01-05"));
        walk.staff("GET", "/api/v1/disclosures", OFFICER, "disclosures.listed", null);
        walk.page("GET", "officer", "/disclosures", OFFICER, "disclosures.listed", Map.of());
        walk.staff(
                "POST",
                "/api/v1/choices/filter",
                ADMIN,
                "choices.filtered",
                Map.of("purpose", "lending", "identifiers", List.of("told@example.org")));
    }

    private void anAdministratorLooks() {
        Map<String, String> names = Map.of("name", "library");
        walk.call("POST", "/api/v1/systems/{name}/check", ADMIN, "systems.checked", null, names);
        walk.page("POST", "admin", "/systems/{name}/check", ADMIN, "systems.checked", names);
        walk.staff("GET", "/api/v1/data-map/drift", ADMIN, "systems.compared", null);
        walk.page("POST", "admin", "/systems/drift", ADMIN, "systems.compared", Map.of());
        walk.page("GET", "admin", "/outbox", ADMIN, "outbox.read", Map.of());
        walk.page("GET", "admin", "/security", ADMIN, "security.read", Map.of());
        walk.staff("GET", "/api/v1/security/events", ADMIN, "security.read", null);
        walk.staff("GET", "/api/v1/security/alarms", ADMIN, "security.read", null);
        walk.staff("POST", "/api/v1/security/pseudonyms", ADMIN, "security.looked-up", Map.of("value", "203.0.113.5"));
        walk.staff(
                "POST",
                "/api/v1/security/exports",
                ADMIN,
                "disclosure.recorded",
                Map.of("recipient", "The police", "ground", "Order 2", "disclosed_on", "2026-01-05"));
        String mail = written.text("select id from mail where state = 'sent' limit 1");
        written.execute("update mail set state = 'failed' where id = '" + mail + "'");
        walk.page("POST", "admin", "/outbox", ADMIN, "outbox.retried", Map.of("mail", mail));
    }

    private void anAuditorReads(String reference) {
        Map<String, String> names = Map.of("reference", reference);
        Map<String, String> reads = Map.of(
                "/api/v1/history", "history.exported",
                "/api/v1/audit/bundle", "history.bundle-read",
                "/api/v1/audit/checkpoint", "history.checkpoint-read",
                "/api/v1/audit/proof/{reference}", "history.proof-read",
                "/api/v1/statistics", "history.statistics-read",
                "/api/v1/statistics/csv", "history.statistics-read",
                "/api/v1/statistics/ccpa", "history.statistics-read");
        reads.forEach((path, event) -> walk.call("GET", path, AUDITOR, event, null, names));
        Map<String, String> pages = Map.of(
                "/history", "history.searched",
                "/history/cases", "history.exported",
                "/history/bundle", "history.bundle-read",
                "/history/checkpoint", "history.checkpoint-read",
                "/history/proof/{reference}", "history.proof-read",
                "/statistics", "history.statistics-read",
                "/statistics/csv", "history.statistics-read",
                "/statistics/california", "history.statistics-read");
        pages.forEach((path, event) -> walk.page("GET", "auditor", path, AUDITOR, event, names));
    }

    /** The bookshop has no system that fails, and none that somebody keeps by hand; for once it has. */
    private void systemsAreLeftOutAndKeptByHand() throws ReflectiveOperationException {
        Walk.Someone cas = Walk.Someone.of(Walk.Someone.asks("access", "cas@example.org"));
        walk.withCode(cas, "/verification", "request.opened");
        walk.reaches(cas, "review");
        String id = "(select id from rights_request where reference = '" + cas.reference() + "')";
        written.execute("update rights_request set state = 'OPEN' where id = " + id
                + "; update search_system set status = 'FAILED' where system = 'library' and request_id = " + id);
        walk.officer("POST", cas, "/findings/{system}/waiver", "search.waived", Map.of("reason", "it burnt down"));
        written.quiet();
        Field field = Answers.class.getDeclaredField("map");
        field.setAccessible(true);
        Object unproxied = ClientProxy.unwrap(answers);
        field.set(unproxied, keptByHand());
        try {
            written.execute("update rights_request set state = 'OPEN' where id = " + id
                    + "; update search_system set status = 'PENDING' where system = 'library' and request_id = " + id);
            walk.officer("POST", cas, "/findings/{system}/answer", "search.answered", Map.of("found", false));
            written.quiet();
            written.execute("update rights_request set state = 'EXECUTING' where id = " + id);
            walk.officer("POST", cas, "/findings/{system}/confirmation", "execution.confirmed", null);
            written.execute("delete from work_item where kind = 'execute' and subject = " + id
                    + "::text; update rights_request set state = 'REVIEW' where id = " + id);
        } finally {
            field.set(unproxied, map);
        }
        cas.call("DELETE", "", Map.of()).then().statusCode(200);
    }

    /** Timers whose acts were walked, and those of which each act is an entry by other tests or that only look. */
    private static final Set<String> TIMERS = Set.of(
            "delivery.expire",
            "outbox.clear",
            // runs: RunsTest; own records: above
            "retention.look",
            "retention.count",
            "retention.own-records",
            // a mail to officers, by the day
            "retention.holds",
            // what it claims is done by handlers, whose acts are those of a case
            "work.round",
            "work.set-right",
            // PolicyFlowTest: it forgets addresses with an entry
            "policy.forget",
            // the ledger itself, and what only looks or counts
            "audit.sequence",
            "audit.sign",
            "clock",
            "connector.drift",
            "limit.sweep",
            // SecurityEventsTest
            "security.keep",
            "security.forget",
            "notification.remind",
            "session.clear",
            "vault.write",
            "vault.rewrap",
            "vault.forget");

    @Test
    void everyTimerIsKnown() {
        assertEquals(new TreeSet<>(TIMERS), new TreeSet<>(timers.names()));
    }

    private DataMap keptByHand() {
        List<SystemEntry> systems = map.systems().stream()
                .map(s -> new SystemEntry(
                        s.name(),
                        s.title(),
                        SystemEntry.Kind.MANUAL,
                        s.url(),
                        s.username(),
                        s.password(),
                        s.schema(),
                        s.owner(),
                        s.location(),
                        s.recipients(),
                        s.source(),
                        s.tablesOf(),
                        s.settings(),
                        s.at()))
                .toList();
        return new DataMap(map.organisation(), systems, map.datasets(), map.rules());
    }
}
