package org.habeas.casework;

import static org.habeas.casework.Desk.body;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two officers: one winner of a case, and never the same one twice in a decision, whatever the way in. */
@QuarkusTest
class FourEyesTest {
    @Inject
    Desk desk;

    @Inject
    Cases cases;

    @Inject
    AgroalDataSource database;

    @Test
    void oneOfTwoOfficersWhoClaimACaseAtOnceGetsIt() throws Exception {
        claims(200);
    }

    /** The figure; it takes minutes, so the everyday run makes fewer. */
    @Test
    @Tag("faults")
    void oneOfTwoOfficersWhoClaimACaseAtOnceGetsItTenThousandTimes() throws Exception {
        claims(10_000);
    }

    private void claims(int rounds) throws Exception {
        Reference reference =
                new Reference(desk.asked("access", "claimed@example.org").reference());
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            for (int i = 0; i < rounds; i++) {
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
        Case ada = refused("sql@example.org");
        for (String attempt : List.of(
                "update rights_request set approver = 'officer' where reference = ?",
                "update rights_request set approver = 'officer2' where reference = ?",
                "update rights_request set state = 'CLOSED', outcome = 'REFUSED', closed_at = now() where reference = ?",
                "update rights_request set state = 'CLOSED', outcome = 'REFUSED', closed_at = now(), approver = 'officer'"
                        + " where reference = ?",
                "update decision set officer = 'officer3' where request_id = (select id from rights_request where"
                        + " reference = ?)",
                approval("officer", "null", "now() + interval '1 day'"))) {
            mustFail("23514", attempt, ada);
        }
        assertEquals("approval", ada.state());
    }

    @Test
    void anApprovalIsForOneDecisionAndItsPlanIsUsedOnceAndExpires() throws SQLException {
        Case ada = refused("once@example.org");
        mustFail("23514", approval("officer2", "'another plan'", "now() + interval '1 day'"), ada);
        mustFail("23514", approval("officer2", "null", "now() - interval '8 days'"), ada);
        assertEquals(1, update(approval("officer2", "null", "now() + interval '1 day'"), ada.reference()));
        mustFail("23505", approval("officer3", "null", "now() + interval '1 day'"), ada);
        String refuse = "update rights_request set state = 'CLOSED', outcome = 'REFUSED', approver = 'officer2',"
                + " closed_at = %s where reference = ?";
        mustFail("23514", refuse.formatted("now() + interval '2 days'"), ada);
        assertEquals(1, update(refuse.formatted("now()"), ada.reference()));
        String approval = " where decision_id = (select decision_id from rights_request where reference = ?)";
        assertEquals(0, update("delete from approval" + approval + " and used_at is null", ada.reference()));
        mustFail("23514", "update approval set used_at = null" + approval, ada);
        mustFail("23514", "update approval set expires_at = now() + interval '9 days'" + approval, ada);
    }

    private Case refused(String email) {
        Case ada = desk.asked("objection", email).inReview();
        ada.by("officer", "POST", "/decision", body("outcome", "refuse", "ground", "not-held", "text", "No."))
                .statusCode(200);
        return ada;
    }

    private static String approval(String officer, String plan, String expires) {
        return "insert into approval (id, decision_id, officer, plan_digest, approved_at, expires_at) select"
                + " gen_random_uuid(), decision_id, '" + officer + "', " + plan + ", now() - interval '7 days', "
                + expires + " from rights_request where reference = ?";
    }

    private void mustFail(String sqlState, String attempt, Case of) {
        SQLException refused = assertThrows(SQLException.class, () -> update(attempt, of.reference()), attempt);
        assertEquals(sqlState, refused.getSQLState(), attempt);
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
