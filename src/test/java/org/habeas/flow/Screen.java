package org.habeas.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Cookie;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.habeas.testing.Axe;
import org.habeas.testing.Chromium;

/**
 * Somebody's browser window. Every page that comes up is checked by axe where scripts run, nothing may be wider than the
 * window, and when it closes it must have asked nobody but the portal and hold no cookie beyond session and form token.
 */
public final class Screen {
    private static final Path PICTURES = Path.of("target", "pictures");

    private static final boolean LOOKS = Boolean.getBoolean("habeas.looks");

    public final Page page;
    private final String portal;
    private final boolean scripts;
    private final BrowserContext context;
    private final List<String> asked = new ArrayList<>();
    private boolean checking = true;
    private int pages;

    public Screen(Chromium chromium, URL portal, Browser.NewContextOptions options) {
        this.portal = portal.toString().replaceAll("/$", "");
        scripts = options.javaScriptEnabled == null || options.javaScriptEnabled;
        context = chromium.browser().newContext(options);
        context.onRequest(request -> asked.add(request.url()));
        page = context.newPage();
        page.onFrameNavigated(frame -> pages++);
        page.setDefaultTimeout(60_000);
    }

    /** From here on axe looks only where it is told to. */
    public Screen unchecked() {
        checking = false;
        return this;
    }

    public void signsIn(String account) {
        goes("/login");
        page.fill("[name=username]", account);
        page.fill("[name=password]", "test");
        presses("main form button");
    }

    public void goes(String path) {
        page.navigate(portal + path);
        check();
    }

    public void presses(String selector) {
        page.locator(selector).first().click();
        page.waitForLoadState();
        check();
    }

    /** Goes on with the tabulator, skipping to the content, until the focus is on one of these. */
    void tabsTo(String selector) {
        for (int i = 0; i < 80; i++) {
            page.keyboard().press("Tab");
            Object at = page.evaluate(
                    "s => document.activeElement.matches(s) ? 'there'"
                            + " : document.activeElement.matches('.skip') ? 'skip' : ''",
                    selector);
            if ("there".equals(at)) {
                return;
            } else if ("skip".equals(at)) {
                page.keyboard().press("Enter");
            }
        }
        throw new AssertionError("the keyboard does not reach " + selector + " on " + page.url());
    }

    void types(String selector, String text) {
        tabsTo(selector);
        page.keyboard().press("ControlOrMeta+a");
        page.keyboard().type(text);
    }

    /** Goes to a link or button and presses Enter; waits for the page that comes. */
    void enters(String selector) {
        tabsTo(selector);
        int before = pages;
        page.keyboard().press("Enter");
        page.waitForCondition(() -> pages > before);
        page.waitForLoadState();
        check();
    }

    /** Chooses one of a group with the arrow keys. */
    void chooses(String name, String value) {
        tabsTo("[name=" + name + "]");
        page.keyboard().press("Space");
        for (int i = 0; i < 12; i++) {
            if (page.locator("[name=" + name + "][value=" + value + "]:checked").count() > 0) {
                return;
            }
            page.keyboard().press("ArrowDown");
        }
        throw new AssertionError("the arrow keys do not reach " + value + " on " + page.url());
    }

    /** Chooses from a list with the arrow keys. */
    void selects(String selector, String value) {
        tabsTo(selector);
        for (int i = 0; i < 40; i++) {
            if (value.equals(page.inputValue(selector))) {
                return;
            }
            page.keyboard().press("ArrowDown");
        }
        throw new AssertionError("the arrow keys do not reach " + value + " on " + page.url());
    }

    /** This page light or dark, narrow and wide, and with text of double size; with pictures light and dark both. */
    public void stands(String name) {
        for (ColorScheme scheme : schemes(name)) {
            page.setViewportSize(360, 740);
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
            accessible();
            fits(name, "narrow-" + scheme);
            page.setViewportSize(1280, 900);
            fits(name, "wide-" + scheme);
        }
        page.evaluate("document.documentElement.style.fontSize = '200%'");
        fits(name, "large");
        page.evaluate("document.documentElement.style.fontSize = ''");
        page.setViewportSize(360, 740);
    }

    private static List<ColorScheme> schemes(String name) {
        List<ColorScheme> both = List.of(ColorScheme.LIGHT, ColorScheme.DARK);
        return LOOKS ? both : List.of(both.get(name.hashCode() & 1));
    }

    void picture(Path file) {
        page.screenshot(new Page.ScreenshotOptions().setPath(file));
    }

    public void close() {
        assertEquals(
                List.of(),
                asked.stream()
                        .filter(url -> !url.startsWith(portal + "/") && !url.startsWith("data:"))
                        .toList(),
                "requests to others");
        Set<String> cookies =
                context.cookies().stream().map((Cookie c) -> c.name).collect(Collectors.toSet());
        assertTrue(Set.of("session", "csrf").containsAll(cookies), cookies.toString());
        context.close();
    }

    private void check() {
        if (checking && scripts) {
            accessible();
            fits(null, null);
        }
    }

    private void accessible() {
        assertEquals(List.of(), Axe.violations(page), page.url());
    }

    private void fits(String name, String look) {
        if (name != null && LOOKS) {
            page.screenshot(new Page.ScreenshotOptions()
                    .setFullPage(true)
                    .setPath(PICTURES.resolve(name + "-" + look + ".png")));
        }
        int width = page.viewportSize().width;
        int wide = ((Number) page.evaluate("document.documentElement.scrollWidth")).intValue();
        assertTrue(wide <= width, page.url() + " is wider than the screen: " + wide);
    }
}
