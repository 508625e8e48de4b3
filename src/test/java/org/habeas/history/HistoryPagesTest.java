package org.habeas.history;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.filter.cookie.CookieFilter;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

@QuarkusTest
class HistoryPagesTest {
    private final CookieFilter cookies = new CookieFilter();

    @Test
    void theAuditorSeesEntriesAndTakesThemOut() {
        signIn("auditor");
        page("/history?lang=nb").then().statusCode(200).body(containsString("Historikk"));
        page("/history?event=history.searched&officer=auditor")
                .then()
                .statusCode(200)
                .body(containsString("<code>history.searched</code>"))
                .body(containsString("<a href=\"/history?officer=auditor\">auditor</a>"));
        page("/history?event=history.searched&officer=officer")
                .then()
                .body(not(containsString("<code>history.searched")));
        page("/history/checkpoint").then().statusCode(200).body(containsString("\n— habeas.internal/history/"));
        page("/history/bundle").then().statusCode(200).header("Content-Type", equalTo("application/zip"));
        page("/history/cases?format=csv").then().statusCode(200).body(containsString("reference,right,organisation"));
        page("/history/cases?format=csv&from=soon").then().statusCode(422).body(containsString("There is a problem"));
        page("/history/proof/H-0000-0000-00").then().statusCode(404);
        page("/statistics").then().statusCode(200);
        page("/statistics?from=soon").then().statusCode(422).body(containsString("There is a problem"));
    }

    @Test
    void wrongSearchesAreToldOnThePage() {
        signIn("auditor");
        for (String wrong : new String[] {
            "reference=H-1", "reference=H-0000-0000-00", "from=soon", "event=%3Cb%3E", "from=2026-02-02&to=2026-02-01"
        }) {
            page("/history?" + wrong).then().statusCode(422).body(containsString("There is a problem"));
        }
        page("/history?before=x").then().statusCode(200);
    }

    @Test
    void anOfficerSeesTheFiguresOnly() {
        signIn("officer");
        page("/statistics").then().statusCode(200).body(containsString("requests received"));
        page("/statistics/csv").then().statusCode(200).body(containsString("median_days"));
        page("/statistics/california?year=2022").then().statusCode(200).body(containsString("To delete"));
        page("/openness").then().statusCode(200).body(containsString("Nobody who looks is tracked"));
        page("/history").then().statusCode(403);
    }

    private Response page(String path) {
        return with().header("Accept", "text/html,*/*")
                .header("Accept-Language", "en")
                .get(path);
    }

    private void signIn(String account) {
        String form = page("/login").asString();
        Matcher token = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"").matcher(form);
        RequestSpecification post = with().redirects().follow(false);
        if (token.find()) {
            post.formParam("_csrf", token.group(1));
        }
        post.formParam("username", account)
                .formParam("password", "test")
                .formParam("to", "")
                .post("/login")
                .then()
                .statusCode(303);
    }

    private RequestSpecification with() {
        return given().filter(cookies);
    }
}
