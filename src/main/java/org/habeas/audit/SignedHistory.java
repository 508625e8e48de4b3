package org.habeas.audit;

import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.habeas.problem.Unavailable;

/** The history as it may be taken out: its last signed head and everything under it. */
@ApplicationScoped
public class SignedHistory {
    private final AgroalDataSource database;
    private final Signer signer;

    SignedHistory(AgroalDataSource database, Signer signer) {
        this.database = database;
        this.signer = signer;
    }

    /** The last signed head: what, when, and with which key. */
    public record Head(Checkpoint checkpoint, SignedNote note, Instant at, VerifierKey key) {}

    /** The last head; where there is none yet, the first is signed now. */
    public Head head() {
        return last().or(() -> {
                    signer.sign();
                    return last();
                })
                .orElseThrow(() -> new Unavailable("The history has no signed head yet; try again in a minute"));
    }

    /** How the history stands: its last head, how many entries it has, and how many of them no head covers yet. */
    public record Standing(Optional<Head> head, long entries, long uncovered) {}

    public Standing standing() {
        String sql = "select t.size, (select count(*) from audit_entry where leaf_index is null) from audit_tree t";
        Optional<Head> head = last();
        try (Connection connection = database.getConnection();
                var select = connection.prepareStatement(sql);
                var rows = select.executeQuery()) {
            rows.next();
            long entries = rows.getLong(1) + rows.getLong(2);
            long covered = head.map(one -> one.checkpoint().size()).orElse(0L);
            return new Standing(head, entries, Math.max(0, entries - covered));
        } catch (SQLException e) {
            throw new IllegalStateException("the history cannot be read", e);
        }
    }

    /** Writes the bundle under this head (docs/history-format.md): streamed, so that memory does not grow with it. */
    public void bundle(Head head, OutputStream out) throws IOException {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try {
                new BundleWriter(connection, head).write(out);
            } finally {
                connection.rollback();
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the history cannot be read", e);
        }
    }

    private Optional<Head> last() {
        try (Connection connection = database.getConnection()) {
            Heads heads = new Heads(connection);
            Optional<Heads.Signed> last = heads.last();
            return last.isEmpty() ? Optional.empty() : Optional.of(head(heads, last.get()));
        } catch (SQLException e) {
            throw new IllegalStateException("the history cannot be read", e);
        }
    }

    static Head head(Heads heads, Heads.Signed signed) throws SQLException {
        return new Head(signed.checkpoint(), signed.note(), signed.at(), heads.key(signed.keyId()));
    }
}
