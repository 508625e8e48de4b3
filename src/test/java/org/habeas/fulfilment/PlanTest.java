package org.habeas.fulfilment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.habeas.datamap.DataMap;
import org.habeas.datamap.DataMapLoader;
import org.habeas.request.Correction;
import org.habeas.testing.Bookshop;
import org.habeas.testing.TestDatabases;
import org.junit.jupiter.api.Test;

class PlanTest {
    private final Bookshop shop = new Bookshop();
    private final DataMap map = DataMapLoader.ofProcess().load(shop.map()).map();
    private final String library = shop.settings().get("bookshop.library");
    private final String accounts = shop.settings().get("bookshop.accounts");

    @Test
    void anErasureDeletesHersKeepsWhatTheLawKeepsAndTouchesNothingElse() {
        try (Planned ada = Planned.erasure(map, Bookshop.ADA)) {
            assertEquals(List.of(), ada.problems());
            assertEquals(
                    List.of(
                            "Invoice delete 1 - -",
                            "Invoice keep 1 Vouchers 2030-12-31",
                            "Invoice mask 1 plan_blanked -",
                            "book keep 1 plan_kept_context -",
                            "book keep 1 plan_kept_shared -",
                            "home keep 1 plan_kept_shared -",
                            "loan delete 2 - -",
                            "reader delete 1 - -"),
                    ada.items());
            assertEquals(5, ada.execute(true));
        }
        assertEquals(3, Bookshop.rows(library, "reader").size());
        assertEquals(1, Bookshop.rows(library, "loan").size());
        assertEquals(3, Bookshop.rows(library, "home").size());
        assertEquals(
                List.of(
                        "(100,ada@example.org,2025-03-01,250.00,)",
                        "(102,bea@example.org,2025-03-01,10.00,bea)",
                        "(103,dag@example.org,2025-04-01,20.00,dag)"),
                Bookshop.rows(accounts, "\"Invoice\""));
        try (Planned again = Planned.erasure(map, Bookshop.ADA)) {
            assertEquals(List.of(), again.items(), "nothing carries her address any more");
        }
    }

    @Test
    void theDigestStaysWhileTheDataStaysAndChangesWithEveryRow() {
        String before = digest();
        assertEquals(before, digest());
        TestDatabases.execute(library, "update reader set city = 'Moss' where id = 1");
        String moved = digest();
        assertNotEquals(before, moved);
        TestDatabases.execute(library, "insert into loan values (1, 7, 10, now())");
        assertNotEquals(moved, digest());
        TestDatabases.execute(library, "delete from loan where copy_no = 7");
        TestDatabases.execute(library, "update book set price = 1 where id = 10");
        assertEquals(moved, digest(), "what others share may change");
    }

    private String digest() {
        try (Planned ada = Planned.erasure(map, Bookshop.ADA)) {
            return ada.plan.digest();
        }
    }

    @Test
    void aCorrectionChangesTheValueEverywhereAndSaysSoWhenItIsNowhere() {
        var city = new Correction(null, null, "city", " oslo ", "Bergen");
        try (Planned ada = Planned.correction(map, Bookshop.ADA, city)) {
            assertEquals(List.of(), ada.problems());
            assertEquals(List.of("reader change 1 - -"), ada.items());
            ada.execute(true);
        }
        assertTrue(Bookshop.rows(library, "reader").toString().contains("Ada Strand\",Bergen"));
        try (Planned again = Planned.correction(map, Bookshop.ADA, city)) {
            assertEquals(1, again.problems().size());
        }
        try (Planned email = Planned.correction(
                map, Bookshop.ADA, new Correction("library", "reader", "email", null, Bookshop.BEA))) {
            assertTrue(
                    email.problems().toString().contains("taken already"),
                    email.problems().toString());
        }
        try (Planned street = Planned.correction(
                map, Bookshop.ADA, new Correction("library", "home", "street", null, "Storgata 2"))) {
            assertEquals(List.of("home keep 1 plan_kept_shared -"), street.items());
            assertEquals(1, street.problems().size());
        }
    }
}
