package org.habeas.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.habeas.actor.Actor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoredTreeTest {
    private static final Instant NOON = HistoryDatabase.NOON;
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final HistoryDatabase history = new HistoryDatabase();

    @TempDir
    private Path home;

    @Test
    void entriesGetGaplessPlacesInAnyBatchesAndTheTreeIsTheirs() throws SQLException {
        history.append(57);
        assertEquals(57, history.sequence(10));
        history.append(3);
        assertEquals(60, history.sequence(1));
        assertEquals(recomputed(), storedRoot());
    }

    @Test
    void manyReplicasAndWritersLeaveNoGapAndNoFork() throws Exception {
        var pool = Executors.newFixedThreadPool(6);
        AtomicBoolean writing = new AtomicBoolean(true);
        try {
            List<Future<?>> writers = new ArrayList<>();
            for (int w = 0; w < 3; w++) {
                writers.add(pool.submit((Callable<Void>) () -> {
                    for (int i = 0; i < 60; i++) {
                        history.append(1 + i % 5);
                    }
                    return null;
                }));
            }
            List<Future<?>> sequencers = new ArrayList<>();
            for (int s = 0; s < 3; s++) {
                int died = s;
                sequencers.add(pool.submit((Callable<Void>) () -> {
                    while (writing.get()) {
                        sequenceOrDie(died);
                    }
                    return null;
                }));
            }
            for (var writer : writers) {
                writer.get();
            }
            writing.set(false);
            for (var sequencer : sequencers) {
                sequencer.get();
            }
        } finally {
            pool.shutdownNow();
        }
        assertEquals(3 * 60 * 3, history.sequence(100));
        assertEquals(recomputed(), storedRoot());
    }

    /** One of the three is killed each time after its work and before its commit. */
    private void sequenceOrDie(int which) throws SQLException {
        try {
            history.in(connection -> {
                int placed = new StoredTree(connection).sequence(7);
                if (which == 0) {
                    throw new IllegalStateException("killed");
                }
                return placed;
            });
        } catch (IllegalStateException killed) {
            // the database took it back
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update audit_entry set entry = 'x' where leaf_index = 1",
                "update audit_entry set at = now() where leaf_index = 1",
                "update audit_entry set event = 'x' where leaf_index = 1",
                "update audit_entry set actor = 'x' where leaf_index = 1",
                "update audit_entry set subject = gen_random_uuid() where leaf_index = 1",
                "update audit_entry set leaf_index = null where leaf_index = 1",
                "update audit_entry set leaf_index = 99 where leaf_index = 1",
                "update audit_entry set entry = 'x', leaf_index = 99 where leaf_index is null",
                "update audit_entry set entry = 'x' where leaf_index is null",
                "delete from audit_entry where leaf_index = 1",
                "delete from audit_entry where leaf_index is null",
                "truncate audit_entry cascade",
                "update audit_node set hash = sha256('x')",
                "delete from audit_node",
                "truncate audit_node",
                "update audit_checkpoint set note = 'x'",
                "delete from audit_checkpoint",
                "truncate audit_checkpoint",
                "update audit_tree set size = 1",
                "update audit_tree set origin = 'x'",
                "delete from audit_tree",
                "truncate audit_tree",
                "update audit_key set verifier_key = 'x'",
                "delete from audit_key",
                "insert into audit_entry (at, event, actor, entry, leaf_index) values (now(), 'x', 'x', 'x', 2)"
            })
    void theDatabaseRefusesToRewriteTheHistory(String sql) throws SQLException {
        history.append(5);
        history.sequence(10);
        sign(home, NOON);
        history.in(connection -> {
            new Heads(connection)
                    .announce(new KeyFolder(home, origin()).signing().verifier(), 1);
            return null;
        });
        history.append(1);
        assertThrows(
                SQLException.class,
                () -> history.in(connection -> {
                    try (var statement = connection.createStatement()) {
                        return statement.executeUpdate(sql);
                    }
                }));
    }

    @Test
    void headsAreSignedWhenThereIsNewsAndEachBeginsWithTheLast() throws SQLException {
        assertEquals(0, sign(home, NOON).orElseThrow().checkpoint().size());
        assertTrue(sign(home, NOON).isEmpty());
        history.append(5);
        assertTrue(sign(home, NOON).isEmpty(), "what has no place yet is no news");
        history.sequence(10);
        Heads.Signed five = sign(home, NOON).orElseThrow();
        history.append(8);
        history.sequence(10);
        Heads.Signed thirteen = sign(home, NOON).orElseThrow();
        assertEquals(13, thirteen.checkpoint().size());
        VerifierKey key = new KeyFolder(home, origin()).signing().verifier();
        assertTrue(thirteen.note().signedBy(key));
        assertEquals(origin(), thirteen.checkpoint().origin());
        assertEquals(key.name(), thirteen.checkpoint().origin());
        boolean begins = history.in(connection -> new MerkleTree(13, new StoredTree(connection))
                .consistency(5)
                .proves(five.checkpoint().root(), thirteen.checkpoint().root()));
        assertTrue(begins);
        assertEquals(
                Optional.of(five.checkpoint()),
                history.in(connection -> new Heads(connection).covering(4)).map(Heads.Signed::checkpoint));
        assertEquals(
                Optional.of(thirteen.checkpoint()),
                history.in(connection -> new Heads(connection).last()).map(Heads.Signed::checkpoint));
    }

    @Test
    void aRewrittenTreeIsNotSigned() throws SQLException {
        history.append(6);
        history.sequence(10);
        sign(home, NOON);
        history.asSuperuser("update audit_node set hash = sha256('x') where level = 2");
        history.append(3);
        history.sequence(10);
        assertThrows(Heads.Contradiction.class, () -> sign(home, NOON));
    }

    @Test
    void aHistoryThatWasRolledBackIsNotSigned() throws SQLException {
        history.append(6);
        history.sequence(10);
        sign(home, NOON);
        history.append(6);
        history.sequence(10);
        sign(home, NOON);
        history.asSuperuser(
                "delete from audit_checkpoint where size = 12; delete from audit_entry where leaf_index >= 6;"
                        + " delete from audit_node where (index + 1) << level > 6; update audit_tree set size = 6");
        history.append(2);
        history.sequence(10);
        var refused = assertThrows(Heads.Contradiction.class, () -> sign(home, NOON));
        assertTrue(refused.getMessage().contains("rolled back"), refused.getMessage());
        history.append(20);
        history.sequence(10);
        refused = assertThrows(Heads.Contradiction.class, () -> sign(home, NOON));
        assertTrue(refused.getMessage().contains("rewritten"), refused.getMessage());
    }

    @Test
    void anotherKeyWaitsUntilItIsVouchedForOrTheFirstOneIsGone(@TempDir Path otherHome) throws SQLException {
        history.append(3);
        history.sequence(10);
        sign(home, NOON);
        history.append(1);
        history.sequence(10);
        assertTrue(sign(otherHome, NOON.plusSeconds(179)).isEmpty());
        announce(otherHome);
        history.sequence(10);
        assertTrue(sign(otherHome, NOON.plusSeconds(179)).isEmpty(), "announced, but under no head yet");
        assertTrue(sign(home, NOON.plusSeconds(179)).isPresent());
        history.append(1);
        history.sequence(10);
        assertTrue(sign(otherHome, NOON.plusSeconds(180)).isPresent());
    }

    @Test
    void aKeyGoesOnAloneWhenTheFirstOneIsGone(@TempDir Path otherHome) throws SQLException {
        history.append(3);
        history.sequence(10);
        sign(home, NOON);
        history.append(1);
        history.sequence(10);
        assertTrue(sign(otherHome, NOON.plusSeconds(180)).isPresent());
    }

    @Test
    void anOldKeyVouchesOnceForTheOneThatReplacesIt() throws Exception {
        history.append(3);
        history.sequence(10);
        sign(home, NOON);
        KeyFolder keys = new KeyFolder(home, origin());
        SigningKey old = keys.signing();
        Path folder = home.resolve("keys/history").resolve(origin().substring(origin().lastIndexOf('/') + 1));
        Files.move(folder.resolve("signing.key"), folder.resolve("retiring.key"));
        SigningKey fresh = keys.signing();
        assertFalse(fresh.verifier().equals(old.verifier()));
        announce(home);
        history.sequence(10);
        Heads.Signed both = sign(home, NOON.plusSeconds(180)).orElseThrow();
        assertTrue(both.note().signedBy(old.verifier()));
        assertTrue(both.note().signedBy(fresh.verifier()));
        assertEquals(fresh.verifier().id(), both.keyId());
        history.append(1);
        history.sequence(10);
        Heads.Signed alone = sign(home, NOON.plusSeconds(181)).orElseThrow();
        assertFalse(alone.note().signedBy(old.verifier()));
        assertTrue(alone.note().signedBy(fresh.verifier()));
        assertFalse(Files.exists(folder.resolve("retiring.key")));
        assertEquals(
                old.verifier(),
                VerifierKey.parse(Files.readString(
                        folder.resolve("retired-" + old.verifier().id() + ".public.key"))));
    }

    @Test
    void theKeyIsItsOwnersAlone() throws Exception {
        sign(home, NOON);
        try (var files = Files.walk(home.resolve("keys/history"))) {
            for (Path file : files.toList()) {
                String expected = Files.isDirectory(file) ? "rwx------" : "rw-------";
                assertEquals(
                        expected, PosixFilePermissions.toString(Files.getPosixFilePermissions(file)), file::toString);
            }
        }
    }

    private Optional<Heads.Signed> sign(Path where, Instant now) throws SQLException {
        KeyFolder keys = new KeyFolder(where, origin());
        return history.in(connection -> new Heads(connection).sign(keys, now, PATIENCE));
    }

    private void announce(Path where) throws SQLException {
        VerifierKey key = new KeyFolder(where, origin()).signing().verifier();
        history.in(connection -> {
            Act act = Act.of(KeyChain.ANNOUNCED, Actor.system("history")).fact(KeyChain.FACT, key.toString());
            new Heads(connection).announce(key, HistoryDatabase.append(connection, act));
            return null;
        });
    }

    private String origin() throws SQLException {
        return history.in(connection -> new StoredTree(connection).state().origin());
    }

    private Hash storedRoot() throws SQLException {
        return history.in(connection ->
                new MerkleTree(new StoredTree(connection).state().size(), new StoredTree(connection)).root());
    }

    /** The root over the stored bytes, with places checked one by one. */
    private Hash recomputed() throws SQLException {
        return history.in(connection -> {
            GrowingTree tree = GrowingTree.silent();
            TreeHasher hasher = new TreeHasher();
            try (var statement = connection.createStatement();
                    var rows =
                            statement.executeQuery("select leaf_index, entry from audit_entry order by leaf_index")) {
                while (rows.next()) {
                    assertEquals(tree.size(), rows.getLong(1));
                    tree.append(hasher.leaf(rows.getBytes(2)));
                }
            }
            return tree.root();
        });
    }
}
