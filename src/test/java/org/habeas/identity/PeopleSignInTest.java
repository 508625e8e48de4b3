package org.habeas.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.habeas.session.ProviderTest;
import org.habeas.testing.Browser;
import org.habeas.testing.Provider;
import org.junit.jupiter.api.Test;

/** People who sign in: what it proves, how strong it must be, whose requests they see. */
@QuarkusTest
@TestProfile(ProviderTest.Elsewhere.class)
class PeopleSignInTest {
    private static final Provider PROVIDER = Provider.running();

    @TestHTTPResource("/")
    String portal;

    @Test
    void anErasureThatAsksForAStrongSignInIsOpenedByNoWeakerOne() {
        assertFalse(needsCode(asks(signedIn("ida", "ida@example.org", true, "low"), "access")), "any sign-in will do");
        assertTrue(needsCode(asks(signedIn("ida", "ida@example.org", true, "low"), "erasure")));
        assertTrue(needsCode(asks(signedIn("ida", "ida@example.org", true, ""), "erasure")));
        assertFalse(needsCode(asks(signedIn("ida", "ida@example.org", true, "high"), "erasure")));
    }

    @Test
    void anAddressThatTheProviderHasNotVerifiedProvesNothing() {
        assertTrue(needsCode(asks(signedIn("eve", "ida@example.org", false, "high"), "access", "ida@example.org")));
    }

    @Test
    void everybodySeesHerOwnRequestsAndNobodyElses() {
        Browser ole = signedIn("ole", "ole@example.org", true, "low");
        String reference = asks(ole, "access").text("#reference");
        assertTrue(ole.open("/mine").text().contains(reference), ole.text());
        assertEquals("/request/" + reference, ole.follow(reference).path());
        Browser siv = signedIn("siv", "siv@example.org", true, "high");
        assertFalse(siv.open("/mine").text().contains(reference), siv.text());
        assertEquals(404, siv.open("/mine/" + reference).status());
        // the same address at the same provider is the same person, from whichever browser
        assertTrue(signedIn("ole", "ole@example.org", true, "high")
                .open("/mine")
                .text()
                .contains(reference));
    }

    private Browser signedIn(String subject, String email, boolean verified, String acr) {
        PROVIDER.nextPersonIs(subject, email, verified, acr);
        Browser person = new Browser(portal, "en").open("/mine");
        assertEquals("/mine", person.path(), person.text());
        return person;
    }

    private static Browser asks(Browser person, String right) {
        return asks(person, right, null);
    }

    private static Browser asks(Browser person, String right, String email) {
        person.open("/request?right=" + right).press();
        if (email != null) {
            person.fill("email", email);
        }
        person.press().press().press();
        assertTrue(person.has("#reference"), person.text());
        return person;
    }

    private static boolean needsCode(Browser receipt) {
        return receipt.has("[name=code]");
    }
}
