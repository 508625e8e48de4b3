package org.habeas.audit;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes a bundle straight from the database's cursor to a stream: memory does not grow with the history. */
final class BundleWriter {
    private static final int FETCH = 2_000;
    private static final byte[] UNKNOWN = new byte[Hash.BYTES];

    private final Connection connection;
    private final SignedHistory.Head head;

    /** The connection is in a transaction, without which PostgreSQL has no cursor. */
    BundleWriter(Connection connection, SignedHistory.Head head) {
        this.connection = connection;
        this.head = head;
    }

    void write(OutputStream out) throws IOException, SQLException {
        ZipOutputStream zip = new ZipOutputStream(new BufferedOutputStream(out, 1 << 16), StandardCharsets.UTF_8);
        file(zip, BundleFiles.CHECKPOINT, head.at());
        zip.write(head.note().toString().getBytes(StandardCharsets.UTF_8));
        file(zip, BundleFiles.PUBLIC_KEY, head.at());
        zip.write(head.key().toString().getBytes(StandardCharsets.UTF_8));
        earlier(zip);
        // hashes do not get smaller
        zip.setLevel(Deflater.NO_COMPRESSION);
        file(zip, BundleFiles.LEAVES, head.at());
        leaves(zip);
        zip.setLevel(Deflater.BEST_SPEED);
        file(zip, BundleFiles.ENTRIES, head.at());
        entries(zip);
        file(zip, BundleFiles.SHREDDED, head.at());
        shredded(zip);
        zip.finish();
        zip.flush();
    }

    private void earlier(ZipOutputStream zip) throws IOException, SQLException {
        try (var select = cursor("select size, note from audit_checkpoint where size < ? order by size");
                var rows = select.executeQuery()) {
            while (rows.next()) {
                file(zip, BundleFiles.EARLIER + rows.getLong(1), head.at());
                zip.write(rows.getString(2).getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    private void leaves(ZipOutputStream zip) throws IOException, SQLException {
        try (var select = cursor("select index, hash from audit_node where level = 0 and index < ? order by index");
                var rows = select.executeQuery()) {
            long next = 0;
            while (rows.next()) {
                for (; next < rows.getLong(1); next++) {
                    zip.write(UNKNOWN);
                }
                zip.write(rows.getBytes(2));
                next++;
            }
        }
    }

    /** A place whose entry somebody removed from the database stays an empty line, so that the others keep theirs. */
    private void entries(ZipOutputStream zip) throws IOException, SQLException {
        try (var select = cursor("select leaf_index, entry from audit_entry where leaf_index < ? order by leaf_index");
                var rows = select.executeQuery()) {
            long next = 0;
            while (rows.next()) {
                for (; next < rows.getLong(1); next++) {
                    zip.write('\n');
                }
                zip.write(rows.getBytes(2));
                zip.write('\n');
                next++;
            }
        }
    }

    /** Never just nothing: what lay sealed beside an entry and went with its key is told with the rule and the day. */
    private void shredded(ZipOutputStream zip) throws IOException, SQLException {
        try (var select = cursor("select json_build_object('index', e.leaf_index, 'details', 'shredded', 'rule',"
                        + " coalesce(k.shredded_under, 'unnamed'), 'at', to_char(k.shredded_at at time zone 'UTC',"
                        + " 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"'))::text from audit_details d join audit_entry e on e.id ="
                        + " d.entry_id join vault_key k on k.id = d.key_id where k.shredded_at is not null and"
                        + " e.leaf_index < ? order by e.leaf_index");
                var rows = select.executeQuery()) {
            while (rows.next()) {
                zip.write(rows.getString(1).getBytes(StandardCharsets.UTF_8));
                zip.write('\n');
            }
        }
    }

    private PreparedStatement cursor(String sql) throws SQLException {
        PreparedStatement select = connection.prepareStatement(sql);
        select.setFetchSize(FETCH);
        select.setLong(1, head.checkpoint().size());
        return select;
    }

    private static void file(ZipOutputStream zip, String name, Instant at) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTime(at.toEpochMilli());
        zip.putNextEntry(entry);
    }
}
