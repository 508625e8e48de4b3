package org.habeas.retention;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.habeas.actor.Actor;
import org.habeas.audit.Act;
import org.habeas.audit.Ledger;
import org.habeas.datamap.CollectionKey;
import org.habeas.datamap.DataMap;
import org.habeas.datamap.MappedCollection;
import org.habeas.datamap.SystemEntry;
import org.habeas.problem.NotFound;
import org.habeas.vault.Vault;

/**
 * The legal holds. Whoever erases or purges asks in the transaction around each batch: the answer stays true until that
 * transaction ends, because placing a hold waits for it.
 */
@ApplicationScoped
@Transactional
public class Holds {
    /** Advisory lock: shared by what purges, exclusive for a moment by what places a hold. */
    private static final long LOCK = 0x686f6c6473L;

    private final EntityManager entities;
    private final Vault vault;
    private final Ledger ledger;
    private final Clock clock;

    Holds(EntityManager entities, Vault vault, Ledger ledger, Clock clock) {
        this.entities = entities;
        this.vault = vault;
        this.ledger = ledger;
        this.clock = clock;
    }

    /** An identifier of a held person, for finding her rows. Prints without its value. */
    public record HeldIdentifier(String kind, String value) {
        @Override
        public String toString() {
            return kind;
        }
    }

    /** What stands, as an officer reads it. */
    public record Standing(
            UUID id,
            Map<String, String> identifiers,
            Optional<String> collection,
            Optional<String> organisation,
            String reason,
            LocalDate reviewOn,
            Instant placedAt,
            String placedBy) {
        @Override
        public String toString() {
            return "Standing[" + id + "]";
        }
    }

    /** Places a hold; it counts from the moment this transaction ends, for runs under way from their next batch. */
    UUID place(NewHold wanted, Actor officer) {
        lock("pg_advisory_xact_lock");
        LegalHold hold = new LegalHold(vault.newKey(), wanted.reviewOn(), officer, clock.instant());
        hold.reasonSealed = vault.seal(hold.vaultKey, wanted.reason(), "hold-reason:" + hold.id);
        wanted.collection().ifPresent(address -> {
            String[] parts = address.split("\\.", 2);
            hold.system = parts[0];
            hold.collection = parts.length > 1 ? parts[1] : null;
        });
        hold.company = wanted.organisation().orElse(null);
        wanted.identifiers()
                .forEach((kind, value) -> hold.identifiers.add(new LegalHold.Held(
                        kind,
                        vault.seal(hold.vaultKey, value, "hold-identifier:" + hold.id + ":" + kind),
                        vault.identifierHash(kind, value))));
        entities.persist(hold);
        changed();
        ledger.append(Act.of("hold.placed", officer)
                .fact("hold", hold.id)
                .fact("identifiers", hold.identifiers.size())
                .fact("system", hold.system)
                .fact("collection", hold.collection)
                .fact("organisation", hold.company)
                .fact("review_on", hold.reviewOn));
        return hold.id;
    }

    /** Lifts a hold, or throws {@link NotFound}; its key goes with it, for nobody needs the identifiers any more. */
    UUID lift(UUID id, Actor officer) {
        lock("pg_advisory_xact_lock");
        LegalHold hold = Optional.ofNullable(entities.find(LegalHold.class, id, LockModeType.PESSIMISTIC_WRITE))
                .orElseThrow(() -> new NotFound("holds_unknown"));
        hold.lift(officer, clock.instant());
        hold.identifiers.clear();
        vault.shred(hold.vaultKey);
        changed();
        ledger.append(Act.of("hold.lifted", officer).fact("hold", id));
        return id;
    }

    /** The id that an address names; what is none is unknown. */
    static UUID id(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw new NotFound("holds_unknown");
        }
    }

    /** What stands, the next to be reviewed first. */
    List<Standing> standing() {
        return entities.createQuery(
                        "from LegalHold where liftedAt is null order by reviewOn, placedAt, id", LegalHold.class)
                .getResultStream()
                .map(this::read)
                .toList();
    }

    /**
     * Whether a hold stands on a person with one of these identifiers ({@link Vault#identifierHash}). The answer holds until
     * the caller's transaction ends: a hold placed meanwhile waits for it.
     */
    public boolean held(Set<String> identifierHashes) {
        lock("pg_advisory_xact_lock_shared");
        return !identifierHashes.isEmpty()
                && (Boolean) entities.createNativeQuery("select exists (select 1 from legal_hold_identifier i join"
                                + " legal_hold h on h.id = i.hold_id where h.lifted_at is null and i.value_hash ="
                                + " any(:hashes))")
                        .setParameter("hashes", identifierHashes.toArray(String[]::new))
                        .getSingleResult();
    }

    /** Whether a hold stands on this collection, its whole system, or the company whose data the system holds. */
    public boolean held(String system, String collection, Optional<String> company) {
        lock("pg_advisory_xact_lock_shared");
        return stand().stream().anyMatch(h -> h.holds(system, collection, company));
    }

    /** The collections on which a hold stands as a whole. */
    Set<CollectionKey> held(DataMap map) {
        lock("pg_advisory_xact_lock_shared");
        return held(map, stand());
    }

    static Set<CollectionKey> held(DataMap map, List<LegalHold> holds) {
        return map.collections().stream()
                .filter(c -> {
                    Optional<String> company = map.system(c.dataset()).flatMap(SystemEntry::tablesOf);
                    return holds.stream().anyMatch(h -> h.holds(c.dataset(), c.name(), company));
                })
                .map(MappedCollection::key)
                .collect(Collectors.toSet());
    }

    private List<LegalHold> stand() {
        return entities.createQuery("from LegalHold where liftedAt is null", LegalHold.class)
                .getResultList();
    }

    /** The identifiers of all held persons. */
    public Set<HeldIdentifier> heldIdentifiers() {
        Set<HeldIdentifier> held = new LinkedHashSet<>();
        standing().forEach(h -> h.identifiers().forEach((kind, value) -> held.add(new HeldIdentifier(kind, value))));
        return held;
    }

    /**
     * Moves with every hold placed or lifted. Read in the transaction around a batch it cannot move before that ends, so
     * what was worked out at the same count is still right.
     */
    long count() {
        lock("pg_advisory_xact_lock_shared");
        return ((Number) entities.createNativeQuery("select count from legal_hold_change")
                        .getSingleResult())
                .longValue();
    }

    private Standing read(LegalHold hold) {
        Map<String, String> identifiers = new TreeMap<>();
        Collection<LegalHold.Held> held = hold.identifiers;
        held.forEach(i -> identifiers.put(
                i.kind, vault.openText(hold.vaultKey, i.valueSealed, "hold-identifier:" + hold.id + ":" + i.kind)));
        return new Standing(
                hold.id,
                identifiers,
                Optional.ofNullable(hold.system).map(s -> hold.collection == null ? s : s + "." + hold.collection),
                Optional.ofNullable(hold.company),
                vault.openText(hold.vaultKey, hold.reasonSealed, "hold-reason:" + hold.id),
                hold.reviewOn,
                hold.placedAt,
                hold.placedBy);
    }

    private void changed() {
        entities.createNativeQuery("update legal_hold_change set count = count + 1")
                .executeUpdate();
    }

    private void lock(String function) {
        entities.createNativeQuery("select 1 from (select " + function + "(" + LOCK + ")) l")
                .getSingleResult();
    }
}
