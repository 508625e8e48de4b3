package org.habeas.audit;

import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What proves to anybody that the entries of one case stand in the history, without showing any other entry. */
@ApplicationScoped
public class CaseProofs {
    private final AgroalDataSource database;
    private final SignedHistory history;

    CaseProofs(AgroalDataSource database, SignedHistory history) {
        this.database = database;
        this.history = history;
    }

    /** Whether there are personal details beside an entry, and whether they can still be read. */
    public enum DetailsState {
        NONE,
        SEALED,
        SHREDDED
    }

    /** One entry, its exact bytes as text, and its way to the root. */
    public record ProvenEntry(
            String entry,
            InclusionProof proof,
            DetailsState details,
            Optional<Instant> shreddedAt,
            Optional<String> shreddedUnder) {}

    /** The entries of a case under a signed head; {@code waiting} more are not under it yet. */
    public record CaseProof(SignedHistory.Head head, List<ProvenEntry> entries, long waiting) {}

    /** The proof for the case of this request id; a case that the history does not know has no entries. */
    public CaseProof of(UUID subject) {
        SignedHistory.Head head = history.head();
        String sql =
                "select e.leaf_index, e.entry, d.entry_id is not null, k.shredded_at, k.shredded_under from audit_entry e"
                        + " left join audit_details d on d.entry_id = e.id left join vault_key k on k.id = d.key_id"
                        + " where e.subject = ? order by e.id";
        List<ProvenEntry> entries = new ArrayList<>();
        long waiting = 0;
        try (Connection connection = database.getConnection();
                var select = connection.prepareStatement(sql)) {
            MerkleTree tree = new MerkleTree(head.checkpoint().size(), new StoredTree(connection));
            select.setObject(1, subject);
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    long index = rows.getLong(1);
                    if (rows.wasNull() || index >= tree.size()) {
                        waiting++;
                    } else {
                        entries.add(entry(rows, tree.inclusion(index)));
                    }
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the history cannot be read", e);
        }
        return new CaseProof(head, entries, waiting);
    }

    private static ProvenEntry entry(ResultSet row, InclusionProof proof) throws SQLException {
        Optional<Instant> shredded =
                Optional.ofNullable(row.getObject(4, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
        DetailsState sealed = shredded.isPresent() ? DetailsState.SHREDDED : DetailsState.SEALED;
        String entry = new String(row.getBytes(2), StandardCharsets.UTF_8);
        Optional<String> rule = Optional.ofNullable(row.getString(5));
        return new ProvenEntry(entry, proof, row.getBoolean(3) ? sealed : DetailsState.NONE, shredded, rule);
    }
}
