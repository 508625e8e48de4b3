package org.habeas.retention;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.habeas.connector.Key;
import org.habeas.connector.Lookup;
import org.habeas.connector.Row;
import org.habeas.datamap.CollectionKey;
import org.habeas.datamap.MappedCollection;

/** What erasures had to keep in a collection, as far as it is due and still there. */
@ApplicationScoped
class OwedRows {
    private static final int SOME = 20;

    private final Obligations obligations;
    private final Holds holds;

    OwedRows(Obligations obligations, Holds holds) {
        this.obligations = obligations;
        this.holds = holds;
    }

    long count(RetentionRun run, RunCollection row, MappedCollection collection, Scene scene) {
        return found(run, row, collection, scene, owed -> true, r -> true);
    }

    /** Hands over those of persons on whom no hold stands, and says how many. */
    long free(RetentionRun run, RunCollection row, MappedCollection collection, Scene scene, Predicate<Row> rows) {
        return found(run, row, collection, scene, this::free, rows);
    }

    /** What was owed in this collection is met where nothing of it is there any more. */
    void meet(RetentionRun run, RunCollection row, MappedCollection collection, Scene scene) {
        if (!scene.structure.keyed(collection)) {
            return;
        }
        List<Obligations.Owed> met = new ArrayList<>();
        each(run, collection.key(), Optional.empty(), owed -> {
            if (look(scene, collection, owed.keys(), r -> true) == 0) {
                met.add(owed);
            }
        });
        met.forEach(owed ->
                QuarkusTransaction.requiringNew().run(() -> obligations.done(owed, row.system, row.collection)));
    }

    private boolean free(Obligations.Owed owed) {
        return QuarkusTransaction.requiringNew().call(() -> !holds.held(owed.identifierHashes()));
    }

    private long found(
            RetentionRun run,
            RunCollection row,
            MappedCollection collection,
            Scene scene,
            Predicate<Obligations.Owed> wanted,
            Predicate<Row> rows) {
        long[] found = {0};
        each(run, collection.key(), Optional.of(row.rule), owed -> {
            if (wanted.test(owed)) {
                found[0] += look(scene, collection, owed.keys(), rows);
            }
        });
        return found[0];
    }

    private void each(RetentionRun run, CollectionKey key, Optional<String> rule, Consumer<Obligations.Owed> each) {
        Optional<UUID> last = Optional.empty();
        List<Obligations.Owed> some;
        do {
            Optional<UUID> after = last;
            some = QuarkusTransaction.requiringNew().call(() -> obligations.due(key, rule, run.today, after, SOME));
            some.forEach(each);
            last = some.isEmpty() ? last : Optional.of(some.get(some.size() - 1).id());
        } while (!some.isEmpty());
    }

    private static long look(Scene scene, MappedCollection collection, List<Key> keys, Predicate<Row> rows) {
        List<String> fields = scene.structure.keyFields(collection);
        if (fields.isEmpty()) {
            return 0;
        }
        Set<Key> seen = new HashSet<>();
        scene.connector.find(new Lookup(scene.narrow(collection), fields, keys), row -> {
            if (seen.add(row.key())) {
                rows.test(row);
            }
            return true;
        });
        return seen.size();
    }
}
