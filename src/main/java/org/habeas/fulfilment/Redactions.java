package org.habeas.fulfilment;

import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.habeas.actor.Actor;
import org.habeas.audit.Act;
import org.habeas.audit.Ledger;
import org.habeas.request.RightsRequest;

/** What an officer hides of the findings because it concerns others or the law says so (Article 15(4)); never the whole. */
@ApplicationScoped
@Transactional
public class Redactions {
    private final AgroalDataSource database;
    private final Ledger ledger;
    private final Clock clock;

    Redactions(AgroalDataSource database, Ledger ledger, Clock clock) {
        this.database = database;
        this.ledger = ledger;
        this.clock = clock;
    }

    /** Hides a field of a row, or the row where no field is named, on a ground. Doing it twice keeps the newer ground. */
    public void add(
            RightsRequest request,
            String system,
            String collection,
            String row,
            Optional<String> field,
            String ground,
            Actor officer) {
        String sql =
                "insert into redaction (request_id, system, collection, found_row, field, ground, officer, made_at)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?) on conflict (request_id, system, collection, found_row, field) do"
                        + " update set ground = excluded.ground, officer = excluded.officer, made_at = excluded.made_at";
        try (var connection = database.getConnection();
                var insert = connection.prepareStatement(sql)) {
            insert.setObject(1, request.id());
            insert.setString(2, system);
            insert.setString(3, collection);
            insert.setString(4, row);
            insert.setString(5, field.orElse(null));
            insert.setString(6, ground);
            insert.setString(7, officer.name());
            insert.setObject(8, clock.instant().atOffset(ZoneOffset.UTC));
            insert.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException("a redaction cannot be kept", e);
        }
        ledger.append(Act.of("findings.redacted", officer)
                .about(request.id())
                .fact("system", system)
                .fact("collection", collection)
                .fact("field", field.orElse(null))
                .fact("ground", ground));
    }

    /** What is hidden of one collection. */
    public Redacted of(UUID request, String system, String collection) {
        String sql = "select system, collection, found_row, field, ground from redaction where request_id = ?"
                + " and system = ? and collection = ? order by id";
        return new Redacted(select(sql, request, system, collection));
    }

    /** Everything that is hidden of a request's findings, collection by collection. */
    public List<Redacted.Redaction> of(UUID request) {
        return select(
                "select system, collection, found_row, field, ground from redaction where request_id = ?"
                        + " order by system, collection, id",
                request);
    }

    private List<Redacted.Redaction> select(String sql, Object... arguments) {
        List<Redacted.Redaction> found = new ArrayList<>();
        try (var connection = database.getConnection();
                var select = connection.prepareStatement(sql)) {
            for (int i = 0; i < arguments.length; i++) {
                select.setObject(i + 1, arguments[i]);
            }
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    found.add(new Redacted.Redaction(
                            rows.getString(1),
                            rows.getString(2),
                            rows.getString(3),
                            Optional.ofNullable(rows.getString(4)),
                            rows.getString(5)));
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException("redactions cannot be read", e);
        }
        return found;
    }
}
