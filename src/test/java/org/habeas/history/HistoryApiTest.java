package org.habeas.history;

import static io.restassured.RestAssured.get;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.agroal.api.AgroalDataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.security.TestSecurity;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import jakarta.transaction.TransactionalException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.habeas.actor.Actor;
import org.habeas.audit.Act;
import org.habeas.audit.Ledger;
import org.habeas.cli.Verify;
import org.habeas.law.Right;
import org.habeas.request.Answer;
import org.habeas.request.Channel;
import org.habeas.request.Identifier;
import org.habeas.request.Particulars;
import org.habeas.request.Receipt;
import org.habeas.request.Requests;
import org.habeas.request.RightsRequest;
import org.habeas.testing.SecondVerifier;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

@QuarkusTest
@TestSecurity(user = "auditor", roles = "auditor")
class HistoryApiTest {
    private static final String COLUMNS =
            "reference,right,organisation,channel,received_at,verified_at,due,extended_to,"
                    + "closed_at,outcome,ground,days_open,officer,approver,systems_searched,rows_found,rows_changed,rows_erased,"
                    + "rows_retained";

    @Inject
    Requests requests;

    @Inject
    Ledger ledger;

    @Inject
    AgroalDataSource database;

    @Test
    void openAndClosedCasesAreExportedWithTheContractsColumns() {
        String open = received(Right.ACCESS, "2021-03-04T08:12:00Z");
        String closed = received(Right.ERASURE, "2021-03-05T08:12:00.5Z");
        refuse(closed, "2021-03-10T12:00:00Z");
        List<String> lines = get("/api/v1/history?from=2021-03-04&to=2021-03-05")
                .then()
                .statusCode(200)
                .header("Content-Type", "text/csv; charset=utf-8")
                .header("Content-Disposition", startsWith("attachment; filename=\"habeas-history-"))
                .extract()
                .asString()
                .lines()
                .toList();
        assertEquals(
                List.of(
                        COLUMNS,
                        open + ",access,nordlys-retail,portal,2021-03-04T08:12:00Z,,2021-04-06,,,,,,,,,,,,",
                        closed
                                + ",erasure,nordlys-retail,portal,2021-03-05T08:12:00.5Z,2021-03-06T10:00:00Z,2021-04-06,,"
                                + "2021-03-10T12:00:00Z,refused,art-12-5-excessive,5,officer,officer2,3,7,,,"),
                lines);
    }

    @Test
    void theSameRowsComeAsJsonAndAsAWorkbook() {
        String reference = received(Right.ACCESS, "2020-03-04T08:12:00Z");
        get("/api/v1/history?from=2020-03-04&to=2020-03-04&format=jsonl")
                .then()
                .statusCode(200)
                .header("Content-Type", startsWith("application/x-ndjson"))
                .body(equalTo("{\"reference\":\"" + reference
                        + "\",\"right\":\"access\",\"organisation\":\"nordlys-retail\",\"channel\":\"portal\","
                        + "\"received_at\":\"2020-03-04T08:12:00Z\",\"verified_at\":null,\"due\":\"2020-04-06\","
                        + "\"extended_to\":null,\"closed_at\":null,\"outcome\":null,\"ground\":null,\"days_open\":null,"
                        + "\"officer\":null,\"approver\":null,\"systems_searched\":null,\"rows_found\":null,"
                        + "\"rows_changed\":null,\"rows_erased\":null,\"rows_retained\":null}\n"));
        byte[] workbook = get("/api/v1/history?from=2020-03-04&to=2020-03-04&format=xlsx")
                .then()
                .statusCode(200)
                .header("Content-Disposition", containsString(".xlsx"))
                .extract()
                .asByteArray();
        assertEquals('P', workbook[0]);
    }

    @Test
    void filtersNarrowAndWrongOnesAreTold() {
        String access = received(Right.ACCESS, "2019-05-01T00:00:00Z");
        String portability = received(Right.PORTABILITY, "2019-05-01T22:30:00Z");
        assertEquals(2, rows("from=2019-05-01&to=2019-05-01"));
        assertEquals(1, rows("from=2019-05-01&to=2019-05-01&right=access"));
        assertEquals(0, rows("from=2019-05-01&to=2019-05-01&organisation=other"));
        assertEquals(0, rows("from=2019-05-01&to=2019-05-01&outcome=refused"));
        assertEquals(1, rows("from=2019-05-01T22:30:00Z&to=2019-05-01T23:00:00Z"));
        assertEquals(1, rows("from=2019-05-01T00:00:00Z&to=2019-05-01T22:30:00Z"));
        assertEquals(0, rows("from=2019-04-02&to=2019-04-30"));
        assertFalse(access.equals(portability));
        for (String wrong : List.of(
                "from=yesterday",
                "to=2019-13-01",
                "from=2019-05-02&to=2019-05-01",
                "right=all",
                "outcome=won",
                "format=pdf",
                "organisation=a%40b",
                "from=%2B999999999-01-01",
                "from=2019-05-01T10:00")) {
            get("/api/v1/history?" + wrong).then().statusCode(422);
        }
    }

    @Test
    void whatTheAuditorReadsIsItselfInTheHistory() throws SQLException {
        long before = count("history.exported");
        get("/api/v1/history").then().statusCode(200);
        assertEquals(before + 1, count("history.exported"));
        before = count("history.checkpoint-read");
        get("/api/v1/audit/checkpoint").then().statusCode(200);
        assertEquals(before + 1, count("history.checkpoint-read"));
    }

    @Test
    void theBundleAndTheProofOfACaseVerifyOffline() throws Exception {
        String reference = received(Right.ACCESS, "2018-03-04T08:12:00Z");
        byte[] earlier =
                get("/api/v1/audit/checkpoint").then().statusCode(200).extract().asByteArray();
        Path folder = Files.createTempDirectory("bundle");
        Path since = Files.write(folder.resolve("since"), earlier);
        Response proof = eventually(reference);
        Path proven = Files.write(folder.resolve("proof.json"), proof.asByteArray());
        assertTrue(verify(0, proven.toString()).contains("entries stand in the history"));
        SecondVerifier second = new SecondVerifier();
        String key = proof.jsonPath().getString("public_key");
        assertTrue(second.verify(proven, null, key).startsWith("OK: "));
        proof.then().body("format", equalTo("habeas-proof/1")).body("entries[0].details", equalTo("none"));
        Files.writeString(proven, proof.asString().replace("access", "erased"));
        assertTrue(verify(1, proven.toString()).contains("is not in the history that was signed"));
        assertTrue(second.verify(proven, null, key).contains("is not under the signed head"));

        byte[] zip = get("/api/v1/audit/bundle")
                .then()
                .statusCode(200)
                .header("Content-Type", equalTo("application/zip"))
                .header("Content-Disposition", containsString("habeas-bundle-"))
                .extract()
                .asByteArray();
        Path bundle = Files.write(folder.resolve("bundle.zip"), zip);
        assertTrue(verify(0, bundle.toString(), "--since", since.toString()).startsWith("OK: "));
        String secondly = second.verify(bundle, earlier, key);
        assertTrue(secondly.startsWith("OK: "), secondly);
        String told = verify(1, since.toString());
        assertTrue(told.startsWith("WRONG: ") && told.lines().count() == 1, told);
    }

    @Test
    void aCaseThatNobodyKnowsHasNoProof() {
        get("/api/v1/audit/proof/H-0000-0000-00").then().statusCode(404);
        get("/api/v1/audit/proof/nonsense").then().statusCode(404);
    }

    @Test
    void statisticsCountByRightAndOutcome() {
        received(Right.ACCESS, "2017-03-04T08:12:00Z");
        refuse(received(Right.ERASURE, "2017-03-05T12:00:00Z"), "2017-03-10T12:00:00Z");
        refuse(received(Right.ERASURE, "2017-03-05T12:00:00Z"), "2017-05-10T12:00:00Z");
        get("/api/v1/statistics?from=2017-03-01&to=2017-03-31")
                .then()
                .statusCode(200)
                .body("from", equalTo("2017-03-01"))
                .body("total.count", equalTo(3))
                .body("total.open", equalTo(1))
                .body("total.overdue", equalTo(1))
                .body("total.on_time", equalTo(1))
                .body("total.late", equalTo(1))
                .body("rights.right", hasItems("access", "erasure"))
                .body("items.find { it.right == 'erasure' }.outcome", equalTo("refused"))
                .body("items.find { it.right == 'erasure' }.count", equalTo(2))
                .body("items.find { it.right == 'erasure' }.median_days", equalTo(35.5f))
                .body("items.find { it.right == 'erasure' }.mean_days", equalTo(35.5f))
                .body("items.find { it.right == 'erasure' }.p90_days", greaterThan(50f))
                .body("items.find { it.right == 'access' }.outcome", equalTo(null));
        get("/api/v1/statistics?from=1950-01-01&to=1950-12-31")
                .then()
                .statusCode(200)
                .body("total.count", equalTo(0));
        get("/api/v1/statistics?from=x").then().statusCode(422);
    }

    @Test
    void anAnswerIsOnTimeByTheOrganisationsCalendar() {
        // 5 April in Oslo ends at 22:00 UTC
        refuse(received(Right.ERASURE, "2013-03-05T12:00:00Z"), "2013-04-05T21:59:00Z");
        refuse(received(Right.ERASURE, "2013-03-05T12:00:00Z"), "2013-04-05T22:01:00Z");
        get("/api/v1/statistics?from=2013-03-01&to=2013-03-31")
                .then()
                .body("total.answered", equalTo(2))
                .body("total.on_time", equalTo(1))
                .body("regimes.group", equalTo(List.of("gdpr-no")))
                .body("organisations.group", equalTo(List.of("nordlys-retail")))
                .body("months.group", equalTo(List.of("2013-03")))
                .body("months[0].on_time", equalTo(1));
        String csv = get("/api/v1/statistics/csv?from=2013-03-01&to=2013-03-31")
                .then()
                .statusCode(200)
                .extract()
                .asString();
        assertTrue(csv.contains("month,,,2013-03,2,0,0,2,2,1,1,"), csv);
    }

    @Test
    void californiasFiguresAreThoseOfAYear() throws SQLException {
        String asked = received(Right.ERASURE, "2022-03-05T12:00:00Z");
        String known = received(Right.PORTABILITY, "2022-12-31T12:00:00Z");
        refuse(asked, "2022-03-10T12:00:00Z");
        execute("update rights_request set regime = 'ccpa' where reference in ('" + asked + "', '" + known + "')");
        get("/api/v1/statistics/ccpa?year=2022")
                .then()
                .statusCode(200)
                .body("year", equalTo(2022))
                .body("items.kind", equalTo(List.of("delete", "correct", "know", "opt-out", "limit")))
                .body("items[0].received", equalTo(1))
                .body("items[0].denied", equalTo(1))
                .body("items[0].median_days", equalTo(5.0f))
                .body("items[2].received", equalTo(1))
                .body("items[2].median_days", equalTo(null));
        get("/api/v1/statistics/ccpa?year=2021").then().body("items.received", equalTo(List.of(0, 0, 0, 0, 0)));
        get("/api/v1/statistics/ccpa?year=next").then().statusCode(422);
    }

    @Test
    void everybodySeesTheFiguresButNoneUnderFive() {
        for (int i = 0; i < 6; i++) {
            refuse(received(Right.ERASURE, "2019-03-05T12:00:00Z"), "2019-03-10T12:00:00Z");
        }
        for (int i = 0; i < 3; i++) {
            refuse(received(Right.ACCESS, "2019-03-05T12:00:00Z"), "2019-03-10T12:00:00Z");
        }
        String csv =
                get("/openness/csv?year=2019").then().statusCode(200).extract().asString();
        assertTrue(csv.contains("\naccess,0,0,,0,0,,"), csv);
        assertFalse(csv.matches("(?s).*[^0-9.][1-4][,\r].*"), csv);
        for (String language : List.of("en", "nb", "nn")) {
            get("/openness?year=2019&lang=" + language).then().statusCode(200);
        }
        get("/openness?year=1999").then().statusCode(404);
        get("/openness?year=x").then().statusCode(404);
    }

    @Test
    @TestSecurity(user = "officer", roles = "officer")
    void anOfficerReadsTheFiguresOnly() {
        get("/api/v1/statistics").then().statusCode(200);
        get("/api/v1/history").then().statusCode(403);
        get("/api/v1/audit/checkpoint").then().statusCode(403);
        get("/api/v1/audit/bundle").then().statusCode(403);
        get("/api/v1/audit/proof/H-0000-0000-00").then().statusCode(403);
    }

    @Test
    void withoutATransactionNothingIsWrittenAndWhatIsRolledBackLeavesNoEntry() throws SQLException {
        Act act = Act.of("test.done", Actor.system("test"));
        assertThrows(TransactionalException.class, () -> ledger.append(act));
        assertThrows(IllegalStateException.class, () -> QuarkusTransaction.requiringNew()
                .run(() -> {
                    ledger.append(act);
                    throw new IllegalStateException("the act failed");
                }));
        assertEquals(0, count("test.done"));
    }

    @Test
    void anActWhoseEntryCannotBeWrittenDoesNotHappen() throws SQLException {
        execute("alter table audit_entry add constraint broken check (event <> 'request.received') not valid");
        long before = one("select count(*) from rights_request");
        try {
            assertThrows(RuntimeException.class, () -> received(Right.ACCESS, "2016-01-01T00:00:00Z"));
        } finally {
            execute("alter table audit_entry drop constraint broken");
        }
        assertEquals(before, one("select count(*) from rights_request"));
    }

    private Response eventually(String reference) throws InterruptedException {
        for (int i = 0; i < 100; i++) {
            Response proof = get("/api/v1/audit/proof/" + reference);
            assertEquals(200, proof.statusCode());
            if (!proof.jsonPath().getList("entries").isEmpty()) {
                return proof;
            }
            Thread.sleep(200);
        }
        throw new AssertionError("no head covers the case");
    }

    private static String verify(int exit, String... args) {
        StringWriter out = new StringWriter();
        CommandLine command = new CommandLine(new Verify()).setOut(new PrintWriter(out));
        assertEquals(exit, command.execute(args), out::toString);
        return out.toString();
    }

    private long rows(String query) {
        return get("/api/v1/history?" + query)
                        .then()
                        .statusCode(200)
                        .extract()
                        .asString()
                        .lines()
                        .count()
                - 1;
    }

    private String received(Right right, String at) {
        Instant instant = Instant.parse(at);
        List<Identifier> identifiers =
                new ArrayList<>(List.of(new Identifier(Identifier.EMAIL, "ada@example.org", false)));
        var receipt = new Receipt(
                right,
                "nordlys-retail",
                "gdpr-no",
                Channel.PORTAL,
                "nb",
                instant,
                LocalDate.parse(at.substring(0, 10)),
                identifiers,
                new Particulars("Ada", "…", List.of()));
        return requests.receive(receipt, Actor.Kind.PERSON, "")
                .request()
                .reference()
                .text();
    }

    private void refuse(String reference, String at) {
        Instant verified = Instant.parse(at).minusSeconds(4 * 86_400 + 7_200);
        QuarkusTransaction.requiringNew().run(() -> {
            RightsRequest request = requests.get(new org.habeas.request.Reference(reference));
            requests.record(request.verify(Actor.person(reference), "code", verified));
            requests.record(request.searched(Actor.system("search"), 3, 7));
            var decided = request.decide(
                    Actor.officer("officer"), Answer.REFUSE, "art-12-5-excessive", null, true, Instant.parse(at));
            requests.keepText(request, request.decision().orElseThrow(), "You have asked for the same every day.");
            requests.record(decided);
            requests.record(request.approve(Actor.officer("officer2"), null, Instant.parse(at)));
        });
    }

    private long count(String event) throws SQLException {
        return one("select count(*) from audit_entry where event = '" + event + "'");
    }

    private long one(String sql) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private void execute(String sql) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
