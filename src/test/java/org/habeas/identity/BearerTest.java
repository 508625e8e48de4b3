package org.habeas.identity;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.smallrye.jwt.build.Jwt;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** With an OpenID Connect provider a bearer token is staff's on one path and a person's passphrase on the other. */
@QuarkusTest
@TestProfile(BearerTest.WithProvider.class)
class BearerTest {
    private static final String KEY = "habeas.testing.provider-key";

    /** A provider whose key is known, so that no provider need run. */
    public static class WithProvider implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            try {
                KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
                generator.initialize(2048);
                KeyPair pair = generator.generateKeyPair();
                System.setProperty(
                        KEY,
                        Base64.getEncoder().encodeToString(pair.getPrivate().getEncoded()));
                return Map.of(
                        "quarkus.oidc.tenant-enabled",
                        "true",
                        "quarkus.oidc.public-key",
                        Base64.getEncoder().encodeToString(pair.getPublic().getEncoded()));
            } catch (java.security.GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Test
    void aPassphraseIsNoTokenAndATokenNoPassphrase() throws Exception {
        JsonPath answer = given().contentType(ContentType.JSON)
                .body(Map.of("right", "access", "identifiers", Map.of("email", "ada@example.org")))
                .post("/api/v1/requests")
                .then()
                .statusCode(202)
                .extract()
                .jsonPath();
        String own = "/api/v1/requests/" + answer.getString("reference");
        String passphrase = answer.getString("passphrase");
        bearer(passphrase).get(own).then().statusCode(200).body("state", equalTo("unverified"));
        bearer(passphrase)
                .contentType(ContentType.JSON)
                .body(Map.of("text", "Hei"))
                .post(own + "/messages")
                .then()
                .statusCode(201);
        bearer("wrong").get(own).then().statusCode(404);
        bearer(token("officer")).get(own).then().statusCode(404);
        given().get(own).then().statusCode(401);
        bearer(passphrase).get("/api/v1/cases").then().statusCode(401);
    }

    @Test
    void staffComeWithATokenAndNoLocalAccountIsLeft() throws Exception {
        bearer(token("officer")).get("/api/v1/cases").then().statusCode(200);
        bearer(token("auditor")).get("/api/v1/cases").then().statusCode(403);
        bearer(token("somebody")).get("/api/v1/cases").then().statusCode(403);
        given().get("/api/v1/cases").then().statusCode(401);
        given().auth()
                .preemptive()
                .basic("officer", "test")
                .get("/api/v1/cases")
                .then()
                .statusCode(401);
    }

    private static io.restassured.specification.RequestSpecification bearer(String token) {
        return given().header("Authorization", "Bearer " + token);
    }

    private static String token(String role) throws Exception {
        PrivateKey key = KeyFactory.getInstance("RSA")
                .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(System.getProperty(KEY))));
        return Jwt.upn("kari")
                .subject("kari")
                .claim("realm_access", Map.of("roles", List.of(role)))
                .expiresIn(300)
                .sign(key);
    }
}
