package org.habeas.casework;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.Map;
import org.habeas.session.ProviderTest;
import org.habeas.testing.Browser;
import org.habeas.testing.Provider;
import org.junit.jupiter.api.Test;

/** Each company of a group is a controller of its own: its officers see its cases, and no other officer does. */
@QuarkusTest
@TestProfile(ProviderTest.Elsewhere.class)
class RemitTest {
    private static final Provider PROVIDER = Provider.running();

    @TestHTTPResource("/")
    String portal;

    @Test
    void anotherCompanysCaseDoesNotExist() {
        String retail = registered("kari", "nordlys-retail");
        String uk = registered("uwe", "nordlys-uk");
        String sea = registered("siri", "nordlys-sea");
        sees("kari", List.of(retail), List.of(uk, sea));
        sees("uwe", List.of(uk), List.of(retail, sea));
        sees("siri", List.of(sea), List.of(retail, uk));
        sees("ulla", List.of(uk, sea), List.of(retail));
    }

    private void sees(String officer, List<String> hers, List<String> others) {
        for (String reference : hers) {
            as(officer).get("/api/v1/cases/" + reference).then().statusCode(200);
            as(officer).get("/api/v1/cases?q=" + reference).then().body("items.reference", equalTo(List.of(reference)));
        }
        JsonPath related = as(officer).get("/api/v1/cases/" + hers.get(0)).jsonPath();
        for (String reference : others) {
            String at = "/api/v1/cases/" + reference;
            for (String part : List.of("", "/findings", "/plan", "/letter", "/recipients", "/mandate")) {
                as(officer).get(at + part).then().statusCode(404);
            }
            as(officer).body(Map.of("text", "Hei")).post(at + "/notes").then().statusCode(404);
            as(officer)
                    .body(Map.of("assignee", officer))
                    .put(at + "/assignee")
                    .then()
                    .statusCode(404);
            as(officer)
                    .body(Map.of("reason", "curious"))
                    .post(at + "/break-glass")
                    .then()
                    .statusCode(404);
            as(officer)
                    .body(Map.of("references", List.of(hers.get(0), reference), "assignee", officer))
                    .put("/api/v1/cases/assignee")
                    .then()
                    .statusCode(404);
            as(officer).get("/api/v1/cases?q=" + reference).then().body("items", equalTo(List.of()));
            as(officer).get("/api/v1/cases?limit=200").then().body("items.reference", not(hasItem(reference)));
            as(officer)
                    .post("/api/v1/cases/" + hers.get(0) + "/duplicate?of=" + reference)
                    .then()
                    .statusCode(404);
            assertFalse(related.prettify().contains(reference), officer + " hears of " + reference);
        }
        as(officer).get("/api/v1/cases/" + hers.get(0)).then().body("assignee", equalTo(null));
    }

    @Test
    void thePagesSayTheSame() {
        String uk = registered("uwe", "nordlys-uk");
        String sea = registered("siri", "nordlys-sea");
        PROVIDER.nextIs("uwe", List.of("officer"));
        Browser uwe = new Browser(portal, "en").open("/cases?q=remit@example.org");
        assertTrue(uwe.text().contains(uk), uwe.text());
        assertFalse(uwe.text().contains(sea));
        assertEquals(200, uwe.open("/cases/" + uk).status());
        assertEquals(404, uwe.open("/cases/" + sea).status());
        assertEquals(404, uwe.open("/cases/" + sea + "/break-glass").status());
        assertFalse(uwe.open("/cases/new").text().contains("Nordlys Sea"));
        // the register of acts still holds all of them
        given().auth()
                .oauth2(PROVIDER.accessToken("aud", List.of("auditor")))
                .get("/api/v1/history?format=csv")
                .then()
                .statusCode(200)
                .body(org.hamcrest.Matchers.containsString(sea));
    }

    @Test
    void nobodyIsGivenAnotherCompanysCaseOrLetter() {
        String uk = registered("uwe", "nordlys-uk");
        as("siri").get("/api/v1/cases").then().statusCode(200);
        as("ulla")
                .body(Map.of("assignee", "siri"))
                .put("/api/v1/cases/" + uk + "/assignee")
                .then()
                .statusCode(422);
        as("ulla")
                .body(Map.of("assignee", "ulla"))
                .put("/api/v1/cases/" + uk + "/assignee")
                .then()
                .statusCode(200);
        as("kari").body(letter("nordlys-uk")).post("/api/v1/cases").then().statusCode(422);
        as("uwe").body(letter("nordlys-retail")).post("/api/v1/cases").then().statusCode(422);
    }

    private static String registered(String officer, String company) {
        return as(officer)
                .body(letter(company))
                .post("/api/v1/cases")
                .then()
                .statusCode(201)
                .extract()
                .path("reference");
    }

    private static Map<String, Object> letter(String company) {
        return Map.of(
                "right",
                "access",
                "channel",
                "post",
                "name",
                "Ada",
                "identifiers",
                Map.of("email", "remit@example.org"),
                "organisation",
                company);
    }

    private static RequestSpecification as(String officer) {
        return given().auth()
                .oauth2(PROVIDER.accessToken(officer, List.of("officer")))
                .contentType(ContentType.JSON);
    }
}
