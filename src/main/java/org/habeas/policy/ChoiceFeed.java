package org.habeas.policy;

import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.habeas.actor.Actor;
import org.habeas.audit.Act;
import org.habeas.audit.Ledger;
import org.habeas.datamap.SystemEntry;
import org.habeas.vault.Vault;

/** The choices in the order in which they were made, for systems to obey. A reader goes on after the last position it saw. */
@ApplicationScoped
class ChoiceFeed {
    private final AgroalDataSource database;
    private final Policies policies;
    private final Vault vault;
    private final Ledger ledger;

    ChoiceFeed(AgroalDataSource database, Policies policies, Vault vault, Ledger ledger) {
        this.database = database;
        this.policies = policies;
        this.vault = vault;
        this.ledger = ledger;
    }

    /**
     * Who reads, and how people are named to it: a system sees its own people only, as addresses where the map says
     * {@code choices: plain}, else as the SHA-256 of the address in lower case; nobody in particular sees all, hashed.
     */
    record Reader(Actor who, Optional<String> system, boolean plain) {
        static Reader of(SystemEntry system, boolean plain) {
            return new Reader(Actor.system("choices"), Optional.of(system.name()), plain);
        }

        static Reader of(Actor administrator) {
            return new Reader(administrator, Optional.empty(), false);
        }
    }

    /** One choice; {@code person} is empty once the address was forgotten: whoever knew it has the earlier entries. */
    record Entry(
            long position,
            Optional<String> person,
            int version,
            List<String> purposes,
            boolean accepted,
            String textDigest,
            String language,
            String how,
            Instant at) {}

    @Transactional
    List<Entry> after(long position, int limit, Reader reader) {
        String sql = "select c.position, n.id, k.key_id, n.sealed, c.version, c.accepted, c.text_digest, c.language,"
                + " c.how, c.chosen_at from choice c join notice n on n.id = c.notice join campaign k on k.version ="
                + " c.version where c.position > ?" + (reader.system().isPresent() ? " and n.systems @> ?" : "")
                + " order by c.position limit ?";
        Map<UUID, PolicyVersion> versions = new HashMap<>();
        try (var connection = database.getConnection();
                var select = connection.prepareStatement(sql)) {
            int next = 1;
            select.setLong(next++, position);
            if (reader.system().isPresent()) {
                select.setArray(next++, connection.createArrayOf("text", new Object[] {
                    reader.system().get()
                }));
            }
            select.setInt(next, limit);
            try (var rows = select.executeQuery()) {
                List<Entry> found = new ArrayList<>();
                while (rows.next()) {
                    PolicyVersion version =
                            versions.computeIfAbsent(rows.getObject("version", UUID.class), policies::get);
                    found.add(entry(rows, version, reader));
                }
                written(found.size(), reader);
                return found;
            }
        } catch (SQLException e) {
            throw new IllegalStateException("choices cannot be read", e);
        }
    }

    /** Reading of people is written down; asking in vain, as systems do every minute, is not. */
    private void written(int entries, Reader reader) {
        if (entries > 0) {
            ledger.append(Act.of("choices.read", reader.who())
                    .fact("system", reader.system().orElse(null))
                    .fact("entries", entries));
        }
    }

    private Entry entry(ResultSet row, PolicyVersion version, Reader reader) throws SQLException {
        return new Entry(
                row.getLong("position"),
                address(row).map(a -> reader.plain() ? a : named(a)),
                version.shownNumber(),
                policies.newPurposes(version),
                row.getBoolean("accepted"),
                row.getString("text_digest"),
                row.getString("language"),
                row.getString("how"),
                row.getTimestamp("chosen_at").toInstant());
    }

    private Optional<String> address(ResultSet row) throws SQLException {
        byte[] sealed = row.getBytes("sealed");
        return sealed == null
                ? Optional.empty()
                : Optional.of(vault.openText(
                                row.getObject("key_id", UUID.class),
                                sealed,
                                "notice:" + row.getObject("id", UUID.class))
                        .split("\n", 2)[1]);
    }

    /** How a system that is not given addresses knows somebody: SHA-256 of the address in lower case, in hex. */
    static String named(String address) {
        return PolicyTable.sha256(address.strip().toLowerCase(Locale.ROOT));
    }
}
