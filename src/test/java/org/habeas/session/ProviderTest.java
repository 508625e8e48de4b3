package org.habeas.session;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.util.List;
import java.util.Map;
import org.habeas.testing.Browser;
import org.habeas.testing.Provider;
import org.junit.jupiter.api.Test;

/** With an OpenID Connect provider named, local accounts are off: the API takes bearer tokens, pages the code flow. */
@QuarkusTest
@TestProfile(ProviderTest.Elsewhere.class)
public class ProviderTest {
    private static final Provider PROVIDER = Provider.running();

    public static class Elsewhere implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "habeas.data-map", "src/test/resources/map-group",
                    "quarkus.oidc.tenant-enabled", "true",
                    "quarkus.oidc.auth-server-url", Provider.running().url(),
                    "quarkus.oidc.credentials.secret", "secret",
                    "quarkus.oidc.people.tenant-enabled", "true",
                    "quarkus.oidc.people.auth-server-url", Provider.running().url(),
                    "quarkus.oidc.people.credentials.secret", "secret");
        }
    }

    @TestHTTPResource("/")
    String portal;

    @Test
    void theApiTakesBearerTokensOnly() {
        given().get("/api/v1/statistics").then().statusCode(401).header("WWW-Authenticate", containsString("Bearer"));
        given().auth()
                .preemptive()
                .basic("officer", "test")
                .get("/api/v1/statistics")
                .then()
                .statusCode(401);
        given().auth().oauth2("nonsense").get("/api/v1/statistics").then().statusCode(401);
        given().auth().oauth2(token("officer")).get("/api/v1/statistics").then().statusCode(200);
        given().auth().oauth2(token("auditor")).get("/api/v1/cases").then().statusCode(403);
        given().auth().oauth2(token("nothing")).get("/api/v1/cases").then().statusCode(403);
    }

    @Test
    void aPersonsPassphraseIsNoToken() {
        given().auth()
                .oauth2("0000-0000")
                .get("/api/v1/requests/H-0000-0000-00")
                .then()
                .statusCode(404);
    }

    @Test
    void pagesLeadToTheProviderAndBack() {
        PROVIDER.nextIs("kari", List.of("officer"));
        Browser kari = new Browser(portal, "en").open("/statistics");
        assertEquals("/statistics", kari.path());
        assertTrue(kari.text("header").contains("kari"), kari.text());
        assertTrue(PROVIDER.challenged(), "PKCE");
        assertEquals(403, kari.open("/history").status());
    }

    @Test
    void anAccountWithoutARoleIsToldSo() {
        PROVIDER.nextIs("stranger", List.of());
        Browser stranger = new Browser(portal, "en").open("/login");
        assertEquals(403, stranger.status());
        assertEquals("You may not do this", stranger.heading());
    }

    private static String token(String role) {
        return PROVIDER.accessToken("kari", List.of(role));
    }
}
