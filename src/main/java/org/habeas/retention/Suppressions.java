package org.habeas.retention;

import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.habeas.vault.Outside;
import org.habeas.vault.Vault;

/**
 * Identifiers, as keyed hashes, of people who were erased (Article 17) and of people who objected (Article 21). Kept apart:
 * the one says that old data must not come back, the other that she wants no marketing, also as a new customer.
 */
@ApplicationScoped
public class Suppressions {
    /** As a line of {@link Outside}. */
    static final String OBJECTED = "objected";

    private final AgroalDataSource database;
    private final Vault vault;
    private final Outside outside;
    private final Clock clock;

    Suppressions(AgroalDataSource database, Vault vault, Outside outside, Clock clock) {
        this.database = database;
        this.vault = vault;
        this.outside = outside;
        this.clock = clock;
    }

    enum Reason {
        ERASED,
        OBJECTED
    }

    /** What is known of a person with some identifiers: when she was erased last, and when she objected. */
    record Known(Optional<Instant> erased, Optional<Instant> objected) {}

    /** A person with identifiers of these hashes ({@link Vault#identifierHash}) objected; in the caller's transaction. */
    @Transactional(Transactional.TxType.MANDATORY)
    public void objected(Set<String> identifierHashes) {
        add(identifierHashes, Reason.OBJECTED, clock.instant());
        try {
            outside.remember(OBJECTED, Obligations.JSON.writeValueAsBytes(new TreeSet<>(identifierHashes)));
        } catch (IOException e) {
            throw new IllegalStateException("hashes are texts", e);
        }
    }

    /** The hashes of a line that says that she objected. */
    static Set<String> hashes(byte[] line) {
        try {
            return Set.of(Obligations.JSON.readValue(line, String[].class));
        } catch (IOException e) {
            throw new IllegalStateException("a line is no list of hashes", e);
        }
    }

    void add(Collection<String> identifierHashes, Reason reason, Instant at) {
        String sql =
                "insert into suppression (identifier_hash, reason, at) values (?, ?, ?) on conflict (identifier_hash,"
                        + " reason) do update set at = greatest(suppression.at, excluded.at)";
        try (var connection = database.getConnection();
                var insert = connection.prepareStatement(sql)) {
            for (String hash : identifierHashes) {
                insert.setString(1, hash);
                insert.setString(2, reason.name());
                insert.setObject(3, at.atOffset(ZoneOffset.UTC));
                insert.executeUpdate();
            }
        } catch (SQLException e) {
            throw new IllegalStateException("a suppression cannot be kept", e);
        }
    }

    /** Looks up a person by any of her identifiers, by kind. */
    Known of(Map<String, String> identifiers) {
        String sql = "select max(at) filter (where reason = 'ERASED'), max(at) filter (where reason = 'OBJECTED') from"
                + " suppression where identifier_hash = any(?)";
        String[] hashes = identifiers.entrySet().stream()
                .map(i -> vault.identifierHash(i.getKey(), i.getValue()))
                .toArray(String[]::new);
        try (var connection = database.getConnection();
                var select = connection.prepareStatement(sql)) {
            select.setArray(1, connection.createArrayOf("text", hashes));
            try (var rows = select.executeQuery()) {
                rows.next();
                return new Known(
                        Optional.ofNullable(rows.getTimestamp(1)).map(t -> t.toInstant()),
                        Optional.ofNullable(rows.getTimestamp(2)).map(t -> t.toInstant()));
            }
        } catch (SQLException e) {
            throw new IllegalStateException("suppressions cannot be read", e);
        }
    }
}
