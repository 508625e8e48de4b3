package org.habeas.request;

import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.Optional;
import org.habeas.actor.Actor;
import org.habeas.problem.NotPossible;

/** Restrictions of processing (Article 18): begun, ended only after notice to the person, and then lifted. */
@ApplicationScoped
@Transactional
public class Restrictions {
    /** From the notice to the person until the data may be used again. */
    public static final Period NOTICE = Period.ofDays(7);

    private final AgroalDataSource database;
    private final Requests requests;
    private final Clock clock;

    Restrictions(AgroalDataSource database, Requests requests, Clock clock) {
        this.database = database;
        this.requests = requests;
        this.clock = clock;
    }

    /** Begins one, on a ground of Article 18(1); where there is one already nothing happens. */
    public boolean begin(RightsRequest request, Actor by, String ground) {
        boolean begun = update(
                        "insert into restriction (request_id, ground, began_at) values (?, ?, ?) on conflict do nothing",
                        request.id(),
                        ground,
                        now().atOffset(ZoneOffset.UTC))
                == 1;
        if (begun) {
            requests.record(new RequestEvent.Restricted(request, by, ground));
        }
        return begun;
    }

    /** Tells the person that it ends on that day; nobody lifts it before. */
    public void announceEnd(RightsRequest request, Actor by, LocalDate today) {
        LocalDate on = today.plus(NOTICE);
        int noticed = update(
                "update restriction set noticed_at = ?, ends_on = ? where request_id = ? and noticed_at is null",
                now().atOffset(ZoneOffset.UTC),
                on,
                request.id());
        if (noticed == 0) {
            throw new NotPossible("case_problem_no_restriction");
        }
        requests.record(new RequestEvent.RestrictionEnding(request, by, on));
    }

    /** Lifts it when the day has come that the person was told; says whether it did. */
    public boolean lift(RightsRequest request, Actor by, LocalDate today) {
        boolean lifted = update(
                        "update restriction set lifted_at = greatest(?, noticed_at) where request_id = ? and ends_on <= ? and lifted_at is null",
                        now().atOffset(ZoneOffset.UTC),
                        request.id(),
                        today)
                == 1;
        if (lifted) {
            requests.record(new RequestEvent.RestrictionLifted(request, by));
        }
        return lifted;
    }

    public Optional<Restriction> of(RightsRequest request) {
        try (var connection = database.getConnection();
                var select = connection.prepareStatement(
                        "select ground, began_at, ends_on, lifted_at from restriction where request_id = ?")) {
            select.setObject(1, request.id());
            try (var row = select.executeQuery()) {
                return row.next()
                        ? Optional.of(new Restriction(
                                row.getString(1),
                                row.getTimestamp(2).toInstant(),
                                Optional.ofNullable(row.getObject(3, LocalDate.class)),
                                Optional.ofNullable(row.getTimestamp(4)).map(java.sql.Timestamp::toInstant)))
                        : Optional.empty();
            }
        } catch (SQLException e) {
            throw new IllegalStateException("a restriction cannot be read", e);
        }
    }

    private Instant now() {
        return clock.instant();
    }

    private int update(String sql, Object... values) {
        try (var connection = database.getConnection();
                var update = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                update.setObject(i + 1, values[i]);
            }
            return update.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException("a restriction cannot be written", e);
        }
    }
}
