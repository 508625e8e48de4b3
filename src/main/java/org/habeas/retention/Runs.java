package org.habeas.retention;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.habeas.actor.Actor;
import org.habeas.audit.Act;
import org.habeas.audit.Ledger;
import org.habeas.datamap.CollectionKey;
import org.habeas.datamap.DataMap;
import org.habeas.law.RetentionRule;
import org.habeas.law.RetentionRule.Mode;
import org.habeas.problem.NotFound;
import org.habeas.vault.Vault;
import org.habeas.work.Worklist;
import org.hibernate.Hibernate;

/** The runs: opened by the schedule or an administrator, released by officers, found again. */
@ApplicationScoped
@Transactional
class Runs {
    static final String WORK = "retention.run";
    /** Advisory lock: one replica opens runs at a time. */
    private static final long OPENING = 0x72756e73L;

    private final EntityManager entities;
    private final DataMap map;
    private final Obligations obligations;
    private final Holds holds;
    private final Vault vault;
    private final Worklist work;
    private final Ledger ledger;
    private final Timetable timetable;
    private final Clock clock;

    Runs(
            EntityManager entities,
            DataMap map,
            Obligations obligations,
            Holds holds,
            Vault vault,
            Worklist work,
            Ledger ledger,
            Timetable timetable,
            Clock clock) {
        this.entities = entities;
        this.map = map;
        this.obligations = obligations;
        this.holds = holds;
        this.vault = vault;
        this.work = work;
        this.ledger = ledger;
        this.timetable = timetable;
        this.clock = clock;
    }

    /**
     * Opens what is to be done now. Under {@code auto} it is purged at once; under {@code report} it is counted; under
     * {@code approve} a run of its own waits for two officers, if {@code waiting} names collections where something is due.
     * A run that is under way already is not opened twice.
     */
    RetentionRun open(Actor by, boolean dryRun, Set<CollectionKey> waiting) {
        entities.createNativeQuery("select 1 from (select pg_advisory_xact_lock(" + OPENING + ")) l")
                .getSingleResult();
        if (dryRun) {
            return begin(opened(by, true, Set.of(Mode.values()), Set.of(), waiting), by);
        }
        Optional<RetentionRun> running = unfinished().stream()
                .filter(r -> !r.dryRun && r.state == RunState.RUNNING && !r.needsRelease)
                .findFirst();
        if (running.isPresent()) {
            return running.get();
        }
        Set<String> taken = taken();
        RetentionRun now = opened(by, false, Set.of(Mode.AUTO), taken, waiting);
        RetentionRun later = opened(by, false, Set.of(Mode.APPROVE), taken, waiting);
        if (!later.collections.isEmpty()) {
            begin(later, by);
        }
        boolean onlyLater = now.collections.stream().allMatch(c -> c.mode == Mode.APPROVE);
        return onlyLater && !later.collections.isEmpty() ? later : begin(now, by);
    }

    /** What a run is to do; a run that needs release holds nothing else. */
    private RetentionRun opened(
            Actor by, boolean dryRun, Set<Mode> purging, Set<String> taken, Set<CollectionKey> waiting) {
        boolean needsRelease = !dryRun && purging.contains(Mode.APPROVE);
        RetentionRun run = new RetentionRun(by, dryRun, needsRelease, timetable.today(), clock.instant());
        Ruled.of(map).stream()
                .filter(r -> !needsRelease || waiting.contains(r.key()))
                .forEach(r -> add(run, RunCollection.Kind.SWEEP, r.key(), r.rule(), purging, taken));
        for (Obligations.Group group : obligations.dueGroups(run.today)) {
            Ruled.rule(map, group.rule(), group.collection().dataset())
                    .ifPresent(
                            rule -> add(run, RunCollection.Kind.OBLIGATION, group.collection(), rule, purging, taken));
        }
        return run;
    }

    private void add(
            RetentionRun run,
            RunCollection.Kind kind,
            CollectionKey key,
            RetentionRule rule,
            Set<Mode> purging,
            Set<String> taken) {
        RunCollection row = new RunCollection(run.id, run.collections.size(), kind, key.dataset(), key.name(), rule);
        boolean wanted = purging.contains(rule.mode()) && !taken.contains(row.taken());
        if (!run.needsRelease || wanted) {
            row.purges = wanted && !run.dryRun;
            row.dueBefore = kind == RunCollection.Kind.SWEEP
                    ? CutOff.of(rule, run.today).before()
                    : null;
            run.collections.add(row);
        }
    }

    private RetentionRun begin(RetentionRun run, Actor by) {
        run.vaultKey = vault.newKey();
        run.holdChanges = holds.count();
        entities.persist(run);
        ledger.append(Act.of("retention.run_opened", by)
                .fact("run", run.id)
                .fact("dry_run", run.dryRun)
                .fact("collections", run.collections.size())
                .fact("needs_release", run.needsRelease));
        work.add(WORK, run.id.toString());
        return run;
    }

    /** What an unfinished run may purge. */
    private Set<String> taken() {
        return unfinished().stream()
                .flatMap(r -> r.collections.stream())
                .filter(c -> c.purges && !c.done)
                .map(RunCollection::taken)
                .collect(Collectors.toSet());
    }

    List<RetentionRun> unfinished() {
        List<RetentionRun> unfinished = entities.createQuery(
                        "from RetentionRun where finishedAt is null order by openedAt", RetentionRun.class)
                .getResultList();
        unfinished.forEach(r -> Hibernate.initialize(r.collections));
        return unfinished;
    }

    /** An officer's release; with the second one's the run goes on. */
    void release(UUID id, Actor officer) {
        RetentionRun run = locked(id);
        boolean released = run.release(officer, clock.instant());
        ledger.append(Act.of(released ? "retention.run_released" : "retention.run_released_by_first", officer)
                .fact("run", id)
                .fact("due", due(run)));
        if (released) {
            work.add(WORK, id.toString());
        }
    }

    void dismiss(UUID id, Actor officer) {
        RetentionRun run = locked(id);
        run.dismiss(clock.instant());
        Certificate.seal(run);
        vault.shred(run.vaultKey);
        ledger.append(Act.of("retention.run_dismissed", officer).fact("run", id).fact("due", due(run)));
    }

    private static long due(RetentionRun run) {
        return run.collections.stream().mapToLong(c -> c.due).sum();
    }

    /** The id that an address names; what is none is unknown. */
    static UUID id(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw new NotFound("retention_run_unknown");
        }
    }

    /** The run with its collections, or {@link NotFound}. */
    RetentionRun get(UUID id) {
        return find(id).orElseThrow(() -> new NotFound("retention_run_unknown"));
    }

    Optional<RetentionRun> find(UUID id) {
        return entities.createQuery(
                        "select r from RetentionRun r left join fetch r.collections where r.id = ?1",
                        RetentionRun.class)
                .setParameter(1, id)
                .getResultStream()
                .findFirst();
    }

    /** The run for a command, locked until the transaction ends. */
    RetentionRun locked(UUID id) {
        return Optional.ofNullable(entities.find(RetentionRun.class, id, LockModeType.PESSIMISTIC_WRITE))
                .orElseThrow(() -> new NotFound("retention_run_unknown"));
    }

    List<RetentionRun> latest(int most) {
        List<RetentionRun> latest = entities.createQuery(
                        "from RetentionRun order by openedAt desc, id", RetentionRun.class)
                .setMaxResults(most)
                .getResultList();
        latest.forEach(r -> Hibernate.initialize(r.collections));
        return latest;
    }

    /** What the last run that looked at this collection left there. */
    Optional<RunCollection> last(CollectionKey key) {
        return entities.createQuery(
                        "select c from RunCollection c, RetentionRun r where r.id = c.place.run and c.system = ?1 and"
                                + " c.collection = ?2 and c.kind = SWEEP and r.dryRun = false and r.state = DONE"
                                + " order by r.openedAt desc",
                        RunCollection.class)
                .setParameter(1, key.dataset())
                .setParameter(2, key.name())
                .setMaxResults(1)
                .getResultStream()
                .findFirst();
    }

    long holdChangesOf(RunCollection row) {
        return entities.find(RetentionRun.class, row.place.run()).holdChanges;
    }

    /** Whether an unfinished run may purge it. */
    boolean takenNow(CollectionKey key) {
        return unfinished().stream()
                .flatMap(r -> r.collections.stream())
                .anyMatch(c -> c.purges && !c.done && c.key().equals(key));
    }

    /** Rows purged since that day. */
    long purgedSince(LocalDate day) {
        return entities.createQuery(
                        "select coalesce(sum(c.purged), 0) from RunCollection c, RetentionRun r where r.id ="
                                + " c.place.run and r.openedAt >= ?1",
                        Long.class)
                .setParameter(1, day.atStartOfDay(timetable.zone()).toInstant())
                .getSingleResult();
    }
}
