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
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.habeas.actor.Actor;
import org.habeas.audit.Act;
import org.habeas.audit.Ledger;
import org.habeas.vault.Part;
import org.habeas.vault.Vault;

/** Closed requests whose time is up: first what they hold of the person goes, part by part, years later the record. */
@ApplicationScoped
@Transactional
public class PastRequests {
    /** The rule for those whom nobody proved, as organisation.yml names it. */
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
     * Closed before then, with this part still there; also, whenever they were closed, those that nobody proved to be hers;
     * never while a restriction stands, of whose end the person must be told. In the order of their ids, after {@code last}.
     */
    public List<UUID> with(Part part, Instant closedBefore, UUID last, int most) {
        return over("k.part_of = r.vault_key and k.part = '" + part.code() + "'", closedBefore, true, last, most);
    }

    /**
     * The same for what lies under the case's own key, once no package can be fetched and no part is left: by the identifiers
     * there a hold finds the case.
     */
    public List<UUID> withDetails(Instant closedBefore, UUID last, int most) {
        return over(
                "k.id = r.vault_key and not exists (select 1 from vault_key p where p.part_of = k.id and p.part is not null"
                        + " and p.wrapped is not null)",
                closedBefore,
                false,
                last,
                most);
    }

    private List<UUID> over(String key, Instant closedBefore, boolean packageOrNot, UUID last, int most) {
        return ids(
                "select r.id from rights_request r join vault_key k on " + key
                        + " where k.wrapped is not null and r.state ="
                        + " 'CLOSED' and (r.closed_at < ? or r.verified_at is null and r.outcome = 'ABANDONED') and"
                        + " (? or r.package_until is null or r.package_until < ?) and not exists (select 1 from restriction x"
                        + " where x.request_id = r.id and x.lifted_at is null) and r.id > ? order by r.id limit ?",
                closedBefore.atOffset(ZoneOffset.UTC),
                packageOrNot,
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

    /** This part goes, and its key. */
    public void forget(UUID id, Part part, Actor by) {
        RightsRequest request = requests.get(id);
        forgotten(request, part.of(request.vaultKey()), Optional.of(part), "own_records." + part.code(), by);
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
        forgotten(request, request.vaultKey(), Optional.empty(), "own_records.messages", by);
    }

    private void forgotten(RightsRequest request, UUID key, Optional<Part> part, String rule, Actor by) {
        String applied = request.verifiedAt().isPresent() ? rule : UNVERIFIED;
        vault.shred(key, applied);
        requests.record(new RequestEvent.Forgotten(request, by, part, applied));
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
