package org.habeas.fulfilment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.habeas.datamap.DataMap;
import org.habeas.datamap.DataMapLoader;
import org.habeas.testing.Bookshop;
import org.junit.jupiter.api.Test;

class SearchTest {
    @Test
    void hersAreFoundThroughTwoDatabasesAndWhatOthersPointAtIsShared() {
        DataMap map = DataMapLoader.ofProcess().load(new Bookshop().map()).map();
        try (Searched ada = new Searched(map, Bookshop.ADA)) {
            assertTrue(ada.search.failures().isEmpty());
            var found = ada.found("id");
            assertEquals(List.of("OWN 1"), found.get("reader"));
            assertEquals(List.of("OWN 100", "OWN 101"), found.get("Invoice"));
            assertEquals(List.of("OWN null", "OWN null"), found.get("loan"));
            assertEquals(List.of("CONTEXT 11", "SHARED 10"), found.get("book"));
            assertEquals(List.of("SHARED 1"), found.get("home"));
        }
    }
}
