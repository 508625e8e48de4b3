package org.habeas.flow;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.habeas.testing.Bookshop;
import org.habeas.testing.Browser;
import org.junit.jupiter.api.Test;

/** Somebody asks for another person: nothing is looked for or handed out before an officer has accepted her mandate. */
@QuarkusTest
@TestProfile(FlowProfile.class)
class MandateFlowTest {
    private static final byte[] PDF = "%PDF-1.7 I, Ada, let my daughter ask".getBytes(StandardCharsets.US_ASCII);

    @TestHTTPResource("/")
    String portal;

    @Test
    void anAgentGetsThePersonsDataAfterAnOfficerAcceptedTheMandate() {
        Ada agent = Ada.asks("access", "agent@example.org", Map.of("on_behalf_of", forAda()));
        Response early = sends(agent, PDF);
        assertEquals(409, early.statusCode(), early.asString());
        agent.provesHerAddress().sees("review");
        assertEquals(0, Officer.FIRST.reads(agent, "").getInt("figures.found"));
        fulfils(agent).then().statusCode(409);

        sends(agent, PDF).then().statusCode(201);
        String file = Officer.FIRST.reads(agent, "/mandate").getString("files[0].id");
        Officer.FIRST
                .does(agent, "GET", "/mandate/files/" + file, null)
                .then()
                .statusCode(200)
                .header("Content-Disposition", startsWith("attachment; filename=\"" + agent.reference))
                .header("X-Content-Type-Options", equalTo("nosniff"))
                .contentType("application/octet-stream");
        Officer.FIRST
                .does(agent, "POST", "/mandate", Map.of("accept", false))
                .then()
                .statusCode(422);
        Officer.FIRST
                .does(agent, "POST", "/mandate", Map.of("accept", false, "reason", "It is not signed."))
                .then()
                .statusCode(200)
                .body("state", equalTo("rejected"));
        agent.mailbox.saying("It is not signed.");
        fulfils(agent).then().statusCode(409);

        sends(agent, PDF).then().statusCode(201);
        Officer.FIRST
                .does(agent, "POST", "/mandate", Map.of("accept", true))
                .then()
                .statusCode(200);
        agent.sees("review");
        assertTrue(Officer.FIRST.found(agent, "library", "reader").toString().contains("Ada Strand"));
        fulfils(agent).then().statusCode(200);
        agent.sees("closed");
        assertTrue(Ada.text(agent.downloads().get("data.json")).contains("Ada Strand"));
    }

    @Test
    void onlyWhatMayBeSentIsTaken() throws IOException {
        Ada agent = Ada.asks("objection", "sender@example.org", Map.of("on_behalf_of", forAda()))
                .provesHerAddress();
        ByteArrayOutputStream archive = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(archive)) {
            zip.putNextEntry(new ZipEntry("a"));
        }
        ByteArrayOutputStream hidden = new ByteArrayOutputStream();
        hidden.write(PDF);
        hidden.write(archive.toByteArray());
        for (byte[] refused : new byte[][] {
            archive.toByteArray(),
            hidden.toByteArray(),
            "%PDF-1.7 /EmbeddedFile".getBytes(StandardCharsets.US_ASCII),
            "<html><script>".getBytes(StandardCharsets.US_ASCII),
            "MZ".getBytes(StandardCharsets.US_ASCII)
        }) {
            assertEquals(422, sends(agent, refused).statusCode());
        }
        assertEquals(413, sends(agent, Arrays.copyOf(PDF, 10 * 1024 * 1024 + 1)).statusCode());
        assertEquals(413, sends(agent, Arrays.copyOf(PDF, 21 * 1024 * 1024)).statusCode());
        for (int i = 0; i < 5; i++) {
            byte[] file = i == 0 ? Arrays.copyOf(PDF, 10 * 1024 * 1024) : PDF;
            assertEquals(201, sends(agent, file).statusCode());
        }
        assertEquals(422, sends(agent, PDF).statusCode());
        Ada ada = Ada.asks("objection", Bookshop.ADA).provesHerAddress();
        assertEquals(404, sends(ada, PDF).statusCode(), "she asks for herself");
    }

    @Test
    void anOfficerRegistersAndHasSeenItOnPaper() {
        var filing = Map.of(
                "right",
                "objection",
                "channel",
                "post",
                "identifiers",
                Map.of("email", "heir@example.org"),
                "on_behalf_of",
                Map.of("relation", "estate", "name", "Ada Strand", "email", Bookshop.ADA));
        String reference = Officer.FIRST
                .call("POST", "/api/v1/cases", filing)
                .then()
                .statusCode(201)
                .extract()
                .path("reference");
        Ada heir = Ada.holding("heir@example.org", reference, "");
        Officer.FIRST
                .does(heir, "POST", "/mandate", Map.of("accept", true))
                .then()
                .statusCode(422);
        Officer.FIRST
                .does(heir, "POST", "/mandate", Map.of("accept", true, "reason", "Probate certificate seen."))
                .then()
                .statusCode(200);
        for (int i = 0;
                i < 200 && !"review".equals(Officer.FIRST.reads(heir, "").getString("state"));
                i++) {
            Mailbox.pause();
        }
        assertTrue(Officer.FIRST.reads(heir, "").getInt("figures.found") > 0);
    }

    @Test
    void theFormAsksForWhom() {
        Browser parent = new Browser(portal, "en").open("/request?right=access").press();
        parent.follow("I am asking for somebody else");
        parent.fill("relation", "self").press();
        assertEquals(
                "How can we reach you?", parent.open("/request?step=contact").heading());
        parent.fill("email", "parent@example.org").press();
        parent.open("/request?step=whom").fill("relation", "parent").press();
        assertEquals(422, parent.status());
        assertTrue(parent.has("#problems a[href=#whom_name]"), parent.text());
        parent.fill("relation", "parent").fill("whom_name", "Nora").press();
        parent.fill("email", "parent@example.org").press().press();
        assertTrue(parent.text().contains("Nora") && parent.text().contains("For my child"), parent.text());
        parent.press();
        String reference = parent.text("#reference");
        parent.fill("code", new Mailbox("parent@example.org").codeAfter(0)).press();
        parent.follow("Send documents that show it");
        assertEquals("Show that you may ask", parent.heading());
        assertEquals("/request/" + reference + "/mandate", parent.path());
        parent.press();
        assertEquals(422, parent.status());
    }

    @Test
    void theFormTakesFilesAndSaysWhatIsWrongWithThem() {
        Ada agent = Ada.asks("objection", "form@example.org", Map.of("on_behalf_of", forAda()))
                .provesHerAddress();
        Browser page = new Browser(portal, "en").open("/request/" + agent.reference);
        page.fill("passphrase", agent.passphrase()).press();
        page.open("/request/" + agent.reference + "/mandate");
        page.attach("file", "mandate.pdf", "<html>".getBytes(StandardCharsets.US_ASCII));
        assertEquals(422, page.press().status());
        assertTrue(page.text("#file-error").contains("Send a PDF, PNG or JPEG"), page.text());
        page.attach("file", "mandate.pdf", Arrays.copyOf(PDF, 10 * 1024 * 1024 + 1));
        assertEquals(413, page.press().status());
        page.open("/request/" + agent.reference + "/mandate");
        page.page().select("[name=_csrf]").forEach(token -> token.val("forged"));
        assertEquals(400, page.attach("file", "mandate.pdf", PDF).press().status());
        page.open("/request/" + agent.reference + "/mandate");
        for (int i = 1; i <= 5; i++) {
            page.attach("file", "blåbær " + i + ".pdf", PDF).press();
            assertEquals(200, page.status(), i + page.text());
        }
        assertTrue(page.text().contains("blåbær 1.pdf") && page.text().contains("blåbær 5.pdf"), page.text());
        assertEquals(422, page.attach("file", "mandate.pdf", PDF).press().status());
        assertEquals("At most 5 files can be sent.", page.text("#problems li"));
        assertEquals(5, Officer.FIRST.reads(agent, "/mandate").getList("files").size());
        Browser stranger = new Browser(portal, "en").open("/request/" + agent.reference + "/mandate");
        assertTrue(stranger.has("[name=passphrase]"), stranger.text());
    }

    private static Map<String, String> forAda() {
        return Map.of("relation", "agent", "name", "Ada Strand", "email", Bookshop.ADA);
    }

    private static Response sends(Ada agent, byte[] bytes) {
        return given().header("Authorization", "Bearer " + agent.passphrase())
                .contentType("application/pdf")
                .body(bytes)
                .post("/api/v1/requests/" + agent.reference + "/mandate");
    }

    private static Response fulfils(Ada agent) {
        return Officer.FIRST.does(agent, "POST", "/decision", Map.of("outcome", "fulfil", "text", "Here it is."));
    }
}
