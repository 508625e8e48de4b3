package org.habeas.retention;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.habeas.connector.BulkPurge;
import org.habeas.connector.Connector;
import org.habeas.connector.Connectors;
import org.habeas.connector.Due;
import org.habeas.connector.SystemFailure;
import org.habeas.datamap.DataMap;
import org.habeas.datamap.Links;
import org.habeas.datamap.MappedCollection;

/** What a run does in one system: its collections, children before parents, each walked over until nothing is left to do. */
@ApplicationScoped
class Sweeps {
    private final DataMap map;
    private final Links links;
    private final Connectors connectors;
    private final Holds holds;
    private final OwedRows owed;
    private final Batches batches;
    private final Timetable timetable;
    private final Clock clock;

    Sweeps(
            DataMap map,
            Links links,
            Connectors connectors,
            Holds holds,
            OwedRows owed,
            Batches batches,
            Timetable timetable,
            Clock clock) {
        this.map = map;
        this.links = links;
        this.connectors = connectors;
        this.holds = holds;
        this.owed = owed;
        this.batches = batches;
        this.timetable = timetable;
        this.clock = clock;
    }

    /** Named points of the work; a test ends the process at one. */
    static class Points {
        void reached(String name) {}
    }

    /** Does the open collections of a system and says how many could not be done; these tell why. */
    int of(RetentionRun run, String system, List<RunCollection> open, boolean counting, Runnable alive, Points points) {
        int undone = 0;
        Course course = new Course(
                holds,
                () -> HeldRows.search(links, connectors::of, holds.heldIdentifiers(), holds.held(map), alive),
                timetable,
                alive,
                points);
        List<RunCollection> ordered = new ArrayList<>(open);
        try {
            Connector connector = connectors.of(system);
            Scene going = new Scene(connector, map, system, run, timetable.zone(), false);
            Scene counted = new Scene(connector, map, system, run, timetable.zone(), true);
            ordered.sort(Comparator.comparingInt(c -> counted.collection(c.collection)
                    .map(counted.structure::rank)
                    .orElse(0)));
            for (RunCollection row : ordered) {
                boolean purges = row.purges && !counting;
                undone += done(run, row, purges ? going : counted, course, purges) ? 0 : 1;
            }
            return undone;
        } catch (SystemFailure e) {
            ordered.forEach(row -> note(row, e));
            return ordered.size();
        }
    }

    private boolean done(RetentionRun run, RunCollection row, Scene scene, Course course, boolean purges) {
        try {
            one(run, row, scene, course, purges);
            return true;
        } catch (SystemFailure e) {
            note(row, e);
            return false;
        }
    }

    private void note(RunCollection row, SystemFailure why) {
        batches.change(row.place, r -> r.failed(why));
    }

    private void one(RetentionRun run, RunCollection row, Scene scene, Course course, boolean purges) {
        Optional<MappedCollection> collection = scene.collection(row.collection);
        if (collection.isEmpty()) {
            // the map changed since the run was opened
            batches.change(row.place, r -> r.done = true);
            return;
        }
        Batches.At at = new Batches.At(run.id, row.place, row.batches);
        if (purges) {
            batches.begins(run.id, clock.instant());
            at = batches.resolve(at, scene);
        }
        Optional<Long> counted;
        while (true) {
            try {
                counted = walk(run, row, at, collection.get(), scene, course, purges);
                break;
            } catch (Batches.HoldsMoved e) {
                at = batches.settle(batches.at(at), scene);
            }
        }
        if (purges) {
            owed.meet(run, row, collection.get(), scene);
        }
        boolean waits = row.purges && !purges && !run.dryRun;
        Long left = purges && row.kind == RunCollection.Kind.SWEEP
                ? counted.orElseGet(() -> scene.connector.count(scene.purgeable.get(row.key())))
                : null;
        batches.change(row.place, r -> {
            r.done = !waits;
            r.rowsAfter = left;
            r.pendingSealed = null;
            r.settle();
        });
    }

    /** Says how many are left, where that was counted. */
    private Optional<Long> walk(
            RetentionRun run,
            RunCollection row,
            Batches.At at,
            MappedCollection collection,
            Scene scene,
            Course course,
            boolean purges) {
        HeldRows held = course.held();
        boolean sweep = row.kind == RunCollection.Kind.SWEEP;
        Due due = scene.purgeable.get(collection.key());
        long dueNow = sweep ? scene.connector.count(due) : owed.count(run, row, collection, scene);
        batches.change(row.place, r -> r.begin(dueNow));
        if (held.whole(collection.key())) {
            batches.change(row.place, r -> r.held = dueNow);
            return Optional.of(dueNow);
        }
        boolean plain =
                !timetable.limited() && scene.structure.children(collection).isEmpty() && !held.any(collection.key());
        if (sweep && purges && plain) {
            Optional<Long> left = purgedAll(at, scene, due, course, dueNow);
            if (left.isPresent()) {
                return left;
            }
        }
        Batches.At now = purges ? batches.at(at) : at;
        Walk walk = new Walk(now, collection, scene, scene.fates(held), batches, course, purges);
        if (sweep) {
            scene.connector.due(due, walk::take);
        } else {
            long isHeld = dueNow - owed.free(run, row, collection, scene, walk::take);
            batches.change(row.place, r -> r.held += isHeld);
        }
        walk.end();
        return Optional.empty();
    }

    /**
     * Where nobody points at the rows and none is held, the database purges them by itself. Empty where some are left that
     * have to be looked at one by one: it cannot, it refused one, or somebody moved one meanwhile.
     */
    private Optional<Long> purgedAll(Batches.At before, Scene scene, Due due, Course course, long dueNow) {
        Optional<BulkPurge> bulk = dueNow == 0 ? Optional.empty() : scene.connector.purgeAll(due, dueNow);
        Batches.At at = before;
        long gone = 0;
        try {
            Optional<Batches.At> next = bulk.isEmpty() ? Optional.empty() : Optional.of(at);
            while (next.isPresent()) {
                course.before((int) bulk.get().rows());
                next = batches.nextPiece(at, bulk.get(), course.holdChanges());
                at = next.orElse(at);
                gone += next.isPresent() ? bulk.get().rows() : 0;
                course.point("piece");
            }
        } catch (SystemFailure e) {
            if (e.kind() != SystemFailure.Kind.REFUSED) {
                throw e;
            }
            at = batches.at(at);
        }
        batches.settle(at, scene);
        if (dueNow == 0) {
            return Optional.of(0L);
        }
        return gone < dueNow ? Optional.empty() : bulk.map(BulkPurge::left);
    }
}
