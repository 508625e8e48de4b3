package org.habeas.retention;

import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.habeas.actor.Actor;
import org.habeas.problem.NotPossible;
import org.jspecify.annotations.Nullable;

/**
 * A legal hold (Article 17(3)(e), 18(1)(c)): while it stands nothing of what it holds is erased or purged. Who placed and
 * who lifted it, and when, stays with it.
 */
@Entity
@Table(name = "legal_hold")
class LegalHold {
    @Id
    UUID id;

    @Column(name = "vault_key")
    UUID vaultKey;

    @Column(name = "reason_sealed")
    byte[] reasonSealed;

    @Column(name = "held_system")
    @Nullable
    String system;

    @Column(name = "held_collection")
    @Nullable
    String collection;

    @Column(name = "held_company")
    @Nullable
    String company;

    @Column(name = "review_on")
    LocalDate reviewOn;

    @Column(name = "placed_at")
    Instant placedAt;

    @Column(name = "placed_by")
    String placedBy;

    @Column(name = "reminded_at")
    @Nullable
    Instant remindedAt;

    @Column(name = "lifted_at")
    @Nullable
    Instant liftedAt;

    @Column(name = "lifted_by")
    @Nullable
    String liftedBy;

    @ElementCollection
    @CollectionTable(name = "legal_hold_identifier", joinColumns = @JoinColumn(name = "hold_id"))
    Set<Held> identifiers = new HashSet<>();

    /** One identifier of a held person: its value for officers, its hash for finding. */
    @Embeddable
    static class Held {
        String kind;

        @Column(name = "value_sealed")
        byte[] valueSealed;

        @Column(name = "value_hash")
        String valueHash;

        protected Held() {}

        Held(String kind, byte[] valueSealed, String valueHash) {
            this.kind = kind;
            this.valueSealed = valueSealed;
            this.valueHash = valueHash;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Held held && held.kind.equals(kind) && held.valueHash.equals(valueHash);
        }

        @Override
        public int hashCode() {
            return valueHash.hashCode();
        }
    }

    protected LegalHold() {}

    LegalHold(UUID vaultKey, LocalDate reviewOn, Actor officer, Instant at) {
        this.id = UUID.randomUUID();
        this.vaultKey = vaultKey;
        this.reviewOn = reviewOn;
        this.placedBy = officer.name();
        this.placedAt = at;
    }

    /** Whether it keeps all of this collection, which holds data of that company, or of nobody knows which. */
    boolean holds(String ofSystem, String ofCollection, Optional<String> ofCompany) {
        boolean held = company != null && ofCompany.map(company::equals).orElse(true);
        return held || ofSystem.equals(system) && (collection == null || collection.equals(ofCollection));
    }

    void lift(Actor officer, Instant at) {
        if (liftedAt != null) {
            throw new NotPossible("holds_already_lifted");
        }
        liftedAt = at;
        liftedBy = officer.name();
    }
}
