package org.habeas.fulfilment;

import io.agroal.api.AgroalDataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.BiFunction;
import org.habeas.actor.Actor;
import org.habeas.request.PastRequests;
import org.habeas.retention.Holds;
import org.habeas.retention.OwnRecordsDue;
import org.habeas.vault.Part;

/** Lets go of closed cases when the portal's own rules say so, one by one; a legal hold on the person keeps hers. */
@ApplicationScoped
class PastCases {
    private static final Actor OWN_RECORDS = Actor.system("own-records");
    private static final int SOME = 100;

    private final PastRequests past;
    private final Holds holds;
    private final AgroalDataSource database;

    PastCases(PastRequests past, Holds holds, AgroalDataSource database) {
        this.past = past;
        this.holds = holds;
        this.database = database;
    }

    void letGo(@Observes OwnRecordsDue due) {
        Instant before = due.closedBefore();
        switch (due.what()) {
            case FINDINGS -> each((last, most) -> past.with(Part.FINDINGS, before, last, most), this::forgetFindings);
            case EVIDENCE -> each(
                    (last, most) -> past.with(Part.EVIDENCE, before, last, most),
                    request -> unlessHeld(request, () -> past.forget(request, Part.EVIDENCE, OWN_RECORDS)));
            case MESSAGES -> each(
                    (last, most) -> past.withDetails(before, last, most),
                    request -> unlessHeld(request, () -> past.forget(request, OWN_RECORDS)));
            case STAFF -> {}
            case RECORDS -> each((last, most) -> past.withoutDetails(before, last, most), this::remove);
        }
    }

    private interface Each {
        void one(UUID request);
    }

    private static void each(BiFunction<UUID, Integer, List<UUID>> page, Each each) {
        List<UUID> some = page.apply(new UUID(0, 0), SOME);
        while (!some.isEmpty()) {
            some.forEach(id -> QuarkusTransaction.requiringNew().run(() -> each.one(id)));
            some = page.apply(some.get(some.size() - 1), SOME);
        }
    }

    private void unlessHeld(UUID request, Runnable forget) {
        if (!holds.held(past.identifierHashes(request))) {
            forget.run();
        }
    }

    /** Counts and reasons stay for the record; what was found and what was changed goes. */
    private void forgetFindings(UUID request) {
        unlessHeld(request, () -> {
            run("delete from finding_chunk where request_id = ?", request);
            run("update search_system set reason_sealed = null, answer_sealed = null where request_id = ?", request);
            run("update redaction set part_sealed = null where request_id = ?", request);
            run("update execution_step set sealed = '' where request_id = ?", request);
            run("update execution_kept set sealed = '' where request_id = ?", request);
            past.forget(request, Part.FINDINGS, OWN_RECORDS);
        });
    }

    private void remove(UUID request) {
        for (String table : List.of(
                "search",
                "search_system",
                "search_generation",
                "finding_collection",
                "execution",
                "execution_step",
                "execution_kept")) {
            run("delete from " + table + " where request_id = ?", request);
        }
        past.remove(request, OWN_RECORDS);
    }

    private void run(String sql, UUID request) {
        try (var connection = database.getConnection();
                var statement = connection.prepareStatement(sql)) {
            statement.setObject(1, request);
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException("a past case cannot be let go", e);
        }
    }
}
