package org.habeas.connector;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.habeas.datamap.MappedCollection;
import org.habeas.datamap.MappedField;

/**
 * Rows of one collection to be deleted by what they are known by. With {@code due} only those go that are still due at
 * that moment; without, they go with the rows of the steps after this one.
 */
public record Purge(MappedCollection collection, List<Key> keys, Optional<Due> due) {

    /** For systems that only change rows one batch at a time: they are looked at, then deleted as they were seen. */
    static int seen(Connector system, Purge purge) {
        List<String> fields =
                purge.collection.primaryKey().stream().map(MappedField::name).toList();
        List<Batch.Change> changes = new ArrayList<>();
        system.find(new Lookup(purge.collection, fields, purge.keys), row -> {
            if (purge.due.map(d -> d.covers(row)).orElse(true)) {
                changes.add(Batch.Change.delete(row));
            }
            return true;
        });
        int gone = 0;
        for (int from = 0; from < changes.size(); from += Batch.MOST) {
            List<Batch.Change> some = changes.subList(from, Math.min(changes.size(), from + Batch.MOST));
            gone += gone(system, purge, some);
        }
        return gone;
    }

    private static int gone(Connector system, Purge purge, List<Batch.Change> changes) {
        String known =
                changes.stream().map(c -> c.before().key().values().toString()).toList() + "";
        UUID step = UUID.nameUUIDFromBytes((purge.collection.address() + known).getBytes(StandardCharsets.UTF_8));
        Outcome outcome = system.apply(new Batch("purge-" + step, purge.collection, changes));
        if (outcome instanceof Outcome.Applied applied) {
            return applied.changed() + applied.already();
        }
        if (outcome instanceof Outcome.Moved) {
            throw new SystemFailure(
                    purge.collection.dataset(), SystemFailure.Kind.LOCKED, "Rows changed while they were to be purged");
        }
        return 0;
    }
}
