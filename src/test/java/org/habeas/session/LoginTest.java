package org.habeas.session;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.Set;
import org.habeas.testing.Browser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Local accounts: a page asks for them with a form, the API with Basic. */
@QuarkusTest
class LoginTest {
    @TestHTTPResource("/")
    String portal;

    @ParameterizedTest
    @CsvSource({"officer, /cases", "officer2, /cases", "auditor, /history", "admin, /systems"})
    void everybodyLandsWhereTheirWorkIs(String account, String place) {
        Browser staff = signIn(account, "test");
        assertEquals(place, staff.path());
        assertTrue(staff.text("header").contains(account));
        staff.press("Sign out");
        assertEquals("/", staff.path());
        assertEquals("/login", staff.open(place).path());
    }

    @Test
    void aPageOfStaffComesBackAfterSigningIn() {
        Browser officer = new Browser(portal, "en").open("/statistics");
        assertEquals("/login", officer.path());
        officer.fill("username", "officer").fill("password", "test").press();
        assertEquals("/statistics", officer.path());
        assertEquals(403, officer.open("/history").status());
        assertTrue(officer.text("header").contains("officer"), "still in staff's own pages");
    }

    @ParameterizedTest
    @ValueSource(strings = {"//evil.example", "https://evil.example", "/\\evil.example", "/x%0d%0aSet-Cookie:a=b"})
    void nobodyIsSentElsewhere(String to) {
        Browser officer = new Browser(portal, "en").open("/login?to=" + to.replace("\\", "%5C"));
        officer.fill("username", "officer").fill("password", "test").press();
        assertEquals("/cases", officer.path());
    }

    @ParameterizedTest
    @CsvSource({"officer, wrong", "nobody, test", "'', ''", "officer, ''", "officer3, test"})
    void aWrongPasswordAndAnUnknownAccountLookTheSame(String account, String password) {
        Browser stranger = signIn(account, password);
        assertEquals(422, stranger.status());
        assertEquals("The user name or the password is wrong.", stranger.text("#problems li"));
        given().auth()
                .preemptive()
                .basic(account, password)
                .get("/api/v1/statistics")
                .then()
                .statusCode(401);
    }

    @Test
    void theCookiesAreTwoAndGuarded() {
        Response page = given().get("/login");
        String token = page.cookie("csrf");
        Response signedIn = given().redirects()
                .follow(false)
                .cookie("csrf", token)
                .formParam("_csrf", token)
                .formParam("username", "officer")
                .formParam("password", "test")
                .post("/login");
        assertEquals(303, signedIn.statusCode());
        assertEquals(Set.of("csrf", "session"), signedIn.cookies().keySet());
        for (var cookie : signedIn.detailedCookies()) {
            assertTrue(cookie.isHttpOnly(), cookie.toString());
            assertEquals("Lax", cookie.getSameSite(), cookie.toString());
        }
        String session = signedIn.cookie("session");
        given().cookie("session", session).get("/statistics").then().statusCode(200);
        given().redirects()
                .follow(false)
                .cookie("session", session.substring(0, session.length() - 2) + "AA")
                .get("/statistics")
                .then()
                .statusCode(302)
                .header("Location", containsString("/login?to=%2Fstatistics"));
        given().cookie("session", session)
                .get("/api/v1/statistics")
                .then()
                .statusCode(401)
                .header("WWW-Authenticate", containsString("Basic"));
        String shown = given().redirects().follow(false).get("/statistics").header("WWW-Authenticate");
        assertFalse(String.valueOf(shown).contains("Basic"), "a page never makes the browser ask");
    }

    @Test
    void aSignInWithoutTheFormsTokenCountsForNothing() {
        given().formParam("username", "officer")
                .formParam("password", "test")
                .post("/login")
                .then()
                .statusCode(400);
        given().header("Sec-Fetch-Site", "cross-site")
                .formParam("username", "officer")
                .post("/login")
                .then()
                .statusCode(403);
    }

    private Browser signIn(String account, String password) {
        return new Browser(portal, "en")
                .open("/login")
                .fill("username", account)
                .fill("password", password)
                .press();
    }
}
