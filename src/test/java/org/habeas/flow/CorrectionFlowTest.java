package org.habeas.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.List;
import java.util.Map;
import org.habeas.testing.Bookshop;
import org.junit.jupiter.api.Test;

/** Article 16: Ada has moved to Bergen. */
@QuarkusTest
@TestProfile(FlowProfile.class)
class CorrectionFlowTest {
    private static final String LIBRARY = System.getProperty("bookshop.library");

    @Test
    void adasCityIsCorrectedAfterTwoOfficersAgreed() {
        var correction = Map.of("field", "city", "from", "Oslo", "to", "Bergen");
        Ada ada = Ada.asks("correction", Bookshop.ADA, Map.of("corrections", List.of(correction)))
                .provesHerAddress()
                .sees("review");
        var plan = Officer.FIRST.planOf(ada);
        assertEquals(List.of("change"), plan.getList("items.action"));
        Officer.FIRST.fulfils(ada, null);
        ada.sees("approval");
        Officer.SECOND.approves(ada, plan.getString("digest")).then().statusCode(200);
        ada.sees("closed");
        List<String> readers = Bookshop.rows(LIBRARY, "reader");
        assertTrue(
                readers.stream().anyMatch(r -> r.contains("Ada Strand") && r.contains("Bergen")), readers.toString());
        assertTrue(readers.stream().noneMatch(r -> r.contains("Bea Strand") && r.contains("Bergen")));
    }
}
