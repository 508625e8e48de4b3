package org.habeas.audit;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/** The signed heads as they lie in the database, seen through one connection and its transaction. */
final class Heads {
    /** A head that contradicts an earlier one is never signed. */
    static final class Contradiction extends RuntimeException {
        Contradiction(String message) {
            super(message, null, false, false);
        }
    }

    /** A signed head with when and by which key. */
    record Signed(Checkpoint checkpoint, Instant at, String keyId, SignedNote note) {}

    private final Connection connection;
    private final StoredTree tree;

    Heads(Connection connection) {
        this.connection = connection;
        this.tree = new StoredTree(connection);
    }

    Optional<Signed> last() throws SQLException {
        return one("select note, signed_at, key_id from audit_checkpoint order by size desc limit 1");
    }

    /** The first head under which the leaf at this index is. */
    Optional<Signed> covering(long index) throws SQLException {
        return one("select note, signed_at, key_id from audit_checkpoint where size > " + index
                + " order by size limit 1");
    }

    /**
     * Signs the present tree where it has grown since the last head. Refuses where either the last head in the database or
     * the last one signed by this key is not the beginning of it. A key that no head of another one vouches for waits
     * {@code patience} for that other one before it goes on alone.
     */
    Optional<Signed> sign(KeyFolder keys, Instant now, Duration patience) throws SQLException {
        StoredTree.State state = tree.lock();
        Optional<Signed> last = last();
        if (last.isPresent() && last.get().checkpoint().size() == state.size()) {
            return Optional.empty();
        }
        SigningKey key = keys.signing();
        if (last.isPresent()
                && !vouchedFor(key, last.get())
                && now.isBefore(last.get().at().plus(patience))
                && now.isAfter(last.get().at().minus(patience))) {
            return Optional.empty();
        }
        Checkpoint head = new Checkpoint(state.origin(), state.size(), new MerkleTree(state.size(), tree).root());
        if (last.isPresent()) {
            requireBeginning(last.get().checkpoint(), head, "the last head in the database");
        }
        Optional<SignedNote> own = keys.lastSigned();
        if (own.isPresent()) {
            requireBeginning(Checkpoint.parse(own.get()), head, "the last head signed here");
        }
        Optional<SigningKey> retiring = retiring(keys, key, head, last);
        SignedNote note = retiring.isPresent()
                ? SignedNote.sign(head.text(), key, retiring.get())
                : SignedNote.sign(head.text(), key);
        keys.remember(note);
        store(head, now, key, note);
        return Optional.of(new Signed(head, now, key.verifier().id(), note));
    }

    /** The announced key with this id. */
    VerifierKey key(String id) throws SQLException {
        try (var select = connection.prepareStatement("select verifier_key from audit_key");
                var rows = select.executeQuery()) {
            while (rows.next()) {
                VerifierKey key = VerifierKey.parse(rows.getString(1));
                if (key.id().equals(id)) {
                    return key;
                }
            }
        }
        throw new IllegalStateException("the history does not know the key " + id + " that signed it");
    }

    /** Whether the key's own entry stands in the tree: then whoever trusts the head can trust the key. */
    boolean announced(VerifierKey key) throws SQLException {
        try (var select = connection.prepareStatement("select 1 from audit_key where verifier_key = ?")) {
            select.setString(1, key.toString());
            try (var rows = select.executeQuery()) {
                return rows.next();
            }
        }
    }

    /** Notes which entry announces the key; false where another replica was quicker with the same key. */
    void announce(VerifierKey key, long entry) throws SQLException {
        try (var insert = connection.prepareStatement("insert into audit_key (verifier_key, entry_id) values (?, ?)")) {
            insert.setString(1, key.toString());
            insert.setLong(2, entry);
            insert.executeUpdate();
        }
    }

    /** The old key signs beside the new one until a head with both is stored, and is put away then. */
    private Optional<SigningKey> retiring(KeyFolder keys, SigningKey key, Checkpoint head, Optional<Signed> last) {
        Optional<SigningKey> old = keys.retiring().filter(one -> announcedBefore(key, head.size()));
        if (old.isPresent()
                && last.isPresent()
                && last.get().note().signedBy(old.get().verifier())
                && last.get().note().signedBy(key.verifier())) {
            keys.retire(old.get());
            return Optional.empty();
        }
        return old;
    }

    private boolean vouchedFor(SigningKey key, Signed last) {
        return last.keyId().equals(key.verifier().id())
                || announcedBefore(key, last.checkpoint().size());
    }

    private boolean announcedBefore(SigningKey key, long size) {
        try (var select =
                connection.prepareStatement("select 1 from audit_key k join audit_entry e on e.id = k.entry_id"
                        + " where k.verifier_key = ? and e.leaf_index < ?")) {
            select.setString(1, key.verifier().toString());
            select.setLong(2, size);
            try (var rows = select.executeQuery()) {
                return rows.next();
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the history's keys cannot be read", e);
        }
    }

    private void requireBeginning(Checkpoint earlier, Checkpoint head, String which) {
        if (earlier.size() > head.size()) {
            throw new Contradiction("the history has " + head.size() + " entries, but " + which + " had "
                    + earlier.size() + ": it was rolled back");
        }
        ConsistencyProof proof = new MerkleTree(head.size(), tree).consistency(earlier.size());
        if (!proof.proves(earlier.root(), head.root())) {
            throw new Contradiction("the first " + earlier.size() + " entries are not those of " + which
                    + ": the history was rewritten");
        }
    }

    private void store(Checkpoint head, Instant now, SigningKey key, SignedNote note) throws SQLException {
        try (var insert = connection.prepareStatement(
                "insert into audit_checkpoint (size, signed_at, root, key_id, note) values (?, ?, ?, ?, ?)")) {
            insert.setLong(1, head.size());
            insert.setObject(2, now.atOffset(ZoneOffset.UTC));
            insert.setBytes(3, head.root().bytes());
            insert.setString(4, key.verifier().id());
            insert.setString(5, note.toString());
            insert.executeUpdate();
        }
    }

    private Optional<Signed> one(String sql) throws SQLException {
        try (var select = connection.prepareStatement(sql);
                var rows = select.executeQuery()) {
            if (!rows.next()) {
                return Optional.empty();
            }
            SignedNote note = SignedNote.parse(rows.getString(1));
            Instant at = rows.getObject(2, OffsetDateTime.class).toInstant();
            return Optional.of(new Signed(Checkpoint.parse(note), at, rows.getString(3), note));
        }
    }
}
