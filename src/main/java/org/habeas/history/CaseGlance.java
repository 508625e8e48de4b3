package org.habeas.history;

import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.habeas.request.Reference;
import org.jspecify.annotations.Nullable;

/** What an auditor sees of a case beside its entries: dates, state and outcome, nothing of the person. */
@ApplicationScoped
public class CaseGlance {
    /** One case. Codes are those of the wire. */
    public record Facts(
            UUID id,
            String reference,
            String right,
            String organisation,
            String state,
            Optional<String> outcome,
            LocalDate due,
            Optional<LocalDate> extendedTo,
            Optional<String> ground,
            List<Step> life,
            Optional<Figures> figures) {
        /** Where the proof of it is. */
        public String proof() {
            return "/history/proof/" + reference;
        }

        public boolean closed() {
            return outcome.isPresent();
        }
    }

    /** Something that happened to a case: what, when, on which day since it came, and which officer did it. */
    public record Step(String what, Instant at, long day, Optional<String> by) {}

    /** What was searched and found, and what became of it. */
    public record Figures(int systems, long found, long changed, long erased, long retained) {}

    private final AgroalDataSource database;

    CaseGlance(AgroalDataSource database) {
        this.database = database;
    }

    Optional<Facts> find(Reference reference) {
        String sql =
                "select r.id, r.reference, lower(replace(r.asked_right, '_', '-')), r.organisation, lower(r.state),"
                        + " lower(replace(r.outcome, '_', '-')), r.due, r.extended_to, d.ground, r.systems_searched, r.rows_found,"
                        + " r.rows_changed, r.rows_erased, r.rows_retained, r.received_at, r.verified_at, d.decided_at, d.officer,"
                        + " a.approved_at, a.officer, r.begun_at, r.closed_at from rights_request r"
                        + " left join decision d on d.id = r.decision_id left join approval a on a.decision_id = d.id"
                        + " where r.reference = ?";
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
                row.getString(5),
                Optional.ofNullable(row.getString(6)),
                row.getObject(7, LocalDate.class),
                Optional.ofNullable(row.getObject(8, LocalDate.class)),
                Optional.ofNullable(row.getString(9)),
                life(row),
                row.getObject(10) == null
                        ? Optional.empty()
                        : Optional.of(new Figures(
                                row.getInt(10), row.getLong(11), row.getLong(12), row.getLong(13), row.getLong(14))));
    }

    private static List<Step> life(ResultSet row) throws SQLException {
        Instant received = instant(row, 15).orElseThrow();
        List<Step> life = new ArrayList<>();
        step(life, received, "received", Optional.of(received), null);
        step(life, received, "verified", instant(row, 16), null);
        step(life, received, "decided", instant(row, 17), row.getString(18));
        step(life, received, "approved", instant(row, 19), row.getString(20));
        step(life, received, "begun", instant(row, 21), null);
        step(life, received, "closed", instant(row, 22), null);
        life.sort(Comparator.comparing(Step::at));
        return life;
    }

    private static void step(
            List<Step> life, Instant received, String what, Optional<Instant> at, @Nullable String by) {
        at.ifPresent(one ->
                life.add(new Step(what, one, Duration.between(received, one).toDays(), Optional.ofNullable(by))));
    }

    private static Optional<Instant> instant(ResultSet row, int column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }
}
