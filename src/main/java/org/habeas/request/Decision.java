package org.habeas.request;

import jakarta.persistence.CascadeType;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.OneToOne;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An officer's decision: what, on which ground, on which plan. The text to the person is a message of the case. */
@Entity
@Table(name = "decision")
public class Decision {
    @Id
    UUID id;

    @Column(name = "request_id")
    UUID requestId;

    @Enumerated(EnumType.STRING)
    Answer answer;

    @Nullable
    String ground;

    @Column(name = "plan_digest")
    @Nullable
    String plan;

    String officer;

    @Column(name = "decided_at")
    Instant decidedAt;

    /** The officer's words to the person, sealed under the case's key. */
    @Column(name = "text_sealed")
    byte @Nullable [] textSealed;

    /** The letter as an officer edited it, sealed under the case's key. */
    @Column(name = "letter_sealed")
    byte @Nullable [] letterSealed;

    /** What was checked, codes between commas; for grounds that ask for it (Article 12(5)). */
    @Nullable
    String checklist;

    @OneToOne(mappedBy = "decision", fetch = FetchType.EAGER, cascade = CascadeType.PERSIST)
    @Nullable
    Approval approval;

    protected Decision() {}

    Decision(
            UUID requestId, Answer answer, @Nullable String ground, @Nullable String plan, String officer, Instant at) {
        this.id = UUID.randomUUID();
        this.requestId = requestId;
        this.answer = answer;
        this.ground = ground;
        this.plan = plan;
        this.officer = officer;
        this.decidedAt = at;
    }

    public UUID id() {
        return id;
    }

    public Answer answer() {
        return answer;
    }

    public Optional<String> ground() {
        return Optional.ofNullable(ground);
    }

    /** The digest of the plan that was decided on. */
    public Optional<String> plan() {
        return Optional.ofNullable(plan);
    }

    /** What the officer says she checked, where the ground asks for that. */
    public List<String> checklist() {
        return checklist == null || checklist.isEmpty() ? List.of() : List.of(checklist.split(","));
    }

    /** Keeps what was checked; only with a new decision. */
    public void checked(List<String> codes) {
        checklist = codes.isEmpty() ? null : String.join(",", codes);
    }

    /** Tells one version of the edited letter from another; empty where nobody edited it. */
    public Optional<String> letterVersion() {
        return Optional.ofNullable(letterSealed)
                .map(letter -> UUID.nameUUIDFromBytes(letter).toString());
    }

    public String officer() {
        return officer;
    }

    public Instant decidedAt() {
        return decidedAt;
    }
}
