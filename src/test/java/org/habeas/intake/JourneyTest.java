package org.habeas.intake;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.matchesPattern;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusMock;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.habeas.identity.SentCodes;
import org.habeas.limit.Limits;
import org.habeas.limit.Puzzles;
import org.habeas.limit.Rate;
import org.habeas.testing.Browser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The person's pages, without JavaScript. */
@QuarkusTest
class JourneyTest {
    @TestHTTPResource("/")
    String portal;

    @Inject
    SentCodes codes;

    @Inject
    Gate gate;

    @Inject
    Limits limits;

    @Inject
    Puzzles puzzles;

    @ParameterizedTest
    @CsvSource({
        "en, access, We are looking for your data|We are preparing your answer",
        "nb, erasure, Vi leter etter opplysningene dine|Vi forbereder svaret til deg",
        "nn, correction, Vi leitar etter opplysningane dine|Vi førebur svaret til deg"
    })
    void aPersonAsksProvesAndFollows(String language, String right, String heading) {
        Browser ada = asked(language, right, "ada." + right + "@example.org");
        assertTrue(ada.path().endsWith("/receipt"), ada.path());
        String reference = ada.text("#reference");
        String passphrase = ada.text("#passphrase");
        assertTrue(passphrase.matches("([0-9A-Z]{4}-){6}[0-9A-Z]{4}"), passphrase);

        ada.fill("code", "12").press();
        assertEquals(422, ada.status());
        assertTrue(ada.has("#problems a[href=#code]"), ada.text());
        ada.fill("code", codes.last(reference)).press();
        assertEquals("/request/" + reference, ada.path());
        assertTrue(ada.heading().matches(heading), ada.heading());

        Browser elsewhere = new Browser(portal, language).open("/request/" + reference);
        elsewhere.fill("passphrase", "wrong").press();
        assertEquals(422, elsewhere.status());
        elsewhere.fill("passphrase", passphrase.toLowerCase()).press();
        assertTrue(elsewhere.heading().matches(heading), elsewhere.heading());
        elsewhere.open("/status").fill("reference", reference.toLowerCase()).fill("passphrase", passphrase);
        assertTrue(elsewhere.press().heading().matches(heading), elsewhere.heading());
        assertEquals("no-store", elsewhere.header("Cache-Control"));
    }

    @Test
    void backAndReloadNeitherLoseNorDouble() {
        Browser ada = new Browser(portal, "en")
                .open("/request")
                .fill("right", "access")
                .press();
        ada.fill("email", "ada.back@example.org").press();
        assertEquals(
                "ada.back@example.org",
                ada.open("/request?step=contact").page().select("#email").val());
        assertTrue(ada.open("/request").has("input[value=access][checked]"));
        assertTrue(ada.open("/request?step=check").text().contains("ada.back@example.org"));
        assertTrue(ada.open("/request?step=check&lang=nn").text().contains("Sjå over svara dine"));

        ada.open("/request?step=check").press();
        String reference = ada.text("#reference");
        assertEquals(reference, ada.open("/request/" + reference + "/receipt").text("#reference"));
        assertEquals(
                "What would you like us to do?", ada.open("/request?step=check").heading());
    }

    @Test
    void theSameFormTwiceIsOneRequest() throws Exception {
        Browser ada = new Browser(portal, "en")
                .open("/request")
                .fill("right", "access")
                .press();
        ada.fill("email", "ada.twice@example.org").press().press();
        Browser same = ada.twin();
        var other = new Thread(same::press);
        other.start();
        ada.press();
        other.join();
        assertEquals(ada.text("#reference"), same.text("#reference"));
        assertEquals(ada.text("#passphrase"), same.text("#passphrase"));
    }

    @Test
    void whatIsWrongIsToldWhereItIs() {
        Browser ada = new Browser(portal, "en").open("/request").press();
        assertEquals(422, ada.status());
        assertTrue(ada.page().title().startsWith("Error:"), ada.page().title());
        assertEquals("Choose what you would like us to do.", ada.text("#problems li"));
        ada.fill("right", "correction").press().fill("email", "nobody").press();
        assertEquals(422, ada.status());
        assertEquals("nobody", ada.page().select("#email").val());
        assertTrue(ada.has("#email[aria-invalid=true][aria-describedby~=email-error]"));
        ada.fill("email", "ada.wrong@example.org").press();
        assertEquals("What is wrong?", ada.heading());
        ada.fill("to", "Bergen").press();
        assertTrue(ada.has("#problems a[href=#field]"), ada.text());
    }

    @Test
    void severalCorrectionsAreNamedOneAtATime() {
        Browser ada =
                new Browser(portal, "en").open("/request?right=correction").press();
        ada.fill("email", "ada.corrects@example.org").press();
        ada.fill("field", "city").fill("from", "Oslo").fill("to", "Bergen").press("Save and add another");
        ada.fill("field", "city").fill("to", "Voss <b>").press();
        ada.open("/request?step=check");
        assertTrue(ada.text().contains("Oslo Bergen") && ada.text().contains("Voss <b>"), ada.text());
        ada.open("/request?step=corrections").press("Remove");
        assertFalse(ada.open("/request?step=check").text("main").contains("Oslo"));
    }

    @Test
    void aPersonWritesAndWithdraws() throws IOException {
        Browser ada = asked("en", "objection", "ada.withdraws@example.org");
        String reference = ada.text("#reference");
        ada.fill("code", codes.last(reference)).press();
        ada.fill("text", "Hello <script>alert(1)</script>").press("Send");
        assertTrue(ada.text().contains("Hello <script>"), ada.text());
        ada.fill("text", " ").press("Send");
        assertEquals(422, ada.status());
        ada.open("/request/" + reference);
        ada.follow("Get your case as a PDF");
        assertEquals("application/pdf", ada.header("Content-Type"));
        assertTrue(ada.header("Content-Disposition").startsWith("attachment"), ada.header("Content-Disposition"));
        assertTrue(pdf(ada.body()).contains("Hello <script>alert(1)</script>"), pdf(ada.body()));
        assertEquals(
                "/request/" + reference,
                new Browser(portal, "en")
                        .open("/request/" + reference + "/case")
                        .path());
        ada.open("/request/" + reference).follow("Withdraw this request").press();
        assertEquals("You have withdrawn your request", ada.heading());
        ada.press("Close this page on this computer");
        assertTrue(ada.open("/request/" + reference).has("[name=passphrase]"));
    }

    @Test
    void anUnknownRequestLooksLikeAnyOther() {
        Browser stranger = new Browser(portal, "en").open("/request/H-0000-0000-00");
        assertEquals(200, stranger.status());
        assertEquals(422, stranger.fill("passphrase", "x").press().status());
        assertEquals(404, stranger.open("/request/nonsense").status());
    }

    @Test
    void aFormOfAnotherSiteCountsForNothing() {
        Browser ada = new Browser(portal, "en").open("/request").fill("right", "access");
        ada.page().select("[name=_csrf]").forEach(token -> token.val("forged"));
        assertEquals(400, ada.press().status());
        assertNotEquals("", ada.heading());
    }

    @Test
    void whoAsksTooOftenIsToldWhenToComeAgainAndNoHeaderHelps() {
        Rate once = new Rate(1, Duration.ofHours(1).plusMillis((long) (Math.random() * 1e6)));
        QuarkusMock.installMockForInstance(new Gate(limits, puzzles, once, Rate.parse("100000/PT1H")), gate);
        var body = Map.of("right", "access", "identifiers", Map.of("email", "often@example.org"));
        given().contentType("application/json")
                .body(body)
                .post("/api/v1/requests")
                .then()
                .statusCode(202);
        given().contentType("application/json")
                .header("X-Forwarded-For", "203.0.113.9")
                .header("Forwarded", "for=203.0.113.9")
                .body(body)
                .post("/api/v1/requests")
                .then()
                .statusCode(429)
                .contentType("application/problem+json")
                .header("Retry-After", matchesPattern("[1-9]\\d*"));
        Browser ada = new Browser(portal, "en")
                .open("/request")
                .fill("right", "access")
                .press();
        ada.fill("email", "often@example.org").press().press().press();
        assertEquals(429, ada.status());
        assertTrue(ada.header("Retry-After").matches("[1-9]\\d*"), ada.header("Retry-After"));
        assertEquals("Too many tries", ada.heading());
    }

    private static String pdf(byte[] file) throws IOException {
        try (PDDocument document = Loader.loadPDF(file)) {
            return new PDFTextStripper().getText(document);
        }
    }

    private Browser asked(String language, String right, String email) {
        Browser person = new Browser(portal, language)
                .open("/request")
                .fill("right", right)
                .press();
        person.fill("email", email).press();
        while (!person.has("#reference")) {
            assertEquals(200, person.status(), person.text());
            person.press();
        }
        return person;
    }
}
