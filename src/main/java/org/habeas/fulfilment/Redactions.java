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
import org.habeas.vault.Part;
import org.habeas.vault.Vault;

/** What an officer hides of the findings because it concerns others or the law says so (Article 15(4)); never the whole. */
@ApplicationScoped
@Transactional
public class Redactions {
    private static final String COLUMNS =
            "select system, collection, found_row, field, ground, part_sealed, r.vault_key"
                    + " from redaction d join rights_request r on r.id = d.request_id where d.request_id = ?";

    private final AgroalDataSource database;
    private final Vault vault;
    private final Ledger ledger;
    private final Clock clock;

    Redactions(AgroalDataSource database, Vault vault, Ledger ledger, Clock clock) {
        this.database = database;
        this.vault = vault;
        this.ledger = ledger;
        this.clock = clock;
    }

    /** Hides a field of a row, a part of its text, or the row where no field is named, on a ground. Doing it twice keeps the newer ground. */
    public void add(
            RightsRequest request,
            String system,
            String collection,
            String row,
            Optional<String> field,
            Optional<String> part,
            String ground,
            Actor officer) {
        String sql =
                "insert into redaction (request_id, system, collection, found_row, field, ground, officer, made_at,"
                        + " part_sealed, part_hash) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict"
                        + " (request_id, system, collection, found_row, field, part_hash) do update set ground = excluded.ground, officer = excluded.officer, made_at = excluded.made_at";
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
            insert.setBytes(
                    9,
                    part.map(p -> vault.seal(Part.FINDINGS.of(request.vaultKey()), p, "redaction"))
                            .orElse(null));
            insert.setString(
                    10,
                    part.map(p -> vault.keyedHash("redaction", request.id() + p))
                            .orElse(null));
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
        String sql = COLUMNS + " and system = ? and collection = ? order by d.id";
        return new Redacted(select(sql, request, system, collection));
    }

    /** Everything that is hidden of a request's findings, collection by collection. */
    public List<Redacted.Redaction> of(UUID request) {
        return select(COLUMNS + " order by system, collection, d.id", request);
    }

    private Optional<String> part(UUID whole, byte[] sealed) {
        return sealed == null
                ? Optional.empty()
                : Optional.of(vault.openText(Part.FINDINGS.of(whole), sealed, "redaction"));
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
                            part(rows.getObject(7, UUID.class), rows.getBytes(6)),
                            rows.getString(5)));
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException("redactions cannot be read", e);
        }
        return found;
    }
}
