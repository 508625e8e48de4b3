package org.habeas.request;

import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Which requests belong together: one person asked several companies of a group at once, and each has a case of its own. */
@ApplicationScoped
public class Together {
    private final AgroalDataSource database;

    Together(AgroalDataSource database) {
        this.database = database;
    }

    /** In the caller's transaction. */
    void join(UUID request, UUID first) {
        try (var connection = database.getConnection();
                var insert =
                        connection.prepareStatement("insert into request_together (request, first) values (?, ?)")) {
            insert.setObject(1, request);
            insert.setObject(2, first);
            insert.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException("requests cannot be joined", e);
        }
    }

    /** The one that the person was told of, if it is not this one itself. */
    public Optional<UUID> first(UUID request) {
        return ids("select first from request_together where request = ?", request).stream()
                .findFirst();
    }

    /** All that belong together with this one, the first one first; itself alone if there are no others. */
    public List<UUID> all(UUID request) {
        UUID first = first(request).orElse(request);
        List<UUID> all = new ArrayList<>(List.of(first));
        all.addAll(ids(
                "select t.request from request_together t join rights_request r on r.id = t.request where t.first = ?"
                        + " order by r.received_at, r.organisation, r.id",
                first));
        return all;
    }

    private List<UUID> ids(String sql, UUID request) {
        List<UUID> ids = new ArrayList<>();
        try (var connection = database.getConnection();
                var select = connection.prepareStatement(sql)) {
            select.setObject(1, request);
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    ids.add(rows.getObject(1, UUID.class));
                }
            }
            return ids;
        } catch (SQLException e) {
            throw new IllegalStateException("requests that belong together cannot be read", e);
        }
    }
}
