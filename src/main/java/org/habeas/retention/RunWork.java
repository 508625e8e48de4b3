package org.habeas.retention;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.habeas.actor.Actor;
import org.habeas.audit.Act;
import org.habeas.audit.Ledger;
import org.habeas.vault.Vault;
import org.habeas.work.Heart;
import org.habeas.work.Lease;
import org.habeas.work.WorkHandler;

/** Carries a run on from wherever it is: counts, waits for its release, purges, finishes. */
@ApplicationScoped
class RunWork implements WorkHandler {

    private final Runs runs;
    private final Sweeps sweeps;
    private final Obligations obligations;
    private final Outlook outlook;
    private final Holds holds;
    private final Timetable timetable;
    private final Vault vault;
    private final Ledger ledger;
    private final Clock clock;

    RunWork(
            Runs runs,
            Sweeps sweeps,
            Obligations obligations,
            Outlook outlook,
            Holds holds,
            Timetable timetable,
            Vault vault,
            Ledger ledger,
            Clock clock) {
        this.runs = runs;
        this.sweeps = sweeps;
        this.obligations = obligations;
        this.outlook = outlook;
        this.holds = holds;
        this.timetable = timetable;
        this.vault = vault;
        this.ledger = ledger;
        this.clock = clock;
    }

    @Override
    public String kind() {
        return Runs.WORK;
    }

    @Override
    public Duration lease() {
        return Duration.ofSeconds(20);
    }

    @Override
    public Result work(Lease lease) {
        try (Heart heart = Heart.beating(lease)) {
            return carryOn(UUID.fromString(lease.subject()), heart::check, new Sweeps.Points());
        }
    }

    /** Does what can be done now; {@code alive} throws when somebody else has taken over. */
    Result carryOn(UUID id, Runnable alive, Sweeps.Points points) {
        Optional<RetentionRun> found = runs.find(id);
        if (found.isEmpty() || found.get().finishedAt != null || found.get().state == RunState.WAITING_FOR_APPROVAL) {
            return Result.DONE;
        }
        RetentionRun run = found.get();
        Duration untilOpen = run.bySchedule ? timetable.untilOpen() : Duration.ZERO;
        if (!untilOpen.isZero()) {
            return Result.later(untilOpen);
        }
        boolean counting = run.dryRun || run.needsRelease && !run.counted;
        int undone = 0;
        List<String> systems =
                run.collections.stream().map(c -> c.system).distinct().toList();
        for (String system : systems) {
            List<RunCollection> open = run.collections.stream()
                    .filter(c -> c.system.equals(system) && !c.done && (!counting || c.rowsBefore == null))
                    .toList();
            undone += open.isEmpty() ? 0 : sweeps.of(run, system, open, counting, alive, points);
        }
        return undone == 0 ? over(run, counting) : notOver(id);
    }

    private Result over(RetentionRun done, boolean counting) {
        QuarkusTransaction.requiringNew().run(() -> {
            RetentionRun run = runs.locked(done.id);
            if (counting) {
                run.counted(clock.instant());
            } else {
                obligations.tried(run.today, holds.count());
                run.finish(RunState.DONE, clock.instant());
            }
            finished(run);
        });
        return Result.DONE;
    }

    private Result notOver(UUID id) {
        return QuarkusTransaction.requiringNew().call(() -> {
            RetentionRun run = runs.locked(id);
            run.failures++;
            if (!run.gaveUp()) {
                return Result.later(Duration.ofSeconds(Math.min(600, 1L << run.failures)));
            }
            run.collections.stream().filter(c -> !c.done).forEach(c -> {
                c.failed = c.due - c.purged - c.held;
            });
            run.finish(RunState.FAILED, clock.instant());
            finished(run);
            return Result.DONE;
        });
    }

    private void finished(RetentionRun run) {
        if (run.finishedAt == null) {
            return;
        }
        run.collections.sort(Comparator.comparingInt(c -> c.place.position()));
        run.collections.forEach(RunCollection::settle);
        Certificate.seal(run);
        vault.shred(run.vaultKey);
        if (!run.dryRun) {
            outlook.order();
        }
        ledger.append(Act.of("retention.run_finished", Actor.system("retention"))
                .fact("run", run.id)
                .fact("state", run.state.code())
                .fact(
                        "purged",
                        run.collections.stream().mapToLong(c -> c.purged).sum())
                .fact("held", run.collections.stream().mapToLong(c -> c.held).sum())
                .fact(
                        "failed",
                        run.collections.stream().mapToLong(c -> c.failed).sum())
                .fact("certificate", run.digest));
    }
}
