package org.habeas.ready;

import static io.restassured.RestAssured.get;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasItem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What an operator asks is answered, and what the operator's page promises is there. */
@QuarkusTest
class OperatorsTest {
    private static final Pattern FIGURE = Pattern.compile("habeas_[a-z_]+");

    @Inject
    AgroalDataSource database;

    @TestHTTPResource("/")
    URI portal;

    @Test
    void everyFigureIsOnTheOperatorsPageAndEveryFigureOfThePageIsThere() throws IOException {
        Set<String> told = figures(Files.readString(Path.of("docs/operations.md")));
        Set<String> there = figures(get("/q/metrics").asString());
        Set<String> oneASystem = Set.of("habeas_connector_failed_searches", "habeas_data_map_drift");
        told.removeAll(oneASystem);
        there.removeAll(oneASystem);
        assertEquals(told, there);
    }

    @Test
    void healthTellsEveryPart() {
        get("/q/health/live").then().statusCode(200).body("status", equalTo("UP"));
        get("/q/health/started").then().statusCode(200).body("checks.name", hasItem("Data map"));
        get("/q/health/ready")
                .then()
                .statusCode(200)
                .body("checks.size()", greaterThanOrEqualTo(1))
                .body("checks.name", hasItem("Database connections health check"));
        get("/q/health/well").then().body("checks.size()", greaterThanOrEqualTo(5));
    }

    @Test
    void withoutAConnectionLeftItSaysSoAndWhenToComeBack() throws Exception {
        List<Connection> all = new ArrayList<>();
        try {
            for (int i = 0;
                    i
                            < database.getConfiguration()
                                    .connectionPoolConfiguration()
                                    .maxSize();
                    i++) {
                all.add(database.getConnection());
            }
            Caller nobody = Caller.nobody(portal);
            var page = CompletableFuture.supplyAsync(() -> nobody.get("/task/AAAAAAAAAAAAAAAAAAAAAAAAAA"));
            Caller.Answer api = nobody.files("access", "ada@example.org");
            assertEquals(503, api.status(), api.body());
            assertEquals("application/problem+json", api.type());
            assertEquals("30", api.retryAfter().orElse(""));
            assertEquals(503, api.json().get("status").asInt());
            assertEquals(503, page.get().status());
            assertEquals("30", page.get().retryAfter().orElse(""));
            assertTrue(page.get().type().startsWith("text/html"), page.get().body());
        } finally {
            for (Connection connection : all) {
                connection.close();
            }
        }
        get("/q/health/ready").then().statusCode(200);
    }

    private static Set<String> figures(String text) {
        Set<String> found = new TreeSet<>();
        Matcher figure = FIGURE.matcher(text);
        while (figure.find()) {
            found.add(figure.group());
        }
        return found;
    }
}
