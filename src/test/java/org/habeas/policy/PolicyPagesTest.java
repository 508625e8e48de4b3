package org.habeas.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URL;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.habeas.actor.Actor;
import org.habeas.testing.Axe;
import org.habeas.testing.Chromium;
import org.habeas.vault.Vault;
import org.junit.jupiter.api.Test;

/** The pages of the policy in a real browser, in three languages, light and dark, checked by axe on a narrow screen. */
@QuarkusTest
class PolicyPagesTest {
    private static final Actor WRITER = new Actor(Actor.Kind.ADMIN, "admin");
    private static final Map<String, String> YES =
            Map.of("en", "Yes, you may", "nb", "Ja, det er greit", "nn", "Ja, det er greitt");
    private static final Map<String, String> SAID = Map.of("en", "You said yes", "nb", "Du sa ja", "nn", "Du sa ja");

    @TestHTTPResource
    URL portal;

    @Inject
    Policies policies;

    @Inject
    Vault vault;

    @Inject
    DataSource database;

    @Test
    void everyPageIsAccessibleInEveryLanguage() {
        PolicyVersion first =
                publish("same", "2020-01-01", "# Policy\n\nWe keep your name for five years.\n\n- One\n- Two");
        PolicyVersion second = publish(
                "different",
                LocalDate.now(ZoneId.of("Europe/Oslo")).toString(),
                "# Policy\n\nWe keep your name for three years.\n\n- One\n\n| a | b |\n| - | - |\n| 1 | 2 |");
        String compare = "/policy/difference?from=" + first.shownNumber() + "&to=" + second.shownNumber();
        try (Chromium chromium = Chromium.start()) {
            for (String language : List.of("en", "nb", "nn")) {
                String token = asked(second);
                Page page = page(chromium, language.equals("nb") ? ColorScheme.DARK : ColorScheme.LIGHT);
                for (String path : List.of(
                        "/policy",
                        "/policy/" + first.shownNumber(),
                        compare,
                        "/recipients",
                        "/privacy",
                        "/choice",
                        "/choice/UNKNOWN")) {
                    goes(page, path + (path.contains("?") ? "&" : "?") + "lang=" + language);
                }
                goes(page, "/choice/" + token + "?lang=" + language);
                page.getByText(YES.get(language)).first().click();
                page.waitForLoadState();
                check(page);
                assertTrue(page.innerText("main").contains(SAID.get(language)), page.innerText("main"));
                assertEquals(language, page.getAttribute("html", "lang"));
                staff(page, second, language);
                administrators(page, language);
                page.context().close();
            }
        }
    }

    private void staff(Page page, PolicyVersion version, String language) {
        signIn(page, "officer", language);
        for (String path : List.of("/policies", "/policies/new", "/policies/" + version.id(), "/disclosures")) {
            goes(page, path + "?lang=" + language);
        }
        for (String form : List.of("/policies/new", "/disclosures")) {
            goes(page, form + "?lang=" + language);
            page.locator("main form button.button").last().click();
            page.waitForLoadState();
            check(page);
            assertTrue(page.locator("#problems").isVisible(), form + " says what is wrong");
        }
    }

    private void administrators(Page page, String language) {
        signIn(page, "admin", language);
        goes(page, "/security?lang=" + language);
        page.locator("main form[action*=export] button").click();
        page.waitForLoadState();
        check(page);
        assertTrue(page.locator("#problems").isVisible(), "what is missing is said");
    }

    private void signIn(Page page, String account, String language) {
        goes(page, "/login?lang=" + language);
        page.fill("[name=username]", account);
        page.fill("[name=password]", "test");
        page.locator("main form button").first().click();
        page.waitForLoadState();
    }

    private PolicyVersion publish(String use, String from, String markdown) {
        PolicyText text = new PolicyText(markdown, "We want to do something new with your name.");
        PolicyVersion draft = policies.draft(
                new NewVersion.Typed(use, from, Map.of("en", text, "nb", text), List.of(), List.of("Posten"), Map.of()),
                WRITER);
        return policies.approve(draft.id(), draft.digest(), Actor.officer("officer"));
    }

    /** Somebody who was sent a link. */
    private String asked(PolicyVersion version) {
        String token = UUID.randomUUID().toString().replace("-", "").toUpperCase(java.util.Locale.ROOT);
        QuarkusTransaction.requiringNew().run(() -> {
            try (var connection = database.getConnection();
                    var insert = connection.prepareStatement("insert into notice (id, version, person, systems, state,"
                            + " token_hash, posted_at) values (?, ?, ?, '{}', 'posted', ?, now())")) {
                insert.setObject(1, UUID.randomUUID());
                insert.setObject(2, version.id());
                insert.setString(3, token);
                insert.setString(4, Choices.hash(vault, token));
                insert.executeUpdate();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        });
        return token;
    }

    private static Page page(Chromium chromium, ColorScheme scheme) {
        Page page = chromium.browser()
                .newContext(new Browser.NewContextOptions()
                        .setViewportSize(360, 740)
                        .setColorScheme(scheme))
                .newPage();
        page.setDefaultTimeout(60_000);
        return page;
    }

    private void goes(Page page, String path) {
        page.navigate(portal.toString().replaceAll("/$", "") + path);
        check(page);
    }

    private static void check(Page page) {
        assertEquals(List.of(), Axe.violations(page), page.url());
        Object wide = page.evaluate("document.documentElement.scrollWidth");
        assertTrue(((Number) wide).intValue() <= 360, page.url() + " is wider than the screen: " + wide);
    }
}
