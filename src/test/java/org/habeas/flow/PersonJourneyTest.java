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
import java.util.Map;
import org.habeas.testing.Bookshop;
import org.habeas.testing.Chromium;
import org.habeas.testing.TestDatabases;
import org.habeas.words.Words;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Access, correction and erasure in every language to their end, on a small screen, with nothing but the keyboard and
 * without JavaScript; and each once with it, taken back on the way.
 */
@QuarkusTest
@TestProfile(FlowProfile.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PersonJourneyTest {
    private static final Map<String, String> LOCALES = Map.of("en", "en-GB", "nb", "nb-NO", "nn", "nn-NO");

    @TestHTTPResource
    URL portal;

    private final String library = System.getProperty("bookshop.library");

    private Chromium chromium;

    @BeforeAll
    void start() {
        chromium = Chromium.start();
        TestDatabases.execute(
                library,
                "insert into reader select 500 + n, 'journey' || n || '@example.org', 'Reisende ' || chr(64 + n), 'Oslo', 1"
                        + " from generate_series(1, 12) n");
    }

    @AfterAll
    void stop() {
        if (chromium != null) {
            chromium.close();
            TestDatabases.execute(library, "delete from reader where id > 500 and id < 513");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1, access, en, false",
        "2, access, nb, false",
        "3, access, nn, false",
        "4, correction, en, false",
        "5, correction, nb, false",
        "6, correction, nn, false",
        "7, erasure, en, false",
        "8, erasure, nb, false",
        "9, erasure, nn, false",
        "10, access, nn, true",
        "11, correction, en, true",
        "12, erasure, nb, true"
    })
    void aPersonAsksWithTheKeyboardOnATelephone(int number, String right, String language, boolean scripts)
            throws Exception {
        String address = "journey" + number + "@example.org";
        Screen person = new Screen(
                        chromium,
                        portal,
                        new Browser.NewContextOptions()
                                .setViewportSize(360, 740)
                                .setColorScheme(number % 2 == 0 ? ColorScheme.DARK : ColorScheme.LIGHT)
                                .setLocale(LOCALES.get(language))
                                .setJavaScriptEnabled(scripts))
                .unchecked();
        Words words = Words.of(language);
        Ada ada = asks(person, right, address, words);
        if (!scripts) {
            ada.sees("review");
            Officer.FIRST.fulfils(ada, right.equals("erasure") ? "art-17-1-a" : null);
            if (!right.equals("access")) {
                ada.sees("approval");
                Officer.SECOND.approves(ada, Officer.FIRST.planOf(ada).getString("digest"));
            }
            ada.sees("closed");
            person.goes("/request/" + ada.reference);
            assertEquals(words.say("status_title_fulfilled"), heading(person));
            hasItsEnd(right, "Reisende " + (char) (64 + number), person, ada);
        } else {
            writesAndWithdraws(person, ada, words);
        }
        person.close();
    }

    /** From the start page to the proven address. */
    private static Ada asks(Screen person, String right, String address, Words words) {
        Mailbox mailbox = new Mailbox(address);
        person.goes("/");
        assertEquals(words.say("start_title"), heading(person));
        assertEquals(words.language(), person.page.getAttribute("html", "lang"));
        person.enters("a.button[href^='/request']");
        person.chooses("right", right);
        person.enters("main form button");
        person.types("#email", "nobody");
        person.enters("main form button");
        assertTrue(person.page.locator("#problems").count() == 1, "a mistake is told");
        person.types("#email", address);
        person.enters("main form button");
        if (right.equals("correction")) {
            person.selects("#field", "city");
            person.types("#from", "Oslo");
            person.types("#to", "Bergen");
            person.enters("main form button.button:not(.second)");
        }
        person.enters("main form button");
        assertEquals(words.say("request_check_title"), heading(person));
        assertTrue(person.page.innerText("main").contains(address));
        person.enters("main form button");
        String reference = person.page.innerText("#reference").strip();
        String passphrase = person.page.innerText("#passphrase").strip();
        person.types("#code", mailbox.codeAfter(0));
        person.enters("form:has([name=code]) button");
        assertTrue(person.page.url().contains(reference), person.page.url());
        return Ada.holding(address, reference, passphrase);
    }

    private void hasItsEnd(String right, String name, Screen person, Ada ada) throws Exception {
        switch (right) {
            case "access" -> {
                int before = ada.mailbox.codesSoFar();
                person.enters("form[action*='/codes'] button");
                person.types("form[action*='/package'] #code", ada.mailbox.codeAfter(before));
                Download download =
                        person.page.waitForDownload(() -> person.page.keyboard().press("Enter"));
                assertTrue(Files.size(download.path()) > 1000, "the package");
            }
            case "correction" -> assertTrue(
                    Bookshop.rows(library, "reader").stream().anyMatch(r -> r.contains(name) && r.contains("Bergen")));
            default -> assertTrue(Bookshop.rows(library, "reader").stream().noneMatch(r -> r.contains(name)));
        }
    }

    private static void writesAndWithdraws(Screen person, Ada ada, Words words) {
        person.goes("/request/" + ada.reference);
        assertTrue(person.page.innerText("main").contains(words.say("status_our_answer")));
        person.types("#text", "Hva skjer nå?");
        person.enters("form[action*='/messages'] button");
        assertTrue(person.page.innerText("main").contains("Hva skjer nå?"));
        person.enters("a[href*='/withdrawal']");
        person.enters("main form button");
        assertEquals(words.say("status_title_withdrawn"), heading(person));
    }

    private static String heading(Screen person) {
        return person.page.innerText("h1").strip();
    }
}
