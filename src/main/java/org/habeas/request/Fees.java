package org.habeas.request;

import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.transaction.Transactional;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.habeas.actor.Actor;
import org.habeas.law.Regime;
import org.habeas.problem.NotPossible;
import org.habeas.vault.Vault;

/** Fees (Article 12(5)(a)): one at a time on a request, by two officers, and the request waits while it is not paid. */
@ApplicationScoped
@Transactional
public class Fees {
    /** Whoever waits goes on by itself: each act has one entry in its actor's name. */
    private static final Actor ITSELF = Actor.system("request");

    private static final Set<State> ASKABLE = EnumSet.of(State.OPEN, State.REVIEW);

    private final AgroalDataSource database;
    private final Requests requests;
    private final Vault vault;
    private final Clock clock;

    Fees(AgroalDataSource database, Requests requests, Vault vault, Clock clock) {
        this.database = database;
        this.requests = requests;
        this.vault = vault;
        this.clock = clock;
    }

    /** An officer thinks that a fee is due; nobody is asked for it before another officer agrees. */
    public void propose(
            RightsRequest request,
            Actor officer,
            BigDecimal amount,
            String currency,
            String ground,
            List<String> checklist,
            String reason) {
        mustBeAskable(request);
        if (of(request).filter(Fee::stands).isPresent()) {
            throw new NotPossible("case_problem_fee_stands");
        }
        UUID id = UUID.randomUUID();
        update(
                "insert into fee (id, request_id, amount, currency, ground, checklist, reason_sealed, officer,"
                        + " proposed_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                id,
                request.id(),
                amount,
                currency,
                ground,
                String.join(",", checklist),
                vault.seal(request.vaultKey(), reason, "fee:" + id),
                officer.name(),
                now());
        requests.record(new RequestEvent.FeeProposed(request, officer, standing(request)));
    }

    /** Another officer agrees: the person is asked for it, and the case waits for her. */
    public void approve(RightsRequest request, Actor officer) {
        Fee fee = standing(request);
        mustBeAnother(fee, officer);
        mustBeAskable(request);
        if (fee.asked()) {
            throw new NotPossible("case_problem_fee_asked");
        }
        update("update fee set approver = ?, asked_at = ? where id = ?", officer.name(), now(), fee.id());
        requests.record(new RequestEvent.FeeAsked(request, officer, fee));
        requests.record(request.ask(ITSELF));
    }

    /** Another officer does not agree. */
    public void reject(RightsRequest request, Actor officer) {
        Fee fee = standing(request);
        mustBeAnother(fee, officer);
        if (fee.asked()) {
            throw new NotPossible("case_problem_fee_asked");
        }
        end(fee, Fee.Ending.REJECTED);
        requests.record(new RequestEvent.FeeRejected(request, officer));
    }

    /** The money is there: the case goes on. */
    public void paid(RightsRequest request, Actor officer) {
        Fee fee = standing(request);
        if (!fee.asked()) {
            throw new NotPossible("case_problem_fee_not_asked");
        }
        end(fee, Fee.Ending.PAID);
        request.clockMayStart(Regime.Start.FEE, clock.instant());
        requests.record(new RequestEvent.FeePaid(request, officer));
        goOn(request);
    }

    /** The organisation does without it. */
    public void waive(RightsRequest request, Actor officer) {
        Fee fee = standing(request);
        end(fee, Fee.Ending.WAIVED);
        requests.record(new RequestEvent.FeeWaived(request, officer, fee.asked()));
        if (fee.asked()) {
            goOn(request);
        }
    }

    /** The last fee of a request, whether it stands or has ended. */
    public Optional<Fee> of(RightsRequest request) {
        try (var connection = database.getConnection();
                var select =
                        connection.prepareStatement("select id, amount, currency, ground, checklist, reason_sealed,"
                                + " officer, proposed_at, approver, asked_at, ending from fee where request_id = ?"
                                + " order by proposed_at desc, id limit 1")) {
            select.setObject(1, request.id());
            try (var row = select.executeQuery()) {
                return row.next() ? Optional.of(fee(row, request)) : Optional.empty();
            }
        } catch (SQLException e) {
            throw new IllegalStateException("a fee cannot be read", e);
        }
    }

    /** Why it was asked goes with the rest of what the case held. */
    void forget(@Observes RequestEvent.Forgotten event) {
        if (event.part().isEmpty()) {
            update(
                    "update fee set reason_sealed = null where request_id = ?",
                    event.request().id());
        }
    }

    private Fee fee(ResultSet row, RightsRequest request) throws SQLException {
        UUID id = row.getObject("id", UUID.class);
        String checklist = row.getString("checklist");
        return new Fee(
                id,
                row.getBigDecimal("amount"),
                row.getString("currency"),
                row.getString("ground"),
                checklist.isEmpty() ? List.of() : List.of(checklist.split(",")),
                Optional.ofNullable(row.getBytes("reason_sealed"))
                        .map(reason -> vault.openText(request.vaultKey(), reason, "fee:" + id)),
                row.getString("officer"),
                row.getTimestamp("proposed_at").toInstant(),
                Optional.ofNullable(row.getString("approver")),
                Optional.ofNullable(row.getTimestamp("asked_at")).map(Timestamp::toInstant),
                Optional.ofNullable(row.getString("ending")).map(Fee.Ending::valueOf));
    }

    private Fee standing(RightsRequest request) {
        return of(request).filter(Fee::stands).orElseThrow(() -> new NotPossible("case_problem_no_fee"));
    }

    private void end(Fee fee, Fee.Ending how) {
        update("update fee set ending = ?, ended_at = ? where id = ?", how.name(), now(), fee.id());
    }

    private void goOn(RightsRequest request) {
        if (request.state() == State.WAITING) {
            requests.record(request.answered(ITSELF));
        }
    }

    private static void mustBeAskable(RightsRequest request) {
        if (!ASKABLE.contains(request.state())) {
            throw new NotPossible("case_problem_state(" + request.state().code() + ")");
        }
    }

    private static void mustBeAnother(Fee fee, Actor officer) {
        if (fee.officer().equals(officer.name())) {
            throw new NotPossible("case_problem_own_fee");
        }
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }

    private void update(String sql, Object... values) {
        try (var connection = database.getConnection();
                var update = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                update.setObject(i + 1, values[i]);
            }
            update.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException("a fee cannot be written", e);
        }
    }
}
