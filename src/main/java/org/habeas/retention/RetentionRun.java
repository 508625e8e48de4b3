package org.habeas.retention;

import jakarta.persistence.CascadeType;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OrderBy;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.habeas.actor.Actor;
import org.habeas.problem.NotPossible;
import org.jspecify.annotations.Nullable;

/** One run over the collections whose time is up: only counted (dry run), released by two officers, or at once. */
@Entity
@Table(name = "retention_run")
class RetentionRun {
    /** After so many failures in a row a system that does not answer fails the run. */
    private static final int MOST_FAILURES = 14;

    private static final int MOST_FAILURES_OF_DRY_RUN = 3;

    @Id
    UUID id;

    @Column(name = "opened_at")
    Instant openedAt;

    @Column(name = "opened_by")
    String openedBy;

    @Column(name = "by_schedule")
    boolean bySchedule;

    @Column(name = "dry_run")
    boolean dryRun;

    @Column(name = "needs_release")
    boolean needsRelease;

    @Enumerated(EnumType.STRING)
    RunState state = RunState.RUNNING;

    LocalDate today;

    @Column(name = "vault_key")
    UUID vaultKey;

    @Column(name = "hold_changes")
    long holdChanges;

    boolean counted;
    int failures;

    @Column(name = "released_by")
    @Nullable
    String releasedBy;

    @Column(name = "released_at")
    @Nullable
    Instant releasedAt;

    @Column(name = "released_second_by")
    @Nullable
    String releasedSecondBy;

    @Column(name = "released_second_at")
    @Nullable
    Instant releasedSecondAt;

    @Column(name = "purging_since")
    @Nullable
    Instant purgingSince;

    @Column(name = "finished_at")
    @Nullable
    Instant finishedAt;

    @Nullable
    String certificate;

    @Nullable
    String digest;

    @OneToMany(cascade = CascadeType.ALL)
    @JoinColumn(name = "run_id", insertable = false, updatable = false)
    @OrderBy("position")
    List<RunCollection> collections = new ArrayList<>();

    protected RetentionRun() {}

    RetentionRun(Actor by, boolean dryRun, boolean needsRelease, LocalDate today, Instant at) {
        this.id = UUID.randomUUID();
        this.openedBy = by.name();
        this.bySchedule = by.kind() == Actor.Kind.SYSTEM;
        this.dryRun = dryRun;
        this.needsRelease = needsRelease;
        this.today = today;
        this.openedAt = at;
    }

    /** Everything is counted: a dry run is at its end, a run that needs release waits if anything could be purged. */
    void counted(Instant at) {
        counted = true;
        boolean anything = collections.stream().anyMatch(c -> c.purges && c.due > 0);
        if (dryRun || !anything) {
            finish(RunState.DONE, at);
        } else if (needsRelease) {
            state = RunState.WAITING_FOR_APPROVAL;
        }
    }

    /** The first officer's release, or the second one's, who is another; says whether it is released now. */
    boolean release(Actor officer, Instant at) {
        if (state != RunState.WAITING_FOR_APPROVAL) {
            throw new NotPossible("retention_not_waiting");
        }
        if (releasedBy == null) {
            releasedBy = officer.name();
            releasedAt = at;
            return false;
        }
        if (releasedBy.equals(officer.name())) {
            throw new NotPossible("retention_needs_another");
        }
        releasedSecondBy = officer.name();
        releasedSecondAt = at;
        state = RunState.RUNNING;
        return true;
    }

    /** An officer does not want it: nothing is purged. */
    void dismiss(Instant at) {
        if (state != RunState.WAITING_FOR_APPROVAL) {
            throw new NotPossible("retention_not_waiting");
        }
        finish(RunState.DONE, at);
    }

    void purges(Instant at) {
        if (purgingSince == null) {
            purgingSince = at;
        }
    }

    /** From its beginning to its end; the time in which it waited to be released is nobody's work. */
    Duration took() {
        Instant begun = needsRelease && purgingSince != null ? purgingSince : openedAt;
        return finishedAt == null ? Duration.ZERO : Duration.between(begun, finishedAt);
    }

    /** Whether it is no use to try again. */
    boolean gaveUp() {
        return failures >= (dryRun ? MOST_FAILURES_OF_DRY_RUN : MOST_FAILURES);
    }

    void finish(RunState how, Instant at) {
        state = how;
        finishedAt = at;
        collections.forEach(c -> c.done = true);
    }
}
