package org.habeas.casework;

import static org.habeas.casework.Desk.body;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.agroal.api.AgroalDataSource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.habeas.actor.Actor;
import org.habeas.casework.Desk.Case;
import org.habeas.problem.NotPossible;
import org.habeas.request.Reference;
import org.junit.jupiter.api.Test;

/** Two officers: one winner of a case, and never the same one twice in a decision, whatever the way in. */
@QuarkusTest
class FourEyesTest {
    /** The figure is 10,000; it takes minutes, so the everyday run makes fewer. */
    private static final int CLAIMS = Integer.getInteger("habeas.claims", 200);

    @Inject
    Desk desk;

    @Inject
    Cases cases;

    @Inject
    AgroalDataSource database;

    @Test
    void oneOfTwoOfficersWhoClaimACaseAtOnceGetsIt() throws Exception {
        Reference reference =
                new Reference(desk.asked("access", "claimed@example.org").reference());
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            for (int i = 0; i < CLAIMS; i++) {
                List<Callable<Boolean>> both = List.of(claim(reference, "officer"), claim(reference, "officer2"));
                int winners = 0;
                for (Future<Boolean> claim : threads.invokeAll(both)) {
                    winners += claim.get() ? 1 : 0;
                }
                assertEquals(1, winners, "claim " + i);
                cases.release(reference, Actor.officer("officer"));
            }
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void theDatabaseRefusesAnApprovalByTheOneWhoDecided() throws SQLException {
        Case ada = desk.asked("objection", "sql@example.org").inReview();
        ada.by("officer", "POST", "/decision", body("outcome", "refuse", "ground", "art-12-5-unfounded", "text", "No."))
                .statusCode(200);
        for (String attempt : List.of(
                "update rights_request set approver = 'officer' where reference = ?",
                "update rights_request set state = 'CLOSED', outcome = 'REFUSED', closed_at = now() where reference = ?",
                "update rights_request set state = 'CLOSED', outcome = 'REFUSED', closed_at = now(), approver = 'officer'"
                        + " where reference = ?")) {
            SQLException refused = assertThrows(SQLException.class, () -> update(attempt, ada.reference()));
            assertEquals("23514", refused.getSQLState(), attempt);
        }
        assertEquals("approval", ada.state());
        assertTrue(update("update rights_request set approver = 'officer2' where reference = ?", ada.reference()) == 1);
    }

    private Callable<Boolean> claim(Reference reference, String officer) {
        return () -> {
            try {
                cases.assign(reference, Actor.officer(officer), officer, false);
                return true;
            } catch (NotPossible e) {
                return false;
            }
        };
    }

    private int update(String sql, String reference) throws SQLException {
        try (var connection = database.getConnection();
                var update = connection.prepareStatement(sql)) {
            update.setString(1, reference);
            return update.executeUpdate();
        }
    }
}
