package org.habeas.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import java.util.List;
import java.util.Map;
import org.habeas.testing.Bookshop;
import org.junit.jupiter.api.Test;

/** Article 15: Ada asks for a copy of her data. */
@QuarkusTest
@TestProfile(FlowProfile.class)
class AccessFlowTest {
    @Test
    void adaGetsACopyOfHerDataAndNobodyElses() {
        Ada ada = Ada.asks("access", Bookshop.ADA).provesHerAddress().sees("review");

        JsonPath findings = Officer.FIRST.reads(ada, "/findings");
        assertEquals(List.of("found", "found"), findings.getList("systems.status"));
        assertEquals(2, Officer.FIRST.found(ada, "library", "loan").size());
        assertEquals(2, Officer.FIRST.found(ada, "accounts", "Invoice").size());
        assertEquals(
                List.of("Ada Strand"),
                Officer.FIRST.found(ada, "library", "reader").stream()
                        .map(r -> r.get("full_name"))
                        .toList());

        Officer.FIRST.fulfils(ada, null);
        ada.sees("closed");
        assertEquals("fulfilled", ada.status().getString("outcome"));
        assertTrue(ada.status().getBoolean("package.available"));
        ada.mailbox.saying(ada.reference);

        Map<String, byte[]> files = ada.downloads();
        assertTrue(files.keySet()
                .containsAll(List.of("summary.html", "data.json", "manifest.json", "csv/library.loan.csv")));
        String data = Ada.text(files.get("data.json"));
        JsonPath json = JsonPath.from(data);
        assertEquals("habeas-package/1", json.getString("format"));
        assertEquals(ada.reference, json.getString("reference"));
        assertEquals("Ada Strand", json.getString("systems.library.reader[0].full_name"));
        assertFalse(data.contains("Bea"), "nobody else's data");
        assertFalse(data.contains("\"shard\""), "fields only under system stay out");
        assertTrue(data.contains("12345678901234567890.25"), "numbers stay exact");
        assertFalse(Ada.text(files.get("csv/library.book.csv")).contains("\n=cmd"), "no cell begins a formula");
        String summary = Ada.text(files.get("summary.html"));
        for (String part :
                List.of("Lending books", "Posten", "Bookkeeping Act section 13", "Datatilsynet", "Storgata 1")) {
            assertTrue(summary.contains(part), part);
        }
    }

    @Test
    void whatConcernsOthersIsHiddenBeforeSheGetsIt() {
        Ada ada = Ada.asks("access", Bookshop.ADA).provesHerAddress().sees("review");
        String row = Officer.FIRST
                .reads(ada, "/findings/accounts/Invoice")
                .getString("items.find { it.values.id == 100 }.row");
        Officer.FIRST
                .does(
                        ada,
                        "POST",
                        "/redactions",
                        Map.of(
                                "system",
                                "accounts",
                                "collection",
                                "Invoice",
                                "row",
                                row,
                                "field",
                                "note",
                                "ground",
                                "art-15-4"))
                .then()
                .statusCode(201);
        Officer.FIRST.fulfils(ada, null);
        ada.sees("closed");
        String data = Ada.text(ada.downloads().get("data.json"));
        assertFalse(data.contains("likes crime"));
        assertTrue(data.contains("250"));
    }

    @Test
    void someoneUnknownIsAnsweredTheSameWay() {
        Ada nobody =
                Ada.asks("access", "nobody.here@example.org").provesHerAddress().sees("review");
        assertEquals(
                List.of("none", "none"),
                Officer.FIRST.reads(nobody, "/findings").getList("systems.status"));
        Officer.FIRST.fulfils(nobody, null);
        nobody.sees("closed");
        assertTrue(nobody.downloads().containsKey("summary.html"));
    }
}
