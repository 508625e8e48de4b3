package org.habeas.casework;

import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.habeas.actor.Actor;
import org.habeas.problem.NotAllowed;
import org.habeas.problem.NotPossible;
import org.habeas.problem.Text;
import org.habeas.request.Identifier;
import org.habeas.request.Reference;
import org.habeas.request.RequestEvent;
import org.habeas.request.Requests;
import org.habeas.request.RightsRequest;
import org.jspecify.annotations.Nullable;

/**
 * Nobody works a case about herself: one in which her own address stands. When there is nobody else she can break the glass,
 * with a reason; that stands in the history, and the other officers see it on the case.
 */
@ApplicationScoped
@Transactional
public class Conflicts {
    private static final int REASON = 1_000;

    private final Requests requests;
    private final Notes notes;
    private final AgroalDataSource database;
    private final Clock clock;

    Conflicts(Requests requests, Notes notes, AgroalDataSource database, Clock clock) {
        this.requests = requests;
        this.notes = notes;
        this.database = database;
        this.clock = clock;
    }

    /** NotAllowed when one of these addresses is the officer's own and stands in the case. */
    void mustBeAboutSomebodyElse(Reference reference, Actor officer, Set<String> addresses) {
        if (stopped(reference, officer, addresses)) {
            throw new NotAllowed("case_problem_own_case");
        }
    }

    /** Whether the officer must break the glass before she can open the case. */
    boolean stopped(Reference reference, Actor officer, Set<String> addresses) {
        return !addresses.isEmpty() && about(reference, officer, addresses);
    }

    /** The officers who broke the glass for this case, first of all. */
    List<CaseFile.Exempted> exceptions(RightsRequest request) {
        List<CaseFile.Exempted> found = new ArrayList<>();
        try (var connection = database.getConnection();
                var select = connection.prepareStatement(
                        "select officer, made_at from case_exception where request_id = ? order by made_at")) {
            select.setObject(1, request.id());
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    found.add(new CaseFile.Exempted(
                            rows.getString(1), rows.getTimestamp(2).toInstant()));
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException("exceptions cannot be read", e);
        }
        return found;
    }

    /** Lets the officer into a case about herself from now on. */
    public void breakGlass(Reference reference, Actor officer, Set<String> addresses, @Nullable String reason) {
        String why = Text.required("reason", Text.clean("reason", reason, REASON));
        RightsRequest request = requests.get(reference);
        if (!stopped(reference, officer, addresses)) {
            throw new NotPossible("case_problem_no_glass");
        }
        try (var connection = database.getConnection();
                var insert = connection.prepareStatement(
                        "insert into case_exception (request_id, officer, made_at) values (?, ?, ?)")) {
            insert.setObject(1, request.id());
            insert.setString(2, officer.name());
            insert.setObject(3, clock.instant().atOffset(ZoneOffset.UTC));
            insert.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException("an exception cannot be kept", e);
        }
        notes.keep(request, officer, why, false);
        requests.record(new RequestEvent.GlassBroken(request, officer));
    }

    private boolean about(Reference reference, Actor officer, Set<String> addresses) {
        String sql = "select exists (select 1 from rights_request r join request_identifier i on i.request_id = r.id"
                + " where r.reference = ? and i.value_hash = any(?) and not exists (select 1 from case_exception x"
                + " where x.request_id = r.id and x.officer = ?))";
        String[] hashes = addresses.stream()
                .map(address -> requests.hash(new Identifier(Identifier.EMAIL, address, false)))
                .toArray(String[]::new);
        try (var connection = database.getConnection();
                var select = connection.prepareStatement(sql)) {
            select.setString(1, reference.text());
            select.setArray(2, connection.createArrayOf("text", hashes));
            select.setString(3, officer.name());
            try (var row = select.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("a conflict of interest cannot be looked up", e);
        }
    }
}
