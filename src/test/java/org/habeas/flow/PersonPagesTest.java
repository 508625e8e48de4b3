package org.habeas.flow;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Browser;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.net.URL;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.habeas.limit.Limits;
import org.habeas.limit.Puzzles;
import org.habeas.limit.Rate;
import org.habeas.testing.Bookshop;
import org.habeas.testing.Chromium;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Every page of the person in every state (empty, wrong, filled, with long text): axe, light and dark, narrow and wide, text
 * of double size. With {@code -Dhabeas.looks=true} a picture of each is taken.
 */
@QuarkusTest
@TestProfile(FlowProfile.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PersonPagesTest {
    private static final String LONG =
            "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft".repeat(2);

    @TestHTTPResource
    URL portal;

    @Inject
    Limits limits;

    @Inject
    Puzzles puzzles;

    @ConfigProperty(name = "habeas.limit-total")
    Rate total;

    private Chromium chromium;

    @BeforeAll
    void start() {
        chromium = Chromium.start();
    }

    @AfterAll
    void stop() {
        if (chromium != null) {
            chromium.close();
        }
    }

    @Test
    void theFormInEveryState() {
        Screen person = screen("nb-NO");
        person.goes("/request");
        person.stands("right-empty");
        person.presses("main form button");
        person.stands("right-wrong");
        person.page.check("[value=correction]");
        person.presses("main form button");
        person.stands("contact-empty");
        person.page.fill("#email", LONG.substring(0, 60) + "@" + "b".repeat(60));
        person.presses("main form button");
        person.stands("contact-wrong-long");
        person.page.fill("#email", "a".repeat(64) + "@" + "b".repeat(60) + ".example.org");
        person.presses("main form button");
        person.stands("corrections-empty");
        person.page.fill("#to", "x");
        person.presses("main form button");
        person.stands("corrections-wrong");
        person.page.selectOption("#field", "city");
        person.page.fill("#from", LONG);
        person.page.fill("#to", LONG);
        person.presses("main form button[name=more]");
        person.stands("corrections-filled-long");
        person.presses("main form button");
        person.stands("details-empty");
        person.page.fill("#name", LONG);
        person.page.fill("#message", LONG);
        person.presses("main form button");
        person.stands("check-filled-long");
        person.close();
    }

    @Test
    void theRequestInEveryState() {
        Screen person = screen("nn-NO");
        int before = new Mailbox(Bookshop.ADA).codesSoFar();
        Ada ada = asks(person);
        person.stands("receipt");
        person.page.fill("#code", "12");
        person.presses("form:has([name=code]) button");
        person.stands("code-wrong");
        person.page.fill("#code", ada.mailbox.codeAfter(before));
        person.presses("form:has([name=code]) button");
        ada.sees("review");
        person.goes("/request/" + ada.reference);
        person.stands("status-open");
        person.presses("form[action*='/messages'] button");
        person.stands("status-wrong");
        person.page.fill("#text", LONG);
        person.presses("form[action*='/messages'] button");
        person.stands("status-message-long");
        person.goes("/request/" + ada.reference + "/withdrawal");
        person.stands("withdrawal");
        Officer.FIRST.fulfils(ada, null);
        ada.sees("closed");
        person.goes("/request/" + ada.reference);
        person.presses("form[action*='/codes'] button");
        person.stands("status-package");
        person.page.fill("form[action*='/package'] #code", "000");
        person.presses("form[action*='/package'] button");
        person.stands("package-wrong");
        person.close();
        Screen other = screen("en-GB");
        other.goes("/request/" + ada.reference);
        other.stands("unlock");
        other.presses("main form button");
        other.stands("unlock-wrong");
        other.goes("/status");
        other.stands("find");
        other.page.fill("#reference", ada.reference);
        other.presses("main form button");
        other.stands("find-wrong");
        other.close();
    }

    @Test
    void thePagesThatTell() {
        Screen anybody = screen("en-GB");
        for (String path :
                new String[] {"", "erasure", "complaint", "accessibility", "treatment", "policy", "nothing"}) {
            anybody.goes("/" + path);
            anybody.stands("tells-" + path);
        }
        anybody.close();
    }

    @Test
    void whileManyComeTheBrowserWorksAndThePersonNoticesNothing() {
        limits.take("total", "all", total, total.count() * 3 / 4);
        Screen person = screen("en-GB");
        person.goes("/request");
        person.page.check("[value=access]");
        person.presses("main form button");
        person.page.fill("#email", "puzzle@example.org");
        person.presses("main form button");
        person.presses("main form button");
        person.page.waitForCondition(
                () -> !person.page.inputValue("[name=work]").isEmpty());
        assertTrue(puzzles.redeem(person.page.inputValue("[name=work]")), "it is solved");
        person.presses("main form button");
        assertTrue(person.page.url().contains("/receipt"), person.page.url());
        limits.forgive("total", "all", total);
        person.close();
    }

    private static Ada asks(Screen person) {
        person.goes("/request?right=access");
        for (int i = 0; i < 4; i++) {
            if (i == 1) {
                person.page.fill("#email", Bookshop.ADA);
            }
            person.presses("main form button");
        }
        return Ada.holding(
                Bookshop.ADA,
                person.page.innerText("#reference").strip(),
                person.page.innerText("#passphrase").strip());
    }

    private Screen screen(String locale) {
        return new Screen(
                        chromium,
                        portal,
                        new Browser.NewContextOptions()
                                .setViewportSize(360, 740)
                                .setLocale(locale))
                .unchecked();
    }
}
