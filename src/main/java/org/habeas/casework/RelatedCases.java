package org.habeas.casework;

import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.habeas.datamap.Organisation;
import org.habeas.law.Right;
import org.habeas.request.Outcome;
import org.habeas.request.RightsRequest;
import org.habeas.request.State;

/**
 * Other cases of the same person: those that share an identifier which is proven in both, those of the same letter, and those
 * that were linked as duplicates. One with the same right at the same company while both are open may be a duplicate; what
 * becomes of it is for an officer to decide.
 */
@ApplicationScoped
class RelatedCases {
    private static final int MOST = 50;
    private static final String SQL =
            "select r.reference, r.asked_right, r.state, r.outcome, r.organisation, (select l.kind from request_link l"
                    + " where (l.request_id, l.other_id) in ((r.id, ?), (?, r.id)) limit 1) as link from rights_request r where r.id in"
                    + " (select other.request_id from request_identifier own join request_identifier other"
                    + " on other.value_hash = own.value_hash and other.request_id <> own.request_id"
                    + " where own.request_id = ? and own.proven_at is not null and other.proven_at is not null"
                    + " union select other_id from request_link where request_id = ?"
                    + " union select request_id from request_link where other_id = ?)"
                    + " order by r.received_at desc, r.id limit " + MOST;

    private final AgroalDataSource database;

    RelatedCases(AgroalDataSource database) {
        this.database = database;
    }

    @Transactional
    List<CaseFile.Related> of(RightsRequest request, Organisation.Remit remit) {
        List<CaseFile.Related> related = new ArrayList<>();
        try (var connection = database.getConnection();
                var select = connection.prepareStatement(SQL)) {
            for (int i = 1; i <= 5; i++) {
                select.setObject(i, request.id());
            }
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    if (!remit.covers(rows.getString(5))) {
                        continue;
                    }
                    Right right = Right.valueOf(rows.getString(2));
                    State state = State.valueOf(rows.getString(3));
                    boolean duplicate = right == request.right()
                            && rows.getString(5).equals(request.organisation())
                            && state != State.CLOSED
                            && request.state() != State.CLOSED;
                    related.add(new CaseFile.Related(
                            rows.getString(1),
                            right,
                            state,
                            Optional.ofNullable(rows.getString(4)).map(Outcome::valueOf),
                            duplicate,
                            Optional.ofNullable(rows.getString(6)).map(l -> l.toLowerCase(Locale.ROOT))));
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException("related cases cannot be read", e);
        }
        return related;
    }
}
