package org.habeas.audit;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The tree as it lies in the database, seen through one connection and its transaction. */
final class StoredTree implements Nodes {
    /** What the tree's one row says. */
    record State(String origin, long size) {}

    private final Connection connection;

    StoredTree(Connection connection) {
        this.connection = connection;
    }

    State state() throws SQLException {
        return read("select origin, size from audit_tree").orElseThrow();
    }

    /** The state, held until the transaction ends; empty while another replica holds it. */
    Optional<State> tryLock() throws SQLException {
        return read("select origin, size from audit_tree for update skip locked");
    }

    /** The state, held until the transaction ends; waits for whoever holds it. */
    State lock() throws SQLException {
        return read("select origin, size from audit_tree for update").orElseThrow();
    }

    /**
     * Gives the next entries their places, in the order they were written, without a gap; answers how many. The lock makes
     * one writer of many replicas; what a killed one began, the database takes back whole.
     */
    int sequence(int most) throws SQLException {
        Optional<State> state = tryLock();
        if (state.isEmpty()) {
            return 0;
        }
        List<Long> ids = new ArrayList<>();
        List<Hash> leaves = new ArrayList<>();
        readWaiting(most, ids, leaves);
        if (ids.isEmpty()) {
            return 0;
        }
        long from = state.get().size();
        List<Node> places = new ArrayList<>();
        List<Hash> hashes = new ArrayList<>();
        GrowingTree tree = new GrowingTree(from, new MerkleTree(from, this).edge(), (place, hash) -> {
            places.add(place);
            hashes.add(hash);
        });
        leaves.forEach(tree::append);
        store(places, hashes);
        place(ids, from);
        try (var update = connection.prepareStatement("update audit_tree set size = ?")) {
            update.setLong(1, tree.size());
            update.executeUpdate();
        }
        return ids.size();
    }

    @Override
    public Map<Node, Hash> at(Set<Node> places) {
        try (var select = connection.prepareStatement("select n.level, n.index, n.hash from audit_node n"
                + " join unnest(?::smallint[], ?::bigint[]) as w(level, index) using (level, index)")) {
            select.setArray(1, levels(List.copyOf(places)));
            select.setArray(2, indexes(List.copyOf(places)));
            Map<Node, Hash> found = new HashMap<>();
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    found.put(new Node(rows.getInt(1), rows.getLong(2)), Hash.owning(rows.getBytes(3)));
                }
            }
            return found;
        } catch (SQLException e) {
            throw new IllegalStateException("the stored tree cannot be read", e);
        }
    }

    private void readWaiting(int most, List<Long> ids, List<Hash> leaves) throws SQLException {
        TreeHasher hasher = new TreeHasher();
        try (var select = connection.prepareStatement(
                "select id, entry from audit_entry where leaf_index is null order by id limit ?")) {
            select.setInt(1, most);
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    ids.add(rows.getLong(1));
                    leaves.add(hasher.leaf(rows.getBytes(2)));
                }
            }
        }
    }

    private void store(List<Node> places, List<Hash> hashes) throws SQLException {
        try (var insert = connection.prepareStatement("insert into audit_node (level, index, hash)"
                + " select * from unnest(?::smallint[], ?::bigint[], ?::bytea[])")) {
            insert.setArray(1, levels(places));
            insert.setArray(2, indexes(places));
            insert.setArray(
                    3,
                    connection.createArrayOf(
                            "bytea", hashes.stream().map(Hash::bytes).toArray(byte[][]::new)));
            insert.executeUpdate();
        }
    }

    private void place(List<Long> ids, long from) throws SQLException {
        try (var update = connection.prepareStatement("update audit_entry e set leaf_index = ? + w.place - 1"
                + " from unnest(?::bigint[]) with ordinality as w(id, place) where e.id = w.id")) {
            update.setLong(1, from);
            update.setArray(2, connection.createArrayOf("bigint", ids.toArray()));
            if (update.executeUpdate() != ids.size()) {
                throw new IllegalStateException("entries vanished while they were given their places");
            }
        }
    }

    private java.sql.Array levels(List<Node> places) throws SQLException {
        return connection.createArrayOf(
                "smallint", places.stream().map(Node::level).toArray());
    }

    private java.sql.Array indexes(List<Node> places) throws SQLException {
        return connection.createArrayOf(
                "bigint", places.stream().map(Node::index).toArray());
    }

    private Optional<State> read(String sql) throws SQLException {
        try (var select = connection.prepareStatement(sql);
                var rows = select.executeQuery()) {
            return rows.next() ? Optional.of(new State(rows.getString(1), rows.getLong(2))) : Optional.empty();
        }
    }
}
