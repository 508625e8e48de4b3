package org.habeas.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.options.ColorScheme;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.habeas.testing.Bookshop;
import org.habeas.testing.Chromium;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * The story in a real browser: from the request to the download, from the queue to the approval; on a wide screen with
 * scripts, and on a narrow dark one without. Every page is checked by axe on the way. With {@code -Dhabeas.pictures=true}
 * the README's pictures are taken.
 */
@QuarkusTest
@TestProfile(FlowProfile.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BrowserFlowTest {
    private static final boolean PICTURES = Boolean.getBoolean("habeas.pictures");

    @TestHTTPResource
    URL portal;

    private Chromium chromium;

    @BeforeAll
    void startBrowser() {
        chromium = Chromium.start();
    }

    @AfterAll
    void stopBrowser() {
        if (chromium != null) {
            chromium.close();
        }
    }

    @Test
    void fromTheRequestToTheDownload() throws Exception {
        Screen person = screen(
                new Browser.NewContextOptions().setViewportSize(1280, 900).setLocale("en-GB"));
        String reference = asks(person, "access", Bookshop.ADA, "en");
        Screen officer = screen(
                new Browser.NewContextOptions().setViewportSize(1280, 900).setLocale("en-GB"));
        officer.signsIn("officer");
        opensCase(officer, reference);
        for (String right : List.of("objection", "correction", "portability", "restriction")) {
            Ada.asks(right, Bookshop.BEA).provesHerAddress();
        }
        picture(officer, "queue", "/cases");
        officer.goes("/cases/" + reference + "/findings/library/loan");
        officer.goes("/cases/" + reference + "/decision");
        officer.page.check("[name=outcome][value=fulfil]");
        officer.page.fill("[name=text]", "Here it is.");
        officer.presses("main form:has([name=outcome]) button");
        awaitDownload(person, reference);
        picture(person, "status", "/request/" + reference);
        Mailbox mailbox = new Mailbox(Bookshop.ADA);
        int before = mailbox.codesSoFar();
        person.presses("form[action*='/codes'] button");
        person.page.fill("form[action*='/package'] [name=code]", mailbox.codeAfter(before));
        Download download = person.page.waitForDownload(() -> person.page.click("form[action*='/package'] button"));
        assertTrue(Files.size(download.path()) > 1000, "the package");
        person.close();
        officer.close();
    }

    @Test
    void fromTheQueueToTheApprovalOnANarrowScreenWithoutScripts() {
        Screen person = screen(new Browser.NewContextOptions()
                .setViewportSize(360, 740)
                .setColorScheme(ColorScheme.DARK)
                .setLocale("nb-NO")
                .setJavaScriptEnabled(false));
        String reference = asks(person, "erasure", Bookshop.DAG, "nb");
        Screen officer = screen(new Browser.NewContextOptions()
                .setViewportSize(360, 740)
                .setLocale("nn-NO")
                .setJavaScriptEnabled(false));
        officer.signsIn("officer");
        opensCase(officer, reference);
        officer.goes("/cases/" + reference + "/plan");
        officer.presses("a.button[href*='/decision']");
        officer.page.check("[name=outcome][value=fulfil]");
        officer.page.selectOption("[name=ground]", "art-17-1-a");
        officer.presses("main form:has([name=outcome]) button");
        assertEquals(0, officer.page.locator("form[action*='/approval'] button").count(), "not by the one who decided");
        Screen second = screen(
                new Browser.NewContextOptions().setViewportSize(1280, 900).setLocale("en-GB"));
        second.signsIn("officer2");
        second.goes("/cases/" + reference + "/decision");
        second.presses("form[action*='/approval'] button");
        awaitText(person, reference, "Bookkeeping Act section 13", "gjort");
        assertTrue(Bookshop.rows(System.getProperty("bookshop.library"), "reader").stream()
                .noneMatch(r -> r.contains("Dag Elv")));
        person.close();
        officer.close();
        second.close();
    }

    @Test
    void everyPublicPageIsAccessibleInEveryLanguage() {
        Map<String, ColorScheme> looks =
                Map.of("en", ColorScheme.LIGHT, "nb", ColorScheme.DARK, "nn", ColorScheme.LIGHT);
        looks.forEach((language, scheme) -> {
            Screen anybody = screen(
                    new Browser.NewContextOptions().setViewportSize(360, 740).setColorScheme(scheme));
            for (String path : List.of(
                    "/", "/request", "/status", "/policy", "/erasure", "/accessibility", "/treatment", "/login")) {
                anybody.goes(path + "?lang=" + language);
            }
            anybody.close();
        });
    }

    private String asks(Screen person, String right, String address, String language) {
        Mailbox mailbox = new Mailbox(address);
        int before = mailbox.codesSoFar();
        person.goes("/request");
        person.page.check("[name=right][value=" + right + "]");
        person.presses("main form button");
        person.page.fill("[name=email]", address);
        person.presses("main form button");
        person.presses("main form button");
        person.presses("main form button");
        String reference =
                person.page.locator(".keep .reference").first().innerText().strip();
        assertTrue(reference.matches("H-[0-9A-Z-]{12}"), reference);
        person.page.fill("[name=code]", mailbox.codeAfter(before));
        person.presses("form:has([name=code]) button");
        assertEquals(language, person.page.getAttribute("html", "lang"));
        return reference;
    }

    private static void opensCase(Screen officer, String reference) {
        for (int i = 0; i < 100; i++) {
            officer.goes("/cases/" + reference);
            if (officer.page.locator("a[href*='/findings/']").count() > 0) {
                return;
            }
            Mailbox.pause();
        }
        throw new AssertionError("nothing was found for " + reference);
    }

    private static void awaitDownload(Screen person, String reference) {
        for (int i = 0; i < 100; i++) {
            person.goes("/request/" + reference);
            if (person.page.locator("form[action*='/package']").count() > 0) {
                return;
            }
            Mailbox.pause();
        }
        throw new AssertionError("no package for " + reference);
    }

    private static void awaitText(Screen person, String reference, String... texts) {
        for (int i = 0; i < 150; i++) {
            person.goes("/request/" + reference);
            String page = person.page.innerText("main");
            if (List.of(texts).stream().allMatch(page::contains)) {
                return;
            }
            Mailbox.pause();
        }
        throw new AssertionError("the page never said " + List.of(texts) + ": " + person.page.innerText("main"));
    }

    private Screen screen(Browser.NewContextOptions options) {
        return new Screen(chromium, portal, options);
    }

    private static void picture(Screen screen, String name, String path) {
        screen.goes(path);
        Path folder = PICTURES ? Path.of("docs", "images") : Path.of("target", "pictures");
        screen.picture(folder.resolve(name + ".png"));
    }
}
