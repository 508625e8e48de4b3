package org.habeas.audit;

import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.habeas.actor.Actor;
import org.habeas.vault.Vault;

/**
 * Where every act is written down, in the transaction of the act: if the entry cannot be written the act does not happen,
 * and if the act is rolled back there is no entry. Appending takes no lock; the sequencer gives the entry its place.
 */
@ApplicationScoped
public class Ledger {
    private final AgroalDataSource database;
    private final Vault vault;
    private final Clock clock;

    Ledger(AgroalDataSource database, Vault vault, Clock clock) {
        this.database = database;
        this.vault = vault;
        this.clock = clock;
    }

    /** Writes the act down. Throws outside a transaction, and then nothing of the act may stay. */
    @Transactional(Transactional.TxType.MANDATORY)
    public void append(Act act) {
        write(act);
    }

    /** Writes the act down and answers the entry's row. */
    long write(Act act) {
        UUID id = UUID.randomUUID();
        Optional<byte[]> commitment = act.details().map(details -> vault.commit(details.key(), details.bytes()));
        Entry entry = new Entry(id, clock.instant(), pseudonym(act.actor()), act, commitment);
        try (var connection = database.getConnection()) {
            long row = insert(connection, entry);
            if (act.details().isPresent()) {
                seal(connection, row, id, act.details().get());
            }
            if (act.actor().staff()) {
                remember(connection, entry.actor(), act.actor());
            }
            return row;
        } catch (SQLException e) {
            throw new IllegalStateException("the history cannot be written, so " + act.event() + " does not happen", e);
        }
    }

    /** The name under which the history knows this actor: the job for the system, a keyed hash for everybody else. */
    public String pseudonym(Actor actor) {
        String kind = actor.kind().code();
        if (actor.kind() == Actor.Kind.SYSTEM) {
            return kind + ":" + actor.name();
        }
        return kind + ":" + vault.keyedHash("actor", kind + ":" + actor.name()).substring(0, 22);
    }

    private static long insert(Connection connection, Entry entry) throws SQLException {
        try (var insert = connection.prepareStatement(
                "insert into audit_entry (at, event, subject, actor, entry) values (?, ?, ?, ?, ?) returning id")) {
            insert.setObject(1, entry.at().atOffset(ZoneOffset.UTC));
            insert.setString(2, entry.act().event());
            insert.setObject(3, entry.act().subject().orElse(null), Types.OTHER);
            insert.setString(4, entry.actor());
            insert.setBytes(5, entry.bytes());
            try (var rows = insert.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }

    private void seal(Connection connection, long row, UUID id, Details details) throws SQLException {
        byte[] sealed = vault.seal(details.key(), details.bytes(), context(id));
        try (var insert = connection.prepareStatement(
                "insert into audit_details (entry_id, entry_uuid, key_id, sealed) values (?, ?, ?, ?)")) {
            insert.setLong(1, row);
            insert.setObject(2, id);
            insert.setObject(3, details.key());
            insert.setBytes(4, sealed);
            insert.executeUpdate();
        }
    }

    /** The account behind a staff pseudonym, for the auditor's eyes; it can be forgotten without touching the tree. */
    private static void remember(Connection connection, String pseudonym, Actor actor) throws SQLException {
        try (var insert = connection.prepareStatement("insert into audit_actor (pseudonym, kind, name)"
                + " values (?, ?, ?) on conflict (pseudonym) do nothing")) {
            insert.setString(1, pseudonym);
            insert.setString(2, actor.kind().code());
            insert.setString(3, actor.name());
            insert.executeUpdate();
        }
    }

    static String context(UUID entry) {
        return "audit-details:" + entry;
    }
}
