package org.habeas.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.habeas.testing.Bookshop;
import org.habeas.testing.PortalProcess;
import org.habeas.testing.TestDatabases;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Every database is put back to before an erasure; the built portal, started on them, opens only when nobody is back. */
@Tag("faults")
class RestoredTest {
    private final String library = TestDatabases.fresh();
    private final String accounts = TestDatabases.fresh();
    private final Portals portals = new Portals(new Bookshop(library, accounts).map());
    private final List<String> all = List.of(portals.database, library, accounts);

    @Test
    void nobodyComesBackByABackup() {
        portals.start().close();
        all.forEach(url -> copy(name(url), name(url) + "_backup"));
        try (PortalProcess portal = portals.start()) {
            Calls calls = new Calls(portal);
            Asked bea = Asked.proven(portals, calls, "erasure", Bookshop.BEA).comesTo("REVIEW", 120);
            bea.approved(calls, calls);
            bea.comesTo("CLOSED", 120);
            while (!portals.read("select count(*) from outside_record").equals(List.of("0"))) {
                Portals.pause();
            }
            assertTrue(erased(calls));
        }
        List<String> without = rows();
        all.forEach(url -> copy(name(url) + "_backup", name(url)));
        assertFalse(rows().equals(without), "the backup has her again");
        assertEquals(List.of("0"), portals.read("select count(*) from suppression"), "and knows of nothing");
        try (PortalProcess portal = portals.start()) {
            String log = portal.log();
            int closed = log.indexOf("older than erasures");
            assertTrue(closed > 0 && log.indexOf("the portal is open") > closed, log);
            assertEquals(without, rows());
            assertTrue(erased(new Calls(portal)));
        }
        try (PortalProcess portal = portals.start()) {
            assertFalse(portal.log().contains("older than erasures"), "once is enough");
        }
    }

    private static boolean erased(Calls calls) {
        return calls.asOfficer(
                        "admin",
                        "POST",
                        "/api/v1/suppressions/check",
                        Map.of("identifiers", Map.of("email", Bookshop.BEA)))
                .get("erased")
                .asBoolean();
    }

    private List<String> rows() {
        return List.of(
                Bookshop.rows(library, "reader").toString(),
                Bookshop.rows(library, "loan").toString(),
                Bookshop.rows(library, "home").toString(),
                Bookshop.rows(accounts, "\"Invoice\"").toString());
    }

    private void copy(String from, String to) {
        String server = library.replaceFirst("/" + name(library) + "(?=\\?|$)", "/postgres");
        TestDatabases.execute(server, "drop database if exists " + to + " with (force)");
        TestDatabases.execute(server, "create database " + to + " template " + from);
    }

    private static String name(String url) {
        return url.replaceFirst(".*/", "").replaceFirst("\\?.*", "");
    }
}
