package org.habeas.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.net.URL;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.habeas.testing.Axe;
import org.habeas.testing.Bookshop;
import org.habeas.testing.Chromium;
import org.habeas.testing.TestDatabases;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * A week of an officer in the browser, without a mouse: everything she does is done with the keys that a keyboard has. Every
 * kind of page is checked by axe on the way; with {@code -Dhabeas.looks=true} a picture of each is kept.
 */
@QuarkusTest
@TestProfile(FlowProfile.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OfficerWeekTest {
    private static final String GRY = "gry@example.org";
    private static final String LIBRARY = System.getProperty("bookshop.library");

    private static final String STOPS_BETWEEN =
            """
            s => {
              const first = [...document.querySelectorAll(s)].find(e => after(e, document.activeElement));
              function after(e, other) { return other.compareDocumentPosition(e) & Node.DOCUMENT_POSITION_FOLLOWING; }
              return [...document.querySelectorAll('main a[href], main button, main input:not([type=radio]), main textarea')]
                .filter(e => first && !e.disabled && e.tabIndex >= 0 && e.getClientRects().length && e.checkVisibility()
                  && after(e, document.activeElement) && after(first, e)).length;
            }""";

    @TestHTTPResource
    URL portal;

    private Chromium chromium;

    @BeforeAll
    void startBrowser() {
        chromium = Chromium.start();
    }

    @BeforeAll
    void someoneWhomNoOtherStoryErases() {
        TestDatabases.execute(
                LIBRARY,
                "insert into home values (800, 'Gryvei 1'); insert into reader values (800, '" + GRY
                        + "', 'Gry Haug', 'Hamar', 800)");
    }

    @AfterAll
    void nobodyElseMeetsHer() {
        TestDatabases.execute(LIBRARY, "delete from reader where id = 800; delete from home where id = 800");
    }

    @AfterAll
    void stopBrowser() {
        if (chromium != null) {
            chromium.close();
        }
    }

    @Test
    void aWeekWithoutAMouse() {
        Ada ada = Ada.asks("access", Bookshop.ADA).provesHerAddress().sees("review");
        Ada gry = Ada.asks("objection", GRY).provesHerAddress().sees("review");
        Keyboard officer = new Keyboard("officer");

        mondayMailAndCalls(officer);
        tuesdayReadingAndHiding(officer, ada);
        wednesdayTalkingAndTheClock(officer, ada);
        thursdayDeciding(officer, ada, gry);
        fridayPuttingTheQueueInOrder(officer, gry);

        officer.enters("form[action*='/logout'] button");
        officer.goes("/cases");
        assertTrue(officer.page.url().contains("/login"), "signed out");
        officer.close();
    }

    private void mondayMailAndCalls(Keyboard officer) {
        officer.goes("/cases");
        officer.enters("a[href*='waiting=me']");
        officer.enters("a[href*='within=6']");
        officer.enters("a[href*='/cases/new']");
        officer.selects("#channel", "post");
        officer.types("[name=received_at]", "11112026");
        officer.ticks("[name=right][value=restriction]");
        officer.types("[name=name]", "Gudrun Fjell");
        officer.types("[name=message]", "I want to see what you have, and until then do not use it.");
        officer.enters("main form button");
        assertEquals(2, officer.page.locator(".keep a").count(), officer.text());
        assertTrue(officer.text().contains("send them by post"), officer.text());
        officer.enters("a.button");
        officer.enters("details:has(form[action*='/verification'])[open] form button");
        assertTrue(officer.text().contains("Identity is confirmed"), officer.text());
        officer.goes("/cases/new");
        officer.selects("#channel", "telephone");
        officer.types("[name='identifiers.email']", "caller@example.org");
        officer.enters("main form button");
        assertEquals(1, officer.page.locator(".keep a").count(), officer.text());
    }

    private void tuesdayReadingAndHiding(Keyboard officer, Ada ada) {
        officer.goes("/cases");
        officer.types("#q", ada.reference);
        officer.enters();
        officer.enters("td a.reference[href*='" + ada.reference + "']");
        officer.enters("form[action*='/assignee'] button");
        assertTrue(officer.text().contains("Hand it back"), officer.text());
        officer.enters("a[href$='/preview']");
        assertTrue(officer.page.innerText("body").contains("Ada Strand"), "what she will get");
        officer.goes("/cases/" + ada.reference);
        officer.enters("a[href*='/findings/library/loan']");
        officer.opens("section details > summary");
        officer.selects("details[open] select[name=field]", "book_id");
        officer.selects("details[open] select[name=ground]", "art-15-4");
        officer.enters("details[open] form button");
        assertEquals(1, officer.page.locator("dd del").count(), officer.text());
    }

    private void wednesdayTalkingAndTheClock(Keyboard officer, Ada ada) {
        officer.goes("/cases/" + ada.reference);
        officer.enters("nav a[href$='/notes']");
        officer.types("main textarea[name=text]", "Her sister lives at the same address.");
        officer.enters("form[action*='/notes'] button");
        assertTrue(officer.text().contains("Her sister lives"), officer.text());
        officer.enters("nav a[href$='/messages']");
        officer.types("main textarea[name=text]", "Do you want the old invoices too?");
        officer.ticks("[name=awaits_answer]");
        officer.enters("form[action*='/messages'] button");
        assertEquals("waiting", ada.state());
        ada.writes("Yes, please.").then().statusCode(201);
        ada.sees("review");
        officer.goes("/cases/" + ada.reference);
        officer.opens("details:has(form[action*='/extension']) > summary");
        officer.types("#reason", "Eleven systems.");
        officer.enters("form[action*='/extension'] button");
        officer.opens("details:has(form[action*='/pauses']) > summary");
        officer.types("#pause-reason", "Is it you?");
        officer.enters("form[action*='/pauses'] button");
        officer.enters("form[action*='/resumption'] button");
        assertTrue(officer.text().contains("The clock runs again"), officer.text());
    }

    private void thursdayDeciding(Keyboard officer, Ada ada, Ada gry) {
        officer.enters("nav a[href$='/decision']");
        officer.chooses("outcome", "fulfil");
        officer.types("main textarea[name=text]", "Here is all that we have.");
        officer.enters("form:has([name=outcome]) button");
        ada.sees("closed");
        officer.goes("/cases/" + gry.reference + "/decision");
        officer.chooses("outcome", "refuse");
        officer.selects("#ground", "art-21-1-compelling");
        officer.types("main textarea[name=text]", "We must keep it for a lawsuit.");
        officer.enters("form:has([name=outcome]) button");
        officer.enters("a[href$='/letter']");
        assertTrue(officer.page.inputValue("#letter").contains("GDPR Article 21(1)"), officer.text());
        officer.enters("main form button");
        officer.enters("nav a[href$='/recipients']");
        officer.selects("select[name=answer]", "done");
        officer.enters("form[action*='/answer'] button");
        assertTrue(officer.text().contains("Has done it"), officer.text());
        Keyboard second = new Keyboard("officer2");
        second.goes("/cases?waiting=me&sort=-received_at");
        second.enters("td a.reference[href*='" + gry.reference + "']");
        second.enters("nav a[href$='/decision']");
        second.enters("a[href$='/letter']");
        second.enters("a.reference");
        second.enters("form[action*='/approval']:has([value=true]) button");
        gry.sees("closed");
        second.close();
    }

    private void fridayPuttingTheQueueInOrder(Keyboard officer, Ada gry) {
        officer.goes("/cases");
        officer.selects("#right", "objection");
        officer.selects("#state", "closed");
        officer.enters("form[role=search] button");
        assertTrue(officer.text().contains(gry.reference), officer.text());
        officer.opens("details:has(#view-name) > summary");
        officer.types("#view-name", "Objections answered");
        officer.enters("form[action*='/cases/views'] button");
        officer.enters("a[href='/cases']");
        officer.enters(".views a:text-is('Objections answered')");
        officer.goes("/cases?sort=-received_at");
        officer.ticks("[name=reference]");
        officer.selects("#bulk-assignee", "officer2");
        officer.ticks("#bulk [name=take_over]");
        officer.enters("#bulk button");
        assertTrue(officer.text().contains("Done."), officer.text());
        officer.goes("/statistics");
    }

    /** A browser window and the keys of a keyboard; where a hand is needed for a mouse, it cannot go on. */
    private final class Keyboard {
        private final BrowserContext context;
        private final Page page;
        private final Set<String> seen = new HashSet<>();
        private int pages;

        Keyboard(String account) {
            context = chromium.browser()
                    .newContext(new Browser.NewContextOptions()
                            .setViewportSize(1280, 900)
                            .setLocale("en-GB"));
            page = context.newPage();
            page.setDefaultTimeout(60_000);
            page.onFrameNavigated(frame -> pages++);
            goes("/login");
            types("[name=username]", account);
            types("[name=password]", "test");
            enters();
        }

        /** Types an address. */
        void goes(String path) {
            page.navigate(portal.toString().replaceAll("/$", "") + path);
            look();
        }

        /** Presses the tabulator until the focus is there. */
        void tabsTo(String selector) {
            // so many stops lie between for sure: no need to look at each
            int between = ((Number) page.evaluate(STOPS_BETWEEN, plain(selector))).intValue();
            for (int i = 0; i < between; i++) {
                page.keyboard().press("Tab");
            }
            for (int i = 0; i < 400; i++) {
                page.keyboard().press("Tab");
                if ((Boolean) page.evaluate("s => document.activeElement.matches(s)", plain(selector))
                        && page.locator(selector)
                                .evaluateAll("all => all.includes(document.activeElement)")
                                .equals(true)) {
                    return;
                }
            }
            throw new AssertionError("the keyboard does not reach " + selector + " on " + page.url() + "\n" + text());
        }

        void types(String selector, String text) {
            tabsTo(selector);
            if (!selector.contains("received_at")) {
                page.keyboard().press("ControlOrMeta+a");
            }
            page.keyboard().type(text);
        }

        void ticks(String selector) {
            tabsTo(selector);
            page.keyboard().press("Space");
            assertTrue(page.locator(selector).first().isChecked(), selector);
        }

        void opens(String summary) {
            tabsTo(summary);
            page.keyboard().press("Enter");
        }

        /** Chooses from a list with the arrow keys. */
        void selects(String selector, String value) {
            tabsTo(selector);
            page.keyboard().press("Home");
            for (int i = 0; i < 60; i++) {
                if (value.equals(page.locator(selector).first().inputValue())) {
                    return;
                }
                page.keyboard().press("ArrowDown");
            }
            throw new AssertionError("the arrow keys do not reach " + value + " on " + page.url());
        }

        /** Chooses one of a group with the arrow keys. */
        void chooses(String name, String value) {
            tabsTo("[name=" + name + "]");
            page.keyboard().press("Space");
            for (int i = 0; i < 20; i++) {
                if (page.locator("[name=" + name + "][value=" + value + "]").isChecked()) {
                    return;
                }
                page.keyboard().press("ArrowDown");
            }
            throw new AssertionError("the arrow keys do not reach " + value + " on " + page.url());
        }

        void enters(String selector) {
            tabsTo(selector);
            enters();
        }

        /** Presses Enter where the focus is, and waits for the page that comes. */
        void enters() {
            int before = pages;
            page.keyboard().press("Enter");
            page.waitForCondition(() -> pages > before);
            page.waitForLoadState();
            look();
        }

        String text() {
            return page.innerText("main");
        }

        void close() {
            context.close();
        }

        /** Playwright's own words in a selector are not the browser's. */
        private String plain(String selector) {
            return selector.replaceAll(":text-is\\([^)]*\\)", "");
        }

        /** The first page of a kind is looked at by axe. */
        private void look() {
            String kind = page.url().replaceAll("^https?://[^/]+", "").replaceAll("H-[0-9A-Z-]{12}", "REF");
            if (!seen.add(kind.replaceAll("\\?.*", ""))) {
                return;
            }
            if (Boolean.getBoolean("habeas.looks")) {
                page.screenshot(new Page.ScreenshotOptions()
                        .setFullPage(true)
                        .setPath(Path.of("target", "pictures", "week-" + kind.replaceAll("[^a-z]+", "-") + ".png")));
            }
            assertEquals(List.of(), Axe.violations(page), page.url());
        }
    }
}
