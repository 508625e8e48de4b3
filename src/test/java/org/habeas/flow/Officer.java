package org.habeas.flow;

import static io.restassured.RestAssured.given;

import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A member of staff at work over the API. */
record Officer(String account) {
    static final Officer FIRST = new Officer("officer");
    static final Officer SECOND = new Officer("officer2");
    static final Officer AUDITOR = new Officer("auditor");
    static final Officer ADMIN = new Officer("admin");

    JsonPath reads(String path) {
        return call("GET", path, null).then().statusCode(200).extract().jsonPath();
    }

    JsonPath reads(Ada ada, String path) {
        return reads("/api/v1/cases/" + ada.reference + path);
    }

    Response does(Ada ada, String method, String path, Object body) {
        return call(method, "/api/v1/cases/" + ada.reference + path, body);
    }

    /** Decides to fulfil, on the plan that stands, and expects it to be possible. */
    void fulfils(Ada ada, String ground) {
        Map<String, Object> decision = new HashMap<>(Map.of("outcome", "fulfil", "text", "We do what you ask."));
        if (ground != null) {
            decision.put("ground", ground);
        }
        String digest = planOf(ada).getString("digest");
        if (digest != null) {
            decision.put("plan", digest);
        }
        does(ada, "POST", "/decision", decision).then().statusCode(200);
    }

    Response approves(Ada ada, String digest) {
        Map<String, Object> approval = new HashMap<>(Map.of("approve", true));
        if (digest != null) {
            approval.put("plan", digest);
        }
        return does(ada, "POST", "/approval", approval);
    }

    JsonPath planOf(Ada ada) {
        Response plan = does(ada, "GET", "/plan", null);
        return plan.statusCode() == 200 ? plan.jsonPath() : JsonPath.from("{}");
    }

    /** The rows found in one collection. */
    List<Map<String, Object>> found(Ada ada, String system, String collection) {
        return reads(ada, "/findings/" + system + "/" + collection).getList("items.values");
    }

    Response call(String method, String path, Object body) {
        var call = given().auth().preemptive().basic(account, "test");
        if (body != null) {
            call = call.contentType(ContentType.JSON).body(body);
        }
        return call.request(method, path);
    }
}
