package org.habeas.retention;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.habeas.connector.Batch;
import org.habeas.connector.Row;
import org.habeas.connector.SystemFailure;
import org.habeas.datamap.CollectionKey;
import org.habeas.datamap.MappedCollection;
import org.jspecify.annotations.Nullable;

/** Goes once over the due rows of one collection: judges them in handfuls and purges those that may go, or only counts. */
final class Walk {
    private static final int MOST_TRIES = 5;

    private final RunCollection.Place place;
    private final MappedCollection collection;
    private final Scene scene;
    private final Fates fates;
    private final Batches batches;
    private final Progress progress;
    private final boolean purges;
    private final List<Row> handful = new ArrayList<>();
    private final Map<CollectionKey, Long> parts = new HashMap<>();
    private Batches.At at;
    private Fated.@Nullable Slice announced;

    /** What goes on around a walk: called before each batch, and named points at which a test may end the process. */
    interface Progress {
        /** The count of hold changes that the walk's judgement rests on. */
        long holdChanges();

        /** Waits as the rate wants it; throws when the walk must end. */
        void before(int rows);

        default void point(String name) {}
    }

    Walk(
            Batches.At at,
            MappedCollection collection,
            Scene scene,
            Fates fates,
            Batches batches,
            Progress progress,
            boolean purges) {
        this.at = at;
        this.place = at.row();
        this.collection = collection;
        this.scene = scene;
        this.fates = fates;
        this.batches = batches;
        this.progress = progress;
        this.purges = purges;
    }

    /** Takes a row that is past its time. */
    boolean take(Row row) {
        handful.add(row);
        if (handful.size() == Batch.MOST) {
            judge();
        }
        return true;
    }

    /** The last rows; afterwards everything is purged or counted. */
    Batches.At end() {
        judge();
        if (announced != null) {
            carryOut(null);
        }
        if (!purges) {
            batches.change(
                    place,
                    row -> parts.forEach((key, rows) -> batches.part(row, key).counted(rows)));
        }
        return at;
    }

    private void judge() {
        if (handful.isEmpty()) {
            return;
        }
        Fated fated = fates.judge(collection, handful);
        if (!purges) {
            progress.before(0);
        }
        if (fated.held() > 0 || !fated.kept().isEmpty()) {
            batches.change(place, row -> row.judged(fated));
        }
        handful.clear();
        if (purges) {
            fated.slices(Batch.MOST).forEach(this::submit);
        } else {
            fated.going().forEach(g -> g.rows().stream()
                    .filter(k -> !k.root())
                    .forEach(k -> parts.merge(k.collection().key(), 1L, Long::sum)));
        }
    }

    /** One batch is always announced ahead, together with the record of the one before. */
    private void submit(Fated.Slice slice) {
        if (announced == null) {
            announce(slice);
        } else {
            carryOut(slice);
        }
    }

    private void announce(Fated.Slice slice) {
        batches.announce(at, slice);
        announced = slice;
        progress.point("announced");
    }

    private void carryOut(Fated.@Nullable Slice next) {
        Fated.Slice slice = Objects.requireNonNull(announced);
        try {
            once(slice, next);
        } catch (SystemFailure e) {
            if (e.kind() != SystemFailure.Kind.REFUSED) {
                throw e;
            }
            apart(slice);
            announced = null;
            if (next != null) {
                announce(next);
            }
        }
    }

    private void once(Fated.Slice slice, Fated.@Nullable Slice next) {
        progress.before(slice.rows().size());
        at = batches.carryOut(at, slice, next, progress.holdChanges(), scene, () -> progress.point("purged"));
        announced = next;
        progress.point("recorded");
    }

    /** Rows that somebody else has locked for a moment are tried again; the batch as a whole was not done. */
    private Batches.At patiently(Supplier<Batches.At> batch) {
        for (int tries = 1; ; tries++) {
            try {
                return batch.get();
            } catch (SystemFailure e) {
                if (e.kind() != SystemFailure.Kind.LOCKED || tries == MOST_TRIES) {
                    throw e;
                }
                progress.before(0);
            }
        }
    }

    /** The system refused a batch: halves of it, until the rows that it refuses stand alone. */
    private void apart(Fated.Slice slice) {
        List<Fated.Slice> halves = slice.halves();
        if (halves.isEmpty()) {
            batches.change(place, row -> {
                row.pendingSealed = null;
                row.kept("retention_reason_refused", slice.roots());
            });
            return;
        }
        for (Fated.Slice half : halves) {
            announce(half);
            try {
                once(half, null);
            } catch (SystemFailure e) {
                if (e.kind() != SystemFailure.Kind.REFUSED) {
                    throw e;
                }
                apart(half);
            }
        }
    }
}
