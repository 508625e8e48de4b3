package org.habeas.testing;

import static io.restassured.RestAssured.get;

import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

@QuarkusTest
class PortalStartsTest {
    @Test
    void isReady() {
        get("/q/health/ready").then().statusCode(200);
    }
}
