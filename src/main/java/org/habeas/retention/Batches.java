package org.habeas.retention;

import com.fasterxml.jackson.core.type.TypeReference;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import org.habeas.actor.Actor;
import org.habeas.audit.Act;
import org.habeas.audit.Ledger;
import org.habeas.connector.BulkPurge;
import org.habeas.connector.Key;
import org.habeas.datamap.CollectionKey;
import org.habeas.vault.Vault;
import org.jspecify.annotations.Nullable;

/**
 * Purges batch by batch so that a kill at any moment leaves no doubt. A batch is announced (which rows, sealed) before it
 * is purged in its system; it is recorded, and the next one announced, in the transaction that was open meanwhile.
 */
@ApplicationScoped
class Batches {
    private static final Actor RETENTION = Actor.system("retention");

    private final EntityManager entities;
    private final Holds holds;
    private final Vault vault;
    private final Ledger ledger;

    Batches(EntityManager entities, Holds holds, Vault vault, Ledger ledger) {
        this.entities = entities;
        this.holds = holds;
        this.vault = vault;
        this.ledger = ledger;
    }

    /** Holds moved since it was worked out what they keep: look again before anything more is purged. */
    static final class HoldsMoved extends RuntimeException {
        HoldsMoved() {
            super("holds moved", null, false, false);
        }
    }

    /** Somebody else is at the same collection of the same run. */
    static final class TakenOver extends RuntimeException {
        TakenOver() {
            super("taken over", null, false, false);
        }
    }

    /** A row of an announced batch; {@code root}: due by itself. */
    record Announced(String collection, List<Object> key, boolean root) {
        @Override
        public String toString() {
            return "Announced[" + collection + "]";
        }
    }

    /** Where in a run a batch belongs: the row of figures, and how many batches it had so far. */
    record At(UUID run, RunCollection.Place row, int batches) {
        At next() {
            return new At(run, row, batches + 1);
        }
    }

    /** Changes the figures of a collection in a transaction of its own. */
    void change(RunCollection.Place place, Consumer<RunCollection> change) {
        QuarkusTransaction.requiringNew().run(() -> change.accept(locked(place)));
    }

    void announce(At at, Fated.Slice slice) {
        QuarkusTransaction.requiringNew().run(() -> mine(at).pendingSealed = seal(at.run(), slice));
    }

    /**
     * Purges an announced batch and announces the next. Holds cannot move meanwhile; if they did since {@code holdChanges},
     * nothing is purged and {@link HoldsMoved} says so.
     */
    At carryOut(
            At at, Fated.Slice slice, Fated.@Nullable Slice next, long holdChanges, Scene scene, Runnable afterPurge) {
        QuarkusTransaction.requiringNew().run(() -> {
            RunCollection row = mine(at);
            if (holds.count() != holdChanges) {
                throw new HoldsMoved();
            }
            List<Fated.Step> steps = slice.steps(scene.purgeable);
            List<Integer> gone =
                    scene.connector.purge(steps.stream().map(Fated.Step::purge).toList());
            afterPurge.run();
            Map<CollectionKey, Long> parts = new TreeMap<>(java.util.Comparator.comparing(CollectionKey::toString));
            long roots = 0;
            for (int i = 0; i < steps.size(); i++) {
                if (steps.get(i).roots()) {
                    roots += gone.get(i);
                } else {
                    parts.merge(steps.get(i).purge().collection().key(), (long) gone.get(i), Long::sum);
                }
            }
            row.pendingSealed = next == null ? null : seal(at.run(), next);
            record(row, roots, parts);
        });
        return at.next();
    }

    /**
     * Has the system purge its next piece. Its receipt, with the record of the piece before, is on the disk before it is
     * committed; holds cannot move meanwhile.
     */
    Optional<At> nextPiece(At at, BulkPurge bulk, long holdChanges) {
        At[] now = {at};
        boolean any = QuarkusTransaction.requiringNew().call(() -> {
            if (holds.count() != holdChanges) {
                throw new HoldsMoved();
            }
            return bulk.next((receipt, rows) -> now[0] = witnessed(at, receipt, rows));
        });
        return any ? Optional.of(now[0]) : Optional.empty();
    }

    private At witnessed(At at, String receipt, long rows) {
        return QuarkusTransaction.requiringNew().call(() -> {
            RunCollection row = mine(at);
            recordPending(row);
            row.pendingReceipt = receipt;
            row.pendingRows = rows;
            return new At(at.run(), at.row(), row.batches);
        });
    }

    private void recordPending(RunCollection row) {
        if (row.pendingReceipt != null) {
            record(row, java.util.Objects.requireNonNull(row.pendingRows), Map.of());
            row.pendingReceipt = null;
            row.pendingRows = null;
        }
    }

    /** Finds out what became of the piece that was witnessed last, and records it if it was purged. */
    At settle(At at, Scene scene) {
        RunCollection seen = QuarkusTransaction.requiringNew().call(() -> entities.find(RunCollection.class, at.row()));
        if (seen.pendingReceipt == null) {
            return at(at);
        }
        boolean purged = scene.connector.purged(seen.pendingReceipt);
        QuarkusTransaction.requiringNew().run(() -> {
            RunCollection row = mine(at);
            if (!seen.pendingReceipt.equals(row.pendingReceipt)) {
                throw new TakenOver();
            }
            if (!purged) {
                row.pendingReceipt = null;
                row.pendingRows = null;
            }
            recordPending(row);
        });
        return at(at);
    }

    private void record(RunCollection row, long roots, Map<CollectionKey, Long> parts) {
        row.purged += roots;
        row.batches++;
        parts.forEach((key, rows) -> part(row, key).purged(rows));
        long others = parts.values().stream().mapToLong(Long::longValue).sum();
        ledger.append(Act.of("retention.batch_purged", RETENTION)
                .fact("run", row.place.run())
                .fact("batch", row.place.position() + "." + row.batches)
                .fact("system", row.system)
                .fact("collection", row.collection)
                .fact("rule", row.rule)
                .fact("rows", roots)
                .fact("parts", others == 0 ? null : others));
    }

    /** The figures of a collection whose rows go with those of this one. */
    RunCollection part(RunCollection row, CollectionKey key) {
        List<RunCollection> all = entities.createQuery(
                        "from RunCollection where place.run = ?1 order by place.position", RunCollection.class)
                .setParameter(1, row.place.run())
                .getResultList();
        Optional<RunCollection> known = all.stream()
                .filter(c -> c.key().equals(key) && (c.rule.equals(row.rule) || c.kind == RunCollection.Kind.SWEEP))
                .findFirst();
        return known.orElseGet(() -> {
            RunCollection part =
                    RunCollection.part(row, all.get(all.size() - 1).place.position() + 1, key);
            entities.persist(part);
            return part;
        });
    }

    /**
     * Finds out what became of the batch that was announced last before the process went away. If one of its due rows is
     * still there and due, nothing of it was purged, and the walk comes by it again; else it is recorded now.
     */
    At resolve(At before, Scene scene) {
        At at = settle(before, scene);
        List<Announced> announced = QuarkusTransaction.requiringNew().call(() -> open(mine(at)));
        if (announced.isEmpty()) {
            return at;
        }
        boolean hasRoots = announced.stream().anyMatch(Announced::root);
        List<Announced> asked =
                announced.stream().filter(a -> a.root() == hasRoots).toList();
        Survivors survivors = Survivors.of(asked, scene);
        QuarkusTransaction.requiringNew().run(() -> {
            RunCollection row = mine(at);
            row.pendingSealed = null;
            if (!survivors.due()) {
                Map<CollectionKey, Long> parts = new TreeMap<>(java.util.Comparator.comparing(CollectionKey::toString));
                announced.stream()
                        .filter(a -> !a.root())
                        .forEach(a -> parts.merge(new CollectionKey(row.system, a.collection()), 1L, Long::sum));
                long roots = announced.stream().filter(Announced::root).count() - survivors.rows();
                record(row, hasRoots ? roots : 0, parts);
            }
        });
        return at(at);
    }

    /** The same place as it is now. */
    At at(At before) {
        return QuarkusTransaction.requiringNew()
                .call(() -> new At(before.run(), before.row(), locked(before.row()).batches));
    }

    /** The run begins to purge, once. */
    void begins(UUID run, Instant now) {
        QuarkusTransaction.requiringNew()
                .run(() -> entities.find(RetentionRun.class, run, LockModeType.PESSIMISTIC_WRITE)
                        .purges(now));
    }

    private RunCollection mine(At at) {
        RunCollection row = locked(at.row());
        if (row.batches != at.batches() || row.done) {
            throw new TakenOver();
        }
        return row;
    }

    private RunCollection locked(RunCollection.Place place) {
        return entities.find(RunCollection.class, place, LockModeType.PESSIMISTIC_WRITE);
    }

    private byte[] seal(UUID run, Fated.Slice slice) {
        List<Announced> rows = new ArrayList<>();
        slice.rows()
                .forEach(k ->
                        rows.add(new Announced(k.collection().name(), k.key().values(), k.root())));
        try {
            return vault.seal(key(run), Obligations.JSON.writeValueAsBytes(rows), "retention-batch:" + run);
        } catch (IOException e) {
            throw new IllegalStateException("a batch cannot be announced", e);
        }
    }

    private List<Announced> open(RunCollection row) {
        if (row.pendingSealed == null) {
            return List.of();
        }
        UUID run = row.place.run();
        try {
            byte[] plain = vault.open(key(run), row.pendingSealed, "retention-batch:" + run);
            return Obligations.JSON.readValue(plain, new TypeReference<>() {});
        } catch (IOException e) {
            throw new IllegalStateException("an announced batch cannot be read", e);
        }
    }

    private UUID key(UUID run) {
        return entities.find(RetentionRun.class, run).vaultKey;
    }

    /** Key of an announced row. */
    static Key key(Announced row) {
        return new Key(row.key());
    }
}
