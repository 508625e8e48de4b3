package org.habeas.request;

import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.habeas.problem.NotPossible;

/** Which requests belong together: wishes of one letter, and duplicates. A link stays as long as both requests do. */
@ApplicationScoped
@Transactional
public class Links {
    private final AgroalDataSource database;

    Links(AgroalDataSource database) {
        this.database = database;
    }

    /** These came in one letter or call. */
    public void sameLetter(List<RightsRequest> wishes) {
        for (int i = 0; i < wishes.size(); i++) {
            for (int j = i + 1; j < wishes.size(); j++) {
                link(wishes.get(i).id(), wishes.get(j).id(), "LETTER");
            }
        }
    }

    /** The first is answered in the second. */
    public void duplicate(RightsRequest request, RightsRequest of) {
        if (request.id().equals(of.id())
                || of.outcome().filter(Outcome.DUPLICATE::equals).isPresent()) {
            throw new NotPossible("case_problem_duplicate_of");
        }
        link(request.id(), of.id(), "DUPLICATE");
    }

    private void link(UUID one, UUID other, String kind) {
        String sql = "insert into request_link (request_id, other_id, kind) values (?, ?, ?)"
                + " on conflict (request_id, other_id) do update set kind = excluded.kind";
        try (var connection = database.getConnection();
                var insert = connection.prepareStatement(sql)) {
            insert.setObject(1, one);
            insert.setObject(2, other);
            insert.setString(3, kind);
            insert.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException("requests cannot be linked", e);
        }
    }
}
