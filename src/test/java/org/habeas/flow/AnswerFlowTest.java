package org.habeas.flow;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.habeas.testing.Bookshop;
import org.habeas.testing.Browser;
import org.habeas.vault.Vault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rights that an officer answers by hand, refusals, and what goes wrong. */
@QuarkusTest
@TestProfile(FlowProfile.class)
class AnswerFlowTest {
    @TestHTTPResource("/")
    String portal;

    @Inject
    AgroalDataSource database;

    @Inject
    Vault vault;

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
    void whateverHappensBeforeItIsProvenIsToldOnThePageAlone() throws SQLException {
        String address = "silence@example.org";
        Ada stranger = Ada.asks("access", address);
        stranger.writes("Hello?").then().statusCode(201);
        Officer.FIRST
                .does(stranger, "POST", "/messages", Map.of("text", "Who are you?"))
                .then()
                .statusCode(201);
        stranger.withdraws().then().statusCode(200);
        assertTrue(stranger.letters().size() > 1, "there would be something to write");
        try (var connection = database.getConnection();
                var select = connection.prepareStatement("select count(*) from mail where to_hash = ?")) {
            select.setString(1, vault.keyedHash("mail", address));
            try (var row = select.executeQuery()) {
                row.next();
                assertEquals(1, row.getInt(1), "the code and nothing else");
            }
        }
    }

    /** Ada has read here for years and has asked before; of the other nobody has ever heard. */
    @Test
    void knownAndUnknownPeopleAreAnsweredAlike() {
        Ada.asks("access", Bookshop.ADA).provesHerAddress();
        assertEquals(Seen.of(portal, "abe@example.org"), Seen.of(portal, Bookshop.ADA));
    }

    /** What the portal lets a stranger see who asks for this address, without what is random in it. */
    private record Seen(String answer, String headers, String status, String receipt, String page, String mail) {
        static Seen of(String portal, String address) {
            int codes = new Mailbox(address).codesSoFar();
            var body = Map.of("right", "access", "identifiers", Map.of("email", address), "language", "en");
            Response asked = given().contentType("application/json").body(body).post("/api/v1/requests");
            Ada ada = Ada.holding(address, asked.path("reference"), asked.path("passphrase"));
            new Mailbox(address).codeAfter(codes);
            List<Mailbox.Mail> mails = new Mailbox(address).mails();
            Mailbox.Mail mail = mails.get(mails.size() - 1);
            Browser browser =
                    new Browser(portal, "en").open("/request?right=access").press();
            browser.fill("email", address).press().press().press();
            String receipt = browser.page().html();
            return new Seen(
                    same(asked.asString(), address),
                    asked.headers().asList().stream()
                            .filter(h -> !h.getName().equalsIgnoreCase("date"))
                            .map(h -> same(h.toString(), address))
                            .sorted()
                            .toList()
                            .toString(),
                    same(ada.call("GET", "", null).asString(), address),
                    same(receipt, address),
                    same(
                            browser.open("/request/" + browser.text("#reference"))
                                    .page()
                                    .html(),
                            address),
                    same(mail.subject() + "\n" + mail.text(), address));
        }

        private static String same(String text, String address) {
            return text.replace(address, "ADDRESS")
                    .replaceAll("([0-9A-Z]{4}-){6}[0-9A-Z]{4}", "PASSPHRASE")
                    .replaceAll("H-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{2}", "REFERENCE")
                    .replaceAll("\\b\\d{6}\\b", "CODE")
                    .replaceAll("(name=\"_csrf\" value=)\"[^\"]*\"", "$1")
                    .replaceAll("\\d\\d:\\d\\d(:\\d\\d[.\\d]*)?Z?", "TIME")
                    .replaceAll("(?i)((x-request-id|content-length)=).*", "$1");
        }
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
