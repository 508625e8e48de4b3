package org.habeas.audit;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How fast entries get their places: the sequencer must keep up with whatever the portal does. */
@Tag("bench")
class LedgerBench {
    private static final int ENTRIES = 200_000;

    @Test
    void theSequencerKeepsUp() throws Exception {
        HistoryDatabase history = new HistoryDatabase();
        history.in(connection -> {
            try (var statement = connection.createStatement()) {
                return statement.executeUpdate("insert into audit_entry (at, event, subject, actor, entry)"
                        + " select now(), 'case.touched', gen_random_uuid(), 'officer:x', convert_to('{\"actor\":\"officer:'"
                        + " || md5(i::text) || '\",\"at\":\"2026-03-02T12:00:00Z\",\"event\":\"case.touched\",\"facts\":{\"n\":'"
                        + " || i || '},\"id\":\"' || gen_random_uuid() || '\",\"v\":1}', 'UTF8')"
                        + " from generate_series(1, " + ENTRIES + ") i");
            }
        });
        long started = System.nanoTime();
        history.sequence(5_000);
        Duration sequenced = Duration.ofNanos(System.nanoTime() - started);
        started = System.nanoTime();
        try (Connection connection = history.connect()) {
            MerkleTree tree = new MerkleTree(ENTRIES, new StoredTree(connection));
            for (int i = 0; i < 1_000; i++) {
                tree.inclusion(i * 199L);
            }
        }
        Duration proofs = Duration.ofNanos(System.nanoTime() - started);
        System.out.printf("%d entries sequenced in %s, 1000 proofs in %s%n", ENTRIES, sequenced, proofs);
        assertTrue(sequenced.toSeconds() < 60, sequenced::toString);
    }
}
