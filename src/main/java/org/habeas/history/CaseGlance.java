package org.habeas.history;

import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.habeas.request.Reference;

/** What an auditor sees of a case beside its entries: dates, state and outcome, nothing of the person. */
@ApplicationScoped
public class CaseGlance {
    /** One case. Codes are those of the wire. */
    public record Facts(
            UUID id,
            String reference,
            String right,
            String state,
            Optional<String> outcome,
            Instant receivedAt,
            LocalDate due,
            Optional<LocalDate> extendedTo,
            Optional<Instant> closedAt) {
        /** Where the proof of it is. */
        public String proof() {
            return "/history/proof/" + reference;
        }
    }

    private final AgroalDataSource database;

    CaseGlance(AgroalDataSource database) {
        this.database = database;
    }

    Optional<Facts> find(Reference reference) {
        String sql = "select id, reference, lower(replace(asked_right, '_', '-')), lower(state),"
                + " lower(replace(outcome, '_', '-')), received_at, due, extended_to, closed_at"
                + " from rights_request where reference = ?";
        try (Connection connection = database.getConnection();
                var select = connection.prepareStatement(sql)) {
            select.setString(1, reference.text());
            try (var rows = select.executeQuery()) {
                return rows.next() ? Optional.of(facts(rows)) : Optional.empty();
            }
        } catch (SQLException e) {
            throw new IllegalStateException("a case cannot be read", e);
        }
    }

    /** The references of these requests, as far as they still exist. */
    Map<UUID, String> references(Collection<UUID> ids) {
        try (Connection connection = database.getConnection();
                var select =
                        connection.prepareStatement("select id, reference from rights_request where id = any(?)")) {
            select.setArray(1, connection.createArrayOf("uuid", ids.toArray()));
            Map<UUID, String> references = new HashMap<>();
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    references.put(rows.getObject(1, UUID.class), rows.getString(2));
                }
            }
            return references;
        } catch (SQLException e) {
            throw new IllegalStateException("references cannot be read", e);
        }
    }

    private static Facts facts(ResultSet row) throws SQLException {
        return new Facts(
                row.getObject(1, UUID.class),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                Optional.ofNullable(row.getString(5)),
                row.getObject(6, OffsetDateTime.class).toInstant(),
                row.getObject(7, LocalDate.class),
                Optional.ofNullable(row.getObject(8, LocalDate.class)),
                Optional.ofNullable(row.getObject(9, OffsetDateTime.class)).map(OffsetDateTime::toInstant));
    }
}
