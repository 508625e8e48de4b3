package org.habeas.site;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
class SitePagesTest {
    @ParameterizedTest
    @CsvSource({
        "/, en, Your data is yours",
        "/, nb, Opplysningene dine er dine",
        "/, nn-NO, Opplysningane dine er dine",
        "/treatment, en, keeps you signed in",
        "/accessibility, nn, Alle skal kunne bruke",
        "/complaint, en, Datatilsynet",
        "/erasure, nb, Be om sletting",
        "/policy, nb, Personvernerklæring",
        "/login, en, Sign in"
    })
    void everyPageSpeaksTheReadersLanguage(String path, String language, String words) {
        given().header("Accept-Language", language)
                .get(path)
                .then()
                .statusCode(200)
                .body(allOf(
                        containsString("<html lang=\"" + language.substring(0, 2)),
                        containsString(words),
                        not(containsString("style=")),
                        not(containsString("NOT_FOUND"))));
    }

    @ParameterizedTest
    @CsvSource({"nb, Opplysningene dine er dine", "nn, Opplysningane dine er dine", "en, Your data is yours"})
    void theSwitchGoesBeforeTheBrowserAndTravelsInLinks(String language, String words) {
        given().header("Accept-Language", "de")
                .get("/?lang=" + language)
                .then()
                .body(allOf(containsString(words), containsString("href=\"/policy?lang=" + language + "\"")));
    }
}
