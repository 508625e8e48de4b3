package org.habeas.audit;

import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
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
    /** Of those who have acted since the start: few, and asked for with every act. */
    private final Map<Actor, String> staff = new ConcurrentHashMap<>();

    /** An insert of the caller's own that goes along in the statement of the entry: the act waits once for both. */
    public record Along(String insert, List<?> values) {}

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

    /** The same with one more row of the act, which stands or falls with the entry. */
    @Transactional(Transactional.TxType.MANDATORY)
    public void append(Act act, Along along) {
        write(act, Optional.of(along));
    }

    /** Writes the act down and answers the entry's row. */
    long write(Act act) {
        return write(act, Optional.empty());
    }

    private long write(Act act, Optional<Along> along) {
        UUID id = UUID.randomUUID();
        Optional<byte[]> commitment = act.details().map(details -> vault.commit(details.key(), details.bytes()));
        String actor =
                act.actor().staff() ? staff.computeIfAbsent(act.actor(), this::pseudonym) : pseudonym(act.actor());
        Entry entry = new Entry(id, clock.instant(), actor, act, commitment);
        try (var connection = database.getConnection();
                var insert = connection.prepareStatement(sql(act, along))) {
            int next = bind(insert, entry);
            for (Object value : along.map(Along::values).orElse(List.of())) {
                insert.setObject(next++, value);
            }
            try (var rows = insert.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the history cannot be written, so " + act.event() + " does not happen", e);
        }
    }

    /**
     * Forgets which accounts the pseudonyms stand for that did nothing since then, in the caller's transaction, and says how
     * many; the tree and its proofs stay as they are.
     */
    public int forgetStaff(Instant idleSince) {
        String sql =
                "delete from audit_actor a where not exists (select 1 from audit_entry e where e.actor = a.pseudonym and"
                        + " e.at >= ?)";
        try (var connection = database.getConnection();
                var delete = connection.prepareStatement(sql)) {
            delete.setObject(1, idleSince.atOffset(ZoneOffset.UTC));
            return delete.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException("pseudonyms cannot be forgotten", e);
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

    /**
     * One statement, so that an act waits for the database once: the entry, its sealed details, and the account behind a
     * staff pseudonym, for the auditor's eyes (it can be forgotten without touching the tree).
     */
    private static String sql(Act act, Optional<Along> along) {
        return "with e as (insert into audit_entry (at, event, subject, actor, entry) values (?, ?, ?, ?, ?) returning id)"
                + (act.actor().staff()
                        ? ", a as (insert into audit_actor (pseudonym, kind, name) values (?, ?, ?)"
                                + " on conflict (pseudonym) do nothing)"
                        : "")
                + (act.details().isPresent()
                        ? ", d as (insert into audit_details (entry_id, entry_uuid, key_id, sealed)"
                                + " select id, ?, ?, ? from e)"
                        : "")
                + along.map(one -> ", o as (" + one.insert() + ")").orElse("")
                + " select id from e";
    }

    /** Answers where the next value goes. */
    private int bind(PreparedStatement insert, Entry entry) throws SQLException {
        Act act = entry.act();
        int at = 1;
        insert.setObject(at++, entry.at().atOffset(ZoneOffset.UTC));
        insert.setString(at++, act.event());
        insert.setObject(at++, act.subject().orElse(null), Types.OTHER);
        insert.setString(at++, entry.actor());
        insert.setBytes(at++, entry.bytes());
        if (act.actor().staff()) {
            insert.setString(at++, entry.actor());
            insert.setString(at++, act.actor().kind().code());
            insert.setString(at++, act.actor().name());
        }
        if (act.details().isPresent()) {
            Details details = act.details().get();
            insert.setObject(at++, entry.id());
            insert.setObject(at++, details.key());
            insert.setBytes(at++, vault.seal(details.key(), details.bytes(), context(entry.id())));
        }
        return at;
    }

    static String context(UUID entry) {
        return "audit-details:" + entry;
    }
}
