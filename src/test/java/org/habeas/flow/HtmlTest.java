package org.habeas.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.habeas.testing.Bookshop;
import org.habeas.testing.Browser;
import org.habeas.testing.NuChecker;
import org.junit.jupiter.api.Test;

/** Every page, people's and staff's, and the summary in the package are valid HTML by the Nu HTML Checker. */
@QuarkusTest
@TestProfile(FlowProfile.class)
class HtmlTest {
    @TestHTTPResource("/")
    String portal;

    @Test
    void peoplesPagesAreValid() {
        Browser person = new Browser(portal, "nb").checked();
        for (String path : List.of(
                "/",
                "/erasure",
                "/complaint",
                "/accessibility",
                "/treatment",
                "/policy",
                "/login",
                "/status",
                "/nothing",
                "/request?right=correction&lang=nn",
                "/request?step=whom",
                "/cancellation/none")) {
            person.open(path);
        }
        person.open("/status").press();
        person.open("/request").press();
        person.fill("right", "correction").press().fill("email", "nobody").press();
        person.fill("email", "html@example.org").press();
        person.fill("to", "Bergen").press();
        person.fill("field", "city").fill("to", "Bergen <b>").press("Lagre og legg til en til");
        person.open("/request?step=whom")
                .fill("relation", "parent")
                .fill("whom_name", "Nora")
                .press();
        person.open("/request?step=details").press().press();
        String reference = person.text("#reference");
        person.fill("code", "12").press();
        person.fill("code", new Mailbox("html@example.org").codeAfter(0)).press();
        person.fill("text", "Hei <b>").press("Send");
        for (String path : List.of("", "/mandate", "/withdrawal")) {
            person.open("/request/" + reference + path);
        }
        Browser stranger = new Browser(portal, "en").checked().open("/request/" + reference);
        stranger.press();
        assertEquals(List.of(), person.mistakes());
        assertEquals(List.of(), stranger.mistakes());
        assertTrue(person.seen().size() > 20, person.seen().toString());
    }

    @Test
    void staffsPagesAndTheSummaryAreValid() throws IOException {
        Ada copy = Ada.asks("access", Bookshop.ADA, Map.of("language", "nb"))
                .provesHerAddress()
                .sees("review");
        Ada erased = Ada.asks("erasure", Bookshop.ADA).provesHerAddress().sees("review");
        Browser officer = new Browser(portal, "en").checked().open("/login");
        officer.fill("username", "officer").fill("password", "test").press();
        for (String path : List.of(
                "/cases",
                "/cases/new",
                "/cases/" + copy.reference,
                "/cases/" + copy.reference + "/findings/library/loan",
                "/cases/" + copy.reference + "/messages",
                "/cases/" + copy.reference + "/notes",
                "/cases/" + copy.reference + "/decision",
                "/cases/" + erased.reference + "/plan",
                "/cases/" + erased.reference + "/decision",
                "/holds",
                "/retention",
                "/statistics")) {
            officer.open(path);
            assertEquals(200, officer.status(), path);
        }
        Browser admin = staff("admin", "/systems", "/outbox", "/retention");
        admin.open("/systems").press("Test");
        assertEquals(200, admin.status());
        assertTrue(admin.path().startsWith("/systems"), admin.path());
        Browser auditor = staff("auditor", "/history", "/statistics");
        Officer.FIRST.fulfils(copy, null);
        copy.sees("closed");
        assertEquals(List.of(), officer.mistakes());
        assertEquals(List.of(), admin.mistakes());
        assertEquals(List.of(), auditor.mistakes());
        byte[] summary = copy.downloads().get("summary.html");
        assertEquals(List.of(), NuChecker.mistakes(summary));
        Files.write(Files.createDirectories(Path.of("target", "pictures")).resolve("summary.html"), summary);
        erased.withdraws();
    }

    private Browser staff(String account, String... paths) {
        Browser browser = new Browser(portal, "nn").checked().open("/login");
        browser.fill("username", account).fill("password", "test").press();
        for (String path : paths) {
            browser.open(path);
        }
        return browser;
    }
}
