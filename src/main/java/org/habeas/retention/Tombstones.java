package org.habeas.retention;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.habeas.connector.Batch;
import org.habeas.vault.Outside;

/**
 * Remembers what erasures did, outside the portal's database: a backup that is put back must bring nobody back. Call in the
 * transaction in which the erasure is complete, and {@link #write} once that is over.
 */
@ApplicationScoped
public class Tombstones {
    private final Outside outside;
    private final Prints prints;
    private final Suppressions suppressions;
    private final Clock clock;

    Tombstones(Outside outside, Prints prints, Suppressions suppressions, Clock clock) {
        this.outside = outside;
        this.prints = prints;
        this.suppressions = suppressions;
        this.clock = clock;
    }

    /** Some rows of a system are gone or blanked: up to a few hundred at a time, in the order in which it was done. */
    @Transactional(Transactional.TxType.MANDATORY)
    public void erased(UUID request, Set<String> identifierHashes, String system, List<Batch> batches) {
        List<Tombstone.Part> parts = batches.stream()
                .map(b -> new Tombstone.Part(
                        b.collection().name(),
                        b.changes().stream()
                                .flatMap(c -> java.util.Collections.nCopies(c.copies(), grave(b, c)).stream())
                                .toList()))
                .toList();
        remember(Tombstone.ERASED, new Tombstone(request, identifierHashes, system, parts));
        suppressions.add(identifierHashes, Suppressions.Reason.ERASED, clock.instant());
    }

    /** What the erasure kept under a rule; as many rows at a time. */
    @Transactional(Transactional.TxType.MANDATORY)
    public void kept(UUID request, Set<String> identifierHashes, List<Obligations.Kept> rows) {
        List<Tombstone.Kept.Row> kept = new ArrayList<>();
        rows.forEach(r -> kept.add(new Tombstone.Kept.Row(
                r.system(),
                r.collection(),
                r.key().values(),
                r.rule(),
                r.until().toString())));
        remember(Tombstone.KEPT, new Tombstone.Kept(request, identifierHashes, kept));
    }

    /** Puts it where no backup of the database reaches. A crash before this loses nothing: it is done again and again. */
    public void write() {
        outside.write();
    }

    private Tombstone.Grave grave(Batch batch, Batch.Change change) {
        var key = prints.surrogate(batch.collection(), change.before().key());
        return new Tombstone.Grave(
                key.orElse(null),
                key.isPresent() ? null : prints.key(change.before().key()),
                prints.whole(change.before()),
                prints.ties(batch.collection(), change.before()),
                change.what() instanceof Batch.Set set ? set.values() : null);
    }

    private void remember(String kind, Object what) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (var zip = new GZIPOutputStream(bytes)) {
            Obligations.JSON.writeValue(zip, what);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        outside.remember(kind, bytes.toByteArray());
    }

    static <T> T read(Outside.Line line, Class<T> type) {
        try (var zip = new GZIPInputStream(new ByteArrayInputStream(line.what()))) {
            return Obligations.JSON.readValue(zip, type);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
