package org.habeas.request;

import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.habeas.actor.Actor;
import org.habeas.audit.Act;
import org.habeas.audit.Ledger;
import org.habeas.vault.Vault;

/** Closed requests whose time is up: first what they hold of the person goes, years later the record. */
@ApplicationScoped
@Transactional
public class PastRequests {
    /** The portal's own rules as organisation.yml names them. */
    private static final String FINDINGS = "own_records.findings";

    private static final String UNVERIFIED = "own_records.unverified";

    private final EntityManager entities;
    private final AgroalDataSource database;
    private final Requests requests;
    private final Wording wording;
    private final Vault vault;
    private final Ledger ledger;
    private final Clock clock;

    PastRequests(
            EntityManager entities,
            AgroalDataSource database,
            Requests requests,
            Wording wording,
            Vault vault,
            Ledger ledger,
            Clock clock) {
        this.entities = entities;
        this.database = database;
        this.requests = requests;
        this.wording = wording;
        this.vault = vault;
        this.ledger = ledger;
        this.clock = clock;
    }

    /**
     * Closed before then, with details still there and no package to be fetched; also, whenever they were closed, those
     * that nobody proved to be hers; never while a restriction stands, of whose end the person must be told. In the order of their ids, after {@code last}.
     */
    public List<UUID> withDetails(Instant closedBefore, UUID last, int most) {
        return ids(
                "select r.id from rights_request r join vault_key k on k.id = r.vault_key where r.state = 'CLOSED' and"
                        + " (r.closed_at < ? or r.verified_at is null and r.outcome = 'ABANDONED') and (r.package_until is"
                        + " null or r.package_until < ?) and not exists (select 1 from restriction x where"
                        + " x.request_id = r.id and x.lifted_at is null) and k.wrapped is not null and r.id > ? order by r.id limit ?",
                closedBefore.atOffset(ZoneOffset.UTC),
                clock.instant().atOffset(ZoneOffset.UTC),
                last,
                most);
    }

    /** Closed before then, without details. */
    public List<UUID> withoutDetails(Instant closedBefore, UUID last, int most) {
        return ids(
                "select r.id from rights_request r join vault_key k on k.id = r.vault_key where r.state = 'CLOSED' and"
                        + " r.closed_at < ? and k.wrapped is null and r.id > ? order by r.id limit ?",
                closedBefore.atOffset(ZoneOffset.UTC),
                last,
                most);
    }

    /** The hashes by which a hold would be found. */
    public Set<String> identifierHashes(UUID request) {
        return new TreeSet<>(texts("select value_hash from request_identifier where request_id = ?", request));
    }

    /** What the case holds of the person goes, and its key; the record of what was asked and done stays. */
    public void forget(UUID id, Actor by) {
        RightsRequest request = requests.get(id);
        request.particularsSealed = null;
        entities.createQuery("update Decision set textSealed = null, letterSealed = null where requestId = ?1")
                .setParameter(1, id)
                .executeUpdate();
        entities.createQuery("delete from Message where requestId = ?1")
                .setParameter(1, id)
                .executeUpdate();
        entities.createNativeQuery("delete from request_identifier where request_id = ?1")
                .setParameter(1, id)
                .executeUpdate();
        wording.forget(id);
        String rule = request.verifiedAt().isPresent() ? FINDINGS : UNVERIFIED;
        vault.shred(request.vaultKey(), rule);
        requests.record(new RequestEvent.Forgotten(request, by, rule));
    }

    /** The record goes too; that there was one stays in the history. */
    public void remove(UUID id, Actor by) {
        ledger.append(Act.of("request.removed", by).about(id));
        entities.createNativeQuery("delete from rights_request where id = ?1")
                .setParameter(1, id)
                .executeUpdate();
    }

    private List<UUID> ids(String sql, Object... values) {
        return texts(sql, values).stream().map(UUID::fromString).toList();
    }

    private List<String> texts(String sql, Object... values) {
        List<String> found = new ArrayList<>();
        try (var connection = database.getConnection();
                var select = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                select.setObject(i + 1, values[i]);
            }
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    found.add(rows.getString(1));
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException("past requests cannot be found", e);
        }
        return found;
    }
}
