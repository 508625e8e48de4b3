package org.habeas.delivery;

import io.agroal.api.AgroalDataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.habeas.request.RightsRequest;
import org.habeas.vault.Vault;

/**
 * Packages as rows: a head, and sealed pieces of a megabyte that every replica can read. One that is being built is seen by
 * nobody; only {@link #ready} makes it a package, in the transaction that closes the case.
 */
@ApplicationScoped
class PackageStore {
    private static final int PIECE = 1 << 20;
    /** The rule by which they go, as organisation.yml names it. */
    private static final String RULE = "own_records.packages";

    private final AgroalDataSource database;
    private final Vault vault;

    PackageStore(AgroalDataSource database, Vault vault) {
        this.database = database;
        this.vault = vault;
    }

    enum State {
        READY,
        REMOVED
    }

    /** A package that was ready at some time. */
    record Kept(UUID id, UUID request, UUID key, State state, Instant expiresAt) {}

    /** A package that is being built, and its own key: it goes at a time of its own. */
    record Begun(UUID id, UUID key) {}

    /** Begins a package; what an earlier try left behind is deleted, and that try can write no more. */
    Begun begin(RightsRequest request, Instant now) {
        UUID id = UUID.randomUUID();
        return QuarkusTransaction.requiringNew().call(() -> {
            abandon(request.id());
            UUID key = vault.newKey();
            update("insert into answer_package (id, request_id, key_id, started_at) values (?, ?, ?, ?)", s -> {
                s.setObject(1, id);
                s.setObject(2, request.id());
                s.setObject(3, key);
                s.setObject(4, now.atOffset(ZoneOffset.UTC));
            });
            return new Begun(id, key);
        });
    }

    /** Seals what is written to it, a piece at a time, each in a transaction of its own. Closing it ends the seal. */
    OutputStream writing(Begun begun) throws IOException {
        return vault.sealing(begun.key(), new Pieces(begun.id()), context(begun.id()));
    }

    /** In the caller's transaction: from now on it is the package of its request. */
    void ready(UUID id, Instant now, Instant expiresAt) {
        update(
                "update answer_package set state = 'ready', ready_at = ?, expires_at = ?"
                        + " where id = ? and state = 'building'",
                s -> {
                    s.setObject(1, now.atOffset(ZoneOffset.UTC));
                    s.setObject(2, expiresAt.atOffset(ZoneOffset.UTC));
                    s.setObject(3, id);
                });
    }

    /** In the caller's transaction: deletes what was begun for a request and not made ready. */
    void abandon(UUID request) {
        String sql = "delete from answer_package where request_id = ? and state = 'building' returning key_id";
        try (var connection = database.getConnection();
                var delete = connection.prepareStatement(sql)) {
            delete.setObject(1, request);
            try (var rows = delete.executeQuery()) {
                while (rows.next()) {
                    vault.shred(rows.getObject(1, UUID.class), RULE);
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException("a package cannot be abandoned", e);
        }
    }

    /** The newest package of a request, also when it is gone again. */
    Optional<Kept> newest(UUID request) {
        return select(
                        "select id, request_id, key_id, state, expires_at from answer_package"
                                + " where request_id = ? and state <> 'building' order by ready_at desc limit 1",
                        s -> s.setObject(1, request))
                .stream()
                .findFirst();
    }

    List<Kept> expired(Instant now, int most) {
        return select(
                "select id, request_id, key_id, state, expires_at from answer_package where state = 'ready'"
                        + " and expires_at <= ? order by expires_at limit " + most,
                s -> s.setObject(1, now.atOffset(ZoneOffset.UTC)));
    }

    /** In the caller's transaction: the bytes go with their key, that there was a package stays. */
    void remove(Kept kept, Instant now) {
        UUID id = kept.id();
        vault.shred(kept.key(), RULE);
        update("update answer_package set state = 'removed', removed_at = ? where id = ?", s -> {
            s.setObject(1, now.atOffset(ZoneOffset.UTC));
            s.setObject(2, id);
        });
        update("delete from answer_package_piece where package_id = ?", s -> s.setObject(1, id));
    }

    void countDownload(UUID id, Instant now) {
        update("update answer_package set downloads = downloads + 1, last_download_at = ? where id = ?", s -> {
            s.setObject(1, now.atOffset(ZoneOffset.UTC));
            s.setObject(2, id);
        });
    }

    /** Opens the seal piece by piece; reading fails where one is missing or was changed. */
    InputStream reading(Kept kept) throws IOException {
        return vault.opening(kept.key(), new Joined(kept.id()), context(kept.id()));
    }

    private static String context(UUID id) {
        return "answer-package:" + id;
    }

    private interface Binding {
        void to(PreparedStatement statement) throws SQLException;
    }

    private int update(String sql, Binding binding) {
        try (var connection = database.getConnection();
                var statement = connection.prepareStatement(sql)) {
            binding.to(statement);
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException("a package cannot be written", e);
        }
    }

    private List<Kept> select(String sql, Binding binding) {
        List<Kept> found = new ArrayList<>();
        try (var connection = database.getConnection();
                var select = connection.prepareStatement(sql)) {
            binding.to(select);
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    found.add(new Kept(
                            rows.getObject(1, UUID.class),
                            rows.getObject(2, UUID.class),
                            rows.getObject(3, UUID.class),
                            "ready".equals(rows.getString(4)) ? State.READY : State.REMOVED,
                            rows.getTimestamp(5).toInstant()));
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException("packages cannot be read", e);
        }
        return found;
    }

    private byte[] piece(UUID id, int position) throws IOException {
        try (var connection = database.getConnection();
                var select = connection.prepareStatement(
                        "select bytes from answer_package_piece where package_id = ? and position = ?")) {
            select.setObject(1, id);
            select.setInt(2, position);
            try (var rows = select.executeQuery()) {
                return rows.next() ? rows.getBytes(1) : new byte[0];
            }
        } catch (SQLException e) {
            throw new IOException("a package cannot be read", e);
        }
    }

    /** Gathers bytes into pieces. */
    private final class Pieces extends OutputStream {
        private final UUID id;
        private final byte[] piece = new byte[PIECE];
        private int filled;
        private int position;

        Pieces(UUID id) {
            this.id = id;
        }

        @Override
        public void write(int b) {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            int written = 0;
            while (written < length) {
                int some = Math.min(length - written, PIECE - filled);
                System.arraycopy(bytes, offset + written, piece, filled, some);
                filled += some;
                written += some;
                if (filled == PIECE) {
                    store();
                }
            }
        }

        @Override
        public void close() {
            if (filled > 0) {
                store();
            }
        }

        private void store() {
            byte[] bytes = java.util.Arrays.copyOf(piece, filled);
            QuarkusTransaction.requiringNew()
                    .run(() -> update(
                            "insert into answer_package_piece (package_id, position, bytes) values (?, ?, ?)", s -> {
                                s.setObject(1, id);
                                s.setInt(2, position);
                                s.setBytes(3, bytes);
                            }));
            position++;
            filled = 0;
        }
    }

    /** The pieces one after another, one at a time in memory. */
    private final class Joined extends InputStream {
        private final UUID id;
        private byte[] piece = new byte[0];
        private int read;
        private int position;
        private boolean ended;

        Joined(UUID id) {
            this.id = id;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            if (read == piece.length && !ended) {
                piece = piece(id, position++);
                read = 0;
                ended = piece.length == 0;
            }
            if (ended) {
                return -1;
            }
            int some = Math.min(length, piece.length - read);
            System.arraycopy(piece, read, bytes, offset, some);
            read += some;
            return some;
        }
    }
}
