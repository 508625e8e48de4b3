package org.habeas.audit;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.habeas.actor.Actor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody with every right over the database changes what is stored; the auditor's next bundle tells. */
class DatabaseTamperingTest {
    private static final int ATTEMPTS = 300;
    private static final int MANY = 10_000;
    private static final int[] HEADS = {16, 20, 13};
    private static final int KINDS = 13;

    private final Random random = new Random(20260302);
    private final HistoryDatabase history = new HistoryDatabase();

    @TempDir
    private Path home;

    private byte[] kept = new byte[0];
    private int size;
    private SigningKey portals = SigningKey.generate(MemoryBundle.ORIGIN);

    @BeforeEach
    void aHistoryWithThreeHeads() throws SQLException {
        KeyFolder keys = new KeyFolder(
                home,
                history.in(connection -> new StoredTree(connection).state().origin()));
        history.in(connection -> {
            VerifierKey key = keys.signing().verifier();
            Act act = Act.of(KeyChain.ANNOUNCED, Actor.system("history")).fact(KeyChain.FACT, key.toString());
            new Heads(connection).announce(key, HistoryDatabase.append(connection, act));
            return null;
        });
        portals = keys.signing();
        for (int entries : HEADS) {
            history.append(entries);
            size = (int) history.sequence(100);
            history.in(connection -> new Heads(connection).sign(keys, HistoryDatabase.NOON, Duration.ZERO));
        }
        kept = history.in(connection ->
                new Heads(connection).last().orElseThrow().note().toString().getBytes());
    }

    @Test
    void everyTamperingIsFound() throws Exception {
        tamper(ATTEMPTS);
    }

    @Test
    @Tag("faults")
    void everyOneOfTenThousandIsFound() throws Exception {
        tamper(MANY);
    }

    private void tamper(int attempts) throws Exception {
        int[] tried = new int[KINDS];
        try (Connection connection = history.connect()) {
            connection.setAutoCommit(false);
            assertTrue(verdict(connection).sound(), () -> "the untouched history");
            for (int attempt = 0; attempt < attempts; attempt++) {
                execute(connection, "set local session_replication_role = replica");
                int kind = random.nextInt(KINDS);
                int named = tamperOnce(connection, kind);
                Verdict verdict = verdict(connection);
                assertFalse(verdict.sound(), "kind " + kind + ": " + verdict.line());
                assertTrue(
                        named < 0 || verdict.line().contains("entry " + named + " "),
                        "kind " + kind + " at " + named + ": " + verdict.line());
                connection.rollback();
                tried[kind]++;
            }
        }
        System.out.printf("%d changes in the database found, by kind %s%n", attempts, Arrays.toString(tried));
    }

    /** Answers which entry must be named, or -1. */
    private int tamperOnce(Connection connection, int kind) throws SQLException {
        int one = random.nextInt(size);
        int other = (one + 1 + random.nextInt(size - 1)) % size;
        String at = " where leaf_index = " + one;
        switch (kind) {
            case 0 -> execute(
                    connection,
                    "update audit_entry set entry = replace(encode(entry, 'escape'), '\"v\":1'," + " '\"v\":2')::bytea"
                            + at);
            case 1 -> execute(connection, "delete from audit_entry" + at);
            case 2 -> execute(
                    connection,
                    "update audit_entry a set entry = b.entry from audit_entry b where a.leaf_index in (" + one + ", "
                            + other + ") and b.leaf_index in (" + one + ", " + other + ") and a.id <> b.id");
            case 3 -> {
                execute(
                        connection,
                        "update audit_entry set leaf_index = leaf_index + 1000" + " where leaf_index >= " + one);
                execute(connection, "update audit_entry set leaf_index = leaf_index - 999 where leaf_index >= 1000");
                execute(
                        connection,
                        "insert into audit_entry (at, event, actor, entry, leaf_index) values (now(), 'x', 'x', 'x', "
                                + one + ")");
            }
            case 4 -> execute(connection, "delete from audit_entry where leaf_index >= " + one);
                // entry and leaf agree with each other, but not with what was signed
            case 5 -> {
                execute(connection, "update audit_entry set entry = 'x'" + at);
                execute(
                        connection,
                        "update audit_node set hash = sha256('\\x0078') where level = 0 and index = " + one);
                return -1;
            }
            case 6 -> {
                execute(connection, "update audit_node set hash = sha256('x') where level = 0 and index = " + one);
                return -1;
            }
            case 7 -> {
                execute(connection, "update audit_checkpoint set note = replace(note, 'A', 'B'), root = sha256('x')");
                return -1;
            }
            case 8 -> {
                execute(
                        connection,
                        "delete from audit_checkpoint where size = (select max(size) from audit_checkpoint)");
                return -1;
            }
            case 9 -> {
                forgeWithAnotherKey(connection);
                return -1;
            }
            case 10 -> {
                rollBack(connection);
                return -1;
            }
            case 11 -> {
                branch(connection);
                return -1;
            }
            default -> {
                execute(connection, "delete from audit_entry");
                return -1;
            }
        }
        return kind == 2 ? Math.min(one, other) : one;
    }

    /** The dump of an earlier day: entries, nodes, heads and size as they were at an earlier head. */
    private void rollBack(Connection connection) throws SQLException {
        int older = random.nextBoolean() ? HEADS[0] + 1 : HEADS[0] + HEADS[1] + 1;
        execute(connection, "delete from audit_entry where leaf_index >= " + older);
        execute(connection, "delete from audit_checkpoint where size > " + older);
        execute(connection, "delete from audit_node where (index + 1) << level > " + older);
        execute(connection, "update audit_tree set size = " + older);
    }

    /** Another history with the same beginning, signed by a thief with the portal's own key. */
    private void branch(Connection connection) throws SQLException {
        int from = 1 + random.nextInt(size - 1);
        execute(connection, "delete from audit_checkpoint");
        execute(connection, "delete from audit_node");
        execute(connection, "update audit_tree set size = 0");
        execute(
                connection,
                "update audit_entry set entry = convert_to('{\"v\":1,\"n\":" + random.nextInt()
                        + "}', 'UTF8') where leaf_index = " + from);
        execute(connection, "update audit_entry set leaf_index = null");
        new StoredTree(connection).sequence(1000);
        signed(connection, portals, size);
    }

    private void signed(Connection connection, SigningKey key, int leaves) throws SQLException {
        StoredTree tree = new StoredTree(connection);
        Checkpoint head = new Checkpoint(tree.state().origin(), leaves, new MerkleTree(leaves, tree).root());
        execute(
                connection,
                "insert into audit_checkpoint (size, signed_at, root, key_id, note) values (" + leaves
                        + ", now(), sha256('x'), '" + key.verifier().id() + "', '" + SignedNote.sign(head.text(), key)
                        + "')");
    }

    /** The whole history anew: an entry less, all nodes, one head, and a key of the forger's own. */
    private void forgeWithAnotherKey(Connection connection) throws SQLException {
        execute(connection, "delete from audit_entry where leaf_index = " + random.nextInt(1, size));
        execute(connection, "update audit_entry set leaf_index = null");
        execute(connection, "delete from audit_node");
        execute(connection, "delete from audit_checkpoint");
        execute(connection, "update audit_tree set size = 0");
        new StoredTree(connection).sequence(1000);
        SigningKey forged =
                SigningKey.generate(new StoredTree(connection).state().origin());
        execute(connection, "update audit_key set verifier_key = '" + forged.verifier() + "'");
        signed(connection, forged, size - 1);
    }

    private Verdict verdict(Connection connection) throws SQLException, IOException {
        ByteArrayOutputStream zip = new ByteArrayOutputStream();
        try {
            Heads heads = new Heads(connection);
            Heads.Signed last = heads.last().orElseThrow();
            VerifierKey key = heads.key(last.keyId());
            new BundleWriter(connection, new SignedHistory.Head(last.checkpoint(), last.note(), last.at(), key))
                    .write(zip);
        } catch (Malformed e) {
            return Verdict.wrong("no bundle: " + e.getMessage());
        }
        MemoryBundle bundle = new MemoryBundle();
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip.toByteArray()))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                bundle.files.put(entry.getName(), in.readAllBytes());
            }
        }
        return BundleVerifier.verify(bundle, Optional.of(kept), Optional.empty());
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
