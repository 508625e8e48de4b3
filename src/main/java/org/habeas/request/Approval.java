package org.habeas.request;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.OneToOne;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Another officer's word on one decision and the plan it was made on. It is used once, by the first step that cannot be taken
 * back, and not after {@link #expiresAt}; the database holds both (V004).
 */
@Entity
@Table(name = "approval")
public class Approval {
    /** How long an approval is good for where nothing delays the execution. */
    public static final Duration VALID = Duration.ofDays(14);

    @Id
    UUID id;

    @OneToOne(fetch = FetchType.LAZY)
    @JoinColumn(name = "decision_id")
    Decision decision;

    String officer;

    @Column(name = "plan_digest")
    @Nullable
    String plan;

    @Column(name = "approved_at")
    Instant approvedAt;

    @Column(name = "expires_at")
    Instant expiresAt;

    protected Approval() {}

    Approval(Decision decision, String officer, Instant now, Instant expires) {
        this.id = UUID.randomUUID();
        this.decision = decision;
        this.officer = officer;
        this.plan = decision.plan;
        this.approvedAt = now;
        this.expiresAt = expires;
    }

    public String officer() {
        return officer;
    }

    public Instant approvedAt() {
        return approvedAt;
    }

    /** From then on nothing can begin on it. */
    public Instant expiresAt() {
        return expiresAt;
    }

    boolean expired(Instant now) {
        return !now.isBefore(expiresAt);
    }
}
