package org.habeas.flow;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.habeas.testing.TestDatabases;
import org.junit.jupiter.api.Test;

/** The administrator looks after the data map. */
@QuarkusTest
@TestProfile(FlowProfile.class)
class SystemsTest {
    @Test
    void theMapIsSeenWithoutItsSecrets() {
        String text =
                as("admin", "GET", "/api/v1/systems").statusCode(200).extract().asString();
        JsonPath json = JsonPath.from(text);
        assertEquals(List.of("library", "accounts"), json.getList("items.name"));
        assertEquals("no-bookkeeping", json.getString("items[1].collections[0].rule"));
        assertEquals(false, text.contains("jdbc:"));
    }

    @Test
    void onlyTheAdministratorSeesIt() {
        for (String path : List.of("/api/v1/systems", "/api/v1/data-map/drift")) {
            as("officer", "GET", path).statusCode(403);
            given().header("Accept", "application/json").get(path).then().statusCode(401);
        }
    }

    @Test
    void aConnectionIsTested() {
        as("admin", "POST", "/api/v1/systems/library/check")
                .statusCode(200)
                .body("ok", equalTo(true))
                .body("error", equalTo(null));
        as("admin", "POST", "/api/v1/systems/nothing/check").statusCode(404);
    }

    @Test
    void whatAppearedSinceIsToldAndCounted() {
        TestDatabases.execute(
                System.getProperty("bookshop.library"),
                "create table if not exists diary (id int primary key); alter table home add if not exists owner text");

        as("admin", "GET", "/api/v1/data-map/drift")
                .statusCode(200)
                .body("items.find { it.system == 'library' }.status", equalTo("drifted"))
                .body("items.find { it.system == 'library' }.new_tables", hasItem("diary"))
                .body("items.find { it.system == 'library' }.new_columns.name", hasItem("owner"))
                .body("items.find { it.system == 'accounts' }.status", equalTo("same"));
        given().get("/q/metrics").then().body(containsString("habeas_data_map_drift{system=\"library\"} 2.0"));
        given().cookies(signedIn("officer")).get("/systems").then().statusCode(403);
        given().cookies(signedIn("admin"))
                .header("Accept-Language", "en")
                .get("/systems")
                .then()
                .statusCode(200)
                .body(containsString("The table diary is not in the map."))
                .body(not(containsString("jdbc:")));
        TestDatabases.execute(
                System.getProperty("bookshop.library"), "drop table diary; alter table home drop column owner");
    }

    /** The cookies of somebody who signed in on the page. */
    private static Map<String, String> signedIn(String account) {
        Response form = given().get("/login");
        String token = form.htmlPath().getString("**.find { it.@name == '_csrf' }.@value");
        Map<String, String> cookies = new HashMap<>(form.cookies());
        cookies.putAll(given().redirects()
                .follow(false)
                .cookies(cookies)
                .formParam("_csrf", token)
                .formParam("username", account)
                .formParam("password", "test")
                .post("/login")
                .cookies());
        return cookies;
    }

    private static ValidatableResponse as(String account, String method, String path) {
        return given().auth()
                .preemptive()
                .basic(account, "test")
                .header("Accept-Language", "en")
                .contentType("application/json")
                .request(method, path)
                .then();
    }
}
