package org.habeas.delivery;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.oneOf;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.agroal.api.AgroalDataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.UUID;
import java.util.zip.ZipInputStream;
import org.habeas.actor.Actor;
import org.habeas.identity.SentCodes;
import org.habeas.law.Right;
import org.habeas.request.Answer;
import org.habeas.request.Channel;
import org.habeas.request.Identifier;
import org.habeas.request.Particulars;
import org.habeas.request.Receipt;
import org.habeas.request.Requests;
import org.habeas.request.RightsRequest;
import org.habeas.request.State;
import org.junit.jupiter.api.Test;

/** The package from the decision to its end: built by work, fetched with a code, counted, expired; never half. */
@QuarkusTest
class DeliveryTest {
    private static final Actor OFFICER = Actor.officer("officer");

    @Inject
    Requests requests;

    @Inject
    PackageStore store;

    @Inject
    Packages packages;

    @Inject
    SentCodes codes;

    @Inject
    AgroalDataSource database;

    @Inject
    Clock clock;

    @Test
    void aCopyIsBuiltFetchedCountedAndTakenAwayInTime() throws Exception {
        Requests.Opened ada = answered();
        String reference = ada.request().reference().text();
        fetch(ada, "000000").statusCode(422).body("violations[0].field", equalTo("code"));
        for (String path : List.of("/api/v1/requests/", "/request/")) {
            given().header("Authorization", "Bearer " + ada.passphrase())
                    .get(path + reference + "/package")
                    .then()
                    .statusCode(oneOf(404, 405));
        }
        assertEquals(0, downloads(ada), "a link scanner fetches nothing");
        String code = freshCode(ada);
        Requests.Opened stranger =
                new Requests.Opened(ada.request(), asked(Right.ACCESS).passphrase());
        fetch(stranger, code).statusCode(404);
        byte[] zip = fetch(ada, code)
                .statusCode(200)
                .contentType("application/zip")
                .header("Content-Disposition", containsString(reference))
                .header("Cache-Control", containsString("no-store"))
                .extract()
                .asByteArray();
        assertEquals(List.of("data.json", "manifest.json", "summary.html"), names(zip));
        assertEquals(1, downloads(ada));
        status(ada).body("package.available", equalTo(true));
        String letters = status(ada).extract().jsonPath().getString("messages.text");
        assertTrue(letters.contains("/request/" + reference), letters);

        update(
                "update answer_package set expires_at = now() - interval '1 second' where request_id = ?",
                ada.request().id());
        fetch(ada, "000000").statusCode(409);
        while (!packages.expireSome()) {
            // until all are gone
        }
        status(ada).body("package.available", equalTo(false)).body("state", equalTo("closed"));
        fetch(ada, "000000").statusCode(409);
        assertEquals(
                0,
                number(
                        "select count(*) from answer_package_piece join answer_package on id = package_id"
                                + " where request_id = ?",
                        ada.request().id()));
    }

    @Test
    void nobodyGetsAPackageThatIsNotThereOrNotHers() {
        Requests.Opened ada = asked(Right.ACCESS);
        Requests.Opened bea = asked(Right.ACCESS);
        fetch(ada, codes.last(ada.request().reference().text())).statusCode(404);
        given().contentType(ContentType.JSON)
                .header("Authorization", "Bearer " + bea.passphrase())
                .body(Map.of("code", "123456"))
                .post("/api/v1/requests/" + ada.request().reference() + "/package")
                .then()
                .statusCode(404);
        given().contentType(ContentType.JSON)
                .body(Map.of("code", "123456"))
                .post("/api/v1/requests/" + ada.request().reference() + "/package")
                .then()
                .statusCode(401);
    }

    @Test
    void aBuildThatWasKilledIsDoneAgainFromTheStart() throws Exception {
        RightsRequest request = asked(Right.ACCESS).request();
        byte[] bytes = new byte[3_500_000];
        new Random(7).nextBytes(bytes);
        PackageStore.Begun killed = store.begin(request, clock.instant());
        OutputStream half = store.writing(killed);
        half.write(bytes, 0, 2_500_000);

        PackageStore.Begun again = store.begin(request, clock.instant());
        assertThrows(RuntimeException.class, () -> half.write(bytes), "who lost the work writes no more");
        try (OutputStream whole = store.writing(again)) {
            whole.write(bytes);
        }
        assertTrue(QuarkusTransaction.requiringNew()
                .call(() -> store.newest(request.id()))
                .isEmpty());
        Instant until = clock.instant().plus(Duration.ofDays(30));
        QuarkusTransaction.requiringNew().run(() -> store.ready(again.id(), clock.instant(), until));
        PackageStore.Kept kept = QuarkusTransaction.requiringNew()
                .call(() -> store.newest(request.id()))
                .orElseThrow();
        try (InputStream in = store.reading(kept)) {
            assertArrayEquals(bytes, in.readAllBytes());
        }
        update("delete from answer_package_piece where position = 3 and package_id = ?", again.id());
        try (InputStream in = store.reading(kept)) {
            assertThrows(IOException.class, in::readAllBytes, "a piece that is missing is noticed");
        }
    }

    @Test
    void whoTakesTheRequestBackWhileItIsBuiltGetsNoPackage() throws Exception {
        Requests.Opened ada = asked(Right.ACCESS);
        QuarkusTransaction.requiringNew().run(() -> {
            RightsRequest request = requests.get(ada.request().id());
            decide(request);
            requests.record(request.withdraw(Actor.person(request.reference().text()), clock.instant()));
        });
        Thread.sleep(1500);
        assertEquals(
                0,
                number(
                        "select count(*) from answer_package where request_id = ?",
                        ada.request().id()));
        status(ada).body("outcome", equalTo("withdrawn"));
    }

    private Requests.Opened answered() throws InterruptedException {
        Requests.Opened ada = asked(Right.ACCESS);
        QuarkusTransaction.requiringNew()
                .run(() -> decide(requests.get(ada.request().id())));
        Instant end = Instant.now().plusSeconds(20);
        while (QuarkusTransaction.requiringNew()
                        .call(() -> requests.get(ada.request().id()).state())
                != State.CLOSED) {
            assertTrue(Instant.now().isBefore(end), "the package was not built in time");
            Thread.sleep(100);
        }
        return ada;
    }

    private void decide(RightsRequest request) {
        requests.prove(request, Identifier.EMAIL, requests.email(request).text());
        requests.record(request.verify(Actor.person(request.reference().text()), "code", clock.instant()));
        requests.record(request.searched(Actor.system("test"), 0, 0));
        requests.record(request.decide(OFFICER, Answer.FULFIL, null, null, false, clock.instant()));
    }

    private Requests.Opened asked(Right right) {
        var receipt = new Receipt(
                right,
                "",
                "gdpr-no",
                Channel.PORTAL,
                "en",
                clock.instant(),
                LocalDate.now(clock),
                List.of(new Identifier(Identifier.EMAIL, "p" + UUID.randomUUID() + "@example.org", false)),
                new Particulars(null, null, List.of()));
        return QuarkusTransaction.requiringNew().call(() -> requests.receive(receipt, Actor.Kind.PERSON, ""));
    }

    private String freshCode(Requests.Opened ada) {
        given().header("Authorization", "Bearer " + ada.passphrase())
                .contentType(ContentType.JSON)
                .post("/api/v1/requests/" + ada.request().reference() + "/codes")
                .then()
                .statusCode(202);
        return codes.last(ada.request().reference().text());
    }

    private ValidatableResponse fetch(Requests.Opened ada, String code) {
        return given().contentType(ContentType.JSON)
                .header("Authorization", "Bearer " + ada.passphrase())
                .body(Map.of("code", code))
                .post("/api/v1/requests/" + ada.request().reference() + "/package")
                .then();
    }

    private ValidatableResponse status(Requests.Opened ada) {
        return given().header("Authorization", "Bearer " + ada.passphrase())
                .get("/api/v1/requests/" + ada.request().reference())
                .then()
                .statusCode(200);
    }

    private static List<String> names(byte[] zip) throws IOException {
        TreeSet<String> names = new TreeSet<>();
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                names.add(entry.getName());
            }
        }
        return List.copyOf(names);
    }

    private long number(String sql, UUID id) throws SQLException {
        try (var connection = database.getConnection();
                var select = connection.prepareStatement(sql)) {
            select.setObject(1, id);
            try (var rows = select.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }

    private long downloads(Requests.Opened ada) throws SQLException {
        return number(
                "select downloads from answer_package where request_id = ?",
                ada.request().id());
    }

    private void update(String sql, UUID id) throws SQLException {
        try (var connection = database.getConnection();
                var update = connection.prepareStatement(sql)) {
            update.setObject(1, id);
            update.executeUpdate();
        }
    }
}
