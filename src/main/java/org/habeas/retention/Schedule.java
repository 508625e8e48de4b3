package org.habeas.retention;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.habeas.actor.Actor;
import org.habeas.connector.Connectors;
import org.habeas.connector.SystemFailure;
import org.habeas.datamap.CollectionKey;
import org.habeas.datamap.DataMap;
import org.habeas.law.RetentionRule;

/** Looks whether anything is due that no run has seen yet, and then opens one. */
@ApplicationScoped
class Schedule {
    /** The job's name, by which the page finds when it looks next. */
    static final String LOOK = "retention.look";

    private static final Actor SCHEDULE = Actor.system("retention-schedule");

    private final DataMap map;
    private final Connectors connectors;
    private final Runs runs;
    private final Obligations obligations;
    private final Holds holds;
    private final Timetable timetable;

    Schedule(DataMap map, Connectors connectors, Runs runs, Obligations obligations, Holds holds, Timetable timetable) {
        this.map = map;
        this.connectors = connectors;
        this.runs = runs;
        this.obligations = obligations;
        this.holds = holds;
        this.timetable = timetable;
    }

    /** Opens a run where there is something new for it; rows that the last one had to leave are nothing new. */
    void look() {
        LocalDate today = timetable.today();
        long changes = QuarkusTransaction.requiringNew().call(holds::count);
        boolean wanted = QuarkusTransaction.requiringNew().call(() -> obligations.anythingNew(today, changes))
                || Ruled.of(map).stream().anyMatch(r -> anythingNew(r, today, changes));
        if (wanted) {
            open(SCHEDULE, false);
        }
    }

    /** Opens what is to be done now, or counts it only. */
    RetentionRun open(Actor by, boolean dryRun) {
        Set<CollectionKey> waiting = dryRun
                ? Set.of()
                : Ruled.of(map).stream()
                        .filter(r -> r.rule().mode() == RetentionRule.Mode.APPROVE && due(r) != 0)
                        .map(Ruled::key)
                        .collect(Collectors.toSet());
        return QuarkusTransaction.requiringNew().call(() -> runs.open(by, dryRun, waiting));
    }

    /** How many rows are due; less than none where nobody can tell at the moment. */
    private long due(Ruled ruled) {
        try {
            return connectors.of(ruled.collection().dataset()).count(ruled.due(timetable.today(), timetable.zone()));
        } catch (SystemFailure e) {
            return -1;
        }
    }

    private boolean anythingNew(Ruled ruled, LocalDate today, long holdChanges) {
        if (QuarkusTransaction.requiringNew().call(() -> runs.takenNow(ruled.key()))) {
            return false;
        }
        // where the system is away nothing can be done now: the next look comes
        long due = due(ruled);
        return due > 0 && !QuarkusTransaction.requiringNew().call(() -> seen(ruled, today, due, holdChanges));
    }

    /** The last run had the same border, the same holds, and left as many rows. */
    private boolean seen(Ruled ruled, LocalDate today, long due, long holdChanges) {
        Optional<RunCollection> last = runs.last(ruled.key());
        return last.filter(c -> CutOff.of(ruled.rule(), today).before().equals(c.dueBefore)
                        && due == c.due - c.purged
                        && runs.holdChangesOf(c) == holdChanges)
                .isPresent();
    }
}
