package org.habeas.connector.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.habeas.connector.BulkPurge;
import org.habeas.connector.Catalogue.Table;
import org.habeas.connector.Due;
import org.habeas.connector.SystemFailure;

/**
 * Goes over a table's blocks once, in their order, and deletes what is due in some of them at a time (TID range scans,
 * PostgreSQL 14). The receipt is the transaction's number, whose fate the server knows.
 */
final class PostgresBulk implements BulkPurge {
    /** So many rows a piece at most, and no longer than this: whoever waits for one of them does not wait long. */
    private static final long ROWS = 50_000;

    private static final long MILLIS = 1_000;

    /** No more rows are looked at a piece: they may lie close together after a stretch without any. */
    private static final long MOST_ROWS = 500_000;

    private static final long FEWEST_BLOCKS = 16;

    /** Where a table is larger and fewer than one row in so many is due, they are found quicker one by one. */
    private static final long SMALL_BLOCKS = 1_000;

    private static final long FEW = 200;
    private static final int OLDEST = 14;

    private final Pool pool;
    private final Shape shape;
    private final Due due;
    private final long blocks;
    private final long widest;
    private long from;
    private long width = 256;
    private long rows;

    private PostgresBulk(Pool pool, Shape shape, Due due, Extent extent) {
        this.pool = pool;
        this.shape = shape;
        this.due = due;
        this.blocks = extent.blocks();
        this.widest = Math.max(FEWEST_BLOCKS, MOST_ROWS / extent.rowsInBlock());
    }

    /** How large the table is, and how many of its rows lie in a block, as far as its statistics know. */
    private record Extent(long blocks, long rowsInBlock) {
        boolean worthReading(long due) {
            return blocks <= SMALL_BLOCKS || due >= blocks * rowsInBlock / FEW;
        }
    }

    /** Empty where the table is no plain one, or few of its rows are due. */
    static Optional<BulkPurge> of(Pool pool, Shape shape, Due due, long rows) {
        if (shape.dialect != Dialect.POSTGRES || shape.table.kind() != Table.Kind.TABLE) {
            return Optional.empty();
        }
        return pool.read(c -> extent(c, shape))
                .filter(extent -> extent.worthReading(rows))
                .map(extent -> new PostgresBulk(pool, shape, due, extent));
    }

    private static Optional<Extent> extent(Connection connection, Shape shape) throws SQLException {
        Sql sql = Sql.of(
                "select pg_relation_size(c.oid) / cast(current_setting('block_size') as bigint), case when"
                        + " c.reltuples > 0 and c.relpages > 0 then ceil(c.reltuples / c.relpages) else 100 end from pg_class c where c.oid ="
                        + " cast(? as regclass) and c.relkind = 'r' and not c.relrowsecurity and not exists (select 1 from"
                        + " pg_inherits i where i.inhparent = c.oid)",
                shape.name());
        if (connection.getMetaData().getDatabaseMajorVersion() < OLDEST) {
            return Optional.empty();
        }
        try (PreparedStatement select = sql.prepare(connection);
                ResultSet found = select.executeQuery()) {
            return found.next() ? Optional.of(new Extent(found.getLong(1), found.getLong(2))) : Optional.empty();
        }
    }

    @Override
    public boolean next(Witness witness) {
        if (from >= blocks) {
            return false;
        }
        long to = Math.min(blocks, from + width);
        long begun = System.nanoTime();
        rows = pool.write(c -> piece(c, from, to, witness));
        long millis = (System.nanoTime() - begun) / 1_000_000;
        from = to;
        double wanted = width
                * Math.min(4.0, Math.min((double) ROWS / Math.max(1, rows), (double) MILLIS / Math.max(1, millis)));
        width = Math.max(FEWEST_BLOCKS, Math.min(widest, (long) wanted));
        return true;
    }

    @Override
    public long rows() {
        return rows;
    }

    @Override
    public long left() {
        return pool.read(c -> {
            // the index still leads to every row that is gone, and does not know it: the table is read quicker
            plan(c, "enable_indexscan", "enable_indexonlyscan", "enable_bitmapscan");
            return Reader.count(c, shape, due);
        });
    }

    private long piece(Connection connection, long first, long end, Witness witness) throws SQLException {
        plan(connection, "enable_indexscan", "enable_bitmapscan");
        Sql sql = Sql.of(
                        "delete from " + shape.from()
                                + " where t.ctid >= cast(? as tid) and t.ctid < cast(? as tid) and ",
                        "(" + first + ",0)",
                        "(" + end + ",0)")
                .add(Reader.dueCondition(shape, due));
        try (PreparedStatement delete = sql.prepare(connection)) {
            long gone = delete.executeLargeUpdate();
            if (gone > 0) {
                witness.sees(receipt(connection), gone);
            }
            return gone;
        }
    }

    /** Without these, for this transaction; a plan that was made before does not count. */
    private static void plan(Connection connection, String... without) throws SQLException {
        StringBuilder sql = new StringBuilder("select set_config('plan_cache_mode', 'force_custom_plan', true)");
        for (String way : without) {
            sql.append(", set_config('").append(way).append("', 'off', true)");
        }
        try (PreparedStatement plan = connection.prepareStatement(sql.toString())) {
            plan.execute();
        }
    }

    private static String receipt(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select cast(pg_current_xact_id() as text)");
                ResultSet found = select.executeQuery()) {
            found.next();
            return found.getString(1);
        }
    }

    /** Whether the piece of this receipt was committed; waits while the server does not know. */
    static boolean committed(Pool pool, String system, String receipt) {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
        while (System.nanoTime() < end) {
            String status = pool.read(c -> status(c, receipt));
            if (!"in progress".equals(status)) {
                return "committed".equals(status);
            }
            try {
                TimeUnit.MILLISECONDS.sleep(50);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        throw new SystemFailure(system, SystemFailure.Kind.LOCKED, "A purge that was broken off is still in progress");
    }

    private static String status(Connection connection, String receipt) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select pg_xact_status(cast(? as xid8))")) {
            select.setString(1, receipt);
            try (ResultSet found = select.executeQuery()) {
                found.next();
                return found.getString(1);
            }
        }
    }
}
