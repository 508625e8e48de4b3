package org.habeas.retention;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.habeas.actor.Actor;
import org.habeas.audit.Act;
import org.habeas.audit.Ledger;
import org.habeas.connector.Key;
import org.habeas.datamap.CollectionKey;
import org.habeas.datamap.DataMap;
import org.habeas.vault.Vault;

/** What erasures had to keep: each is purged when its last day is over, unless a legal hold stands (issue of the spine, 7). */
@ApplicationScoped
public class Obligations {
    static final int ROWS_AT_ONCE = 500;
    /** Keys come back as what connectors speak: {@link Long} and {@link java.math.BigDecimal}. */
    static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_LONG_FOR_INTS, DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private final AgroalDataSource database;
    private final DataMap map;
    private final Vault vault;
    private final Ledger ledger;
    private final Event<ObligationMet> listeners;
    private final Clock clock;

    Obligations(
            AgroalDataSource database,
            DataMap map,
            Vault vault,
            Ledger ledger,
            Event<ObligationMet> listeners,
            Clock clock) {
        this.database = database;
        this.map = map;
        this.vault = vault;
        this.ledger = ledger;
        this.listeners = listeners;
        this.clock = clock;
    }

    /**
     * A row that an erasure kept: {@code key} is what the connector knows it by ({@link org.habeas.connector.Row#key}), {@code
     * rule} the rule's id, {@code until} the last day on which it keeps the row. Prints without the key.
     */
    public record Kept(String system, String collection, Key key, String rule, LocalDate until) {
        @Override
        public String toString() {
            return "Kept[" + system + "." + collection + ", " + rule + ", " + until + "]";
        }
    }

    private record Same(String system, String collection, String rule, LocalDate until) {}

    /**
     * Takes over what the erasure of this request kept, in the caller's transaction; call it with as many rows at a time as
     * is convenient. The hashes are those of the person's proven identifiers ({@link Vault#identifierHash}).
     */
    @Transactional(Transactional.TxType.MANDATORY)
    public void add(UUID request, Set<String> identifierHashes, List<Kept> rows) {
        Map<Same, List<List<Object>>> groups = new LinkedHashMap<>();
        rows.forEach(r -> groups.computeIfAbsent(
                        new Same(r.system(), r.collection(), r.rule(), r.until()), g -> new ArrayList<>())
                .add(r.key().values()));
        groups.forEach((group, keys) -> {
            for (int from = 0; from < keys.size(); from += ROWS_AT_ONCE) {
                insert(
                        request,
                        identifierHashes,
                        group,
                        keys.subList(from, Math.min(keys.size(), from + ROWS_AT_ONCE)));
            }
        });
    }

    private void insert(UUID request, Set<String> hashes, Same group, List<List<Object>> keys) {
        String sql = "insert into obligation (id, request_id, system, collection, rule, until, rows, vault_key,"
                + " keys_sealed, identifier_hashes, added_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
        UUID id = UUID.randomUUID();
        UUID key = vault.newKey();
        try (var connection = database.getConnection();
                var insert = connection.prepareStatement(sql)) {
            insert.setObject(1, id);
            insert.setObject(2, request);
            insert.setString(3, group.system());
            insert.setString(4, group.collection());
            insert.setString(5, group.rule());
            insert.setObject(6, group.until());
            insert.setInt(7, keys.size());
            insert.setObject(8, key);
            insert.setBytes(9, vault.seal(key, JSON.writeValueAsBytes(keys), "obligation:" + id));
            insert.setArray(10, connection.createArrayOf("text", hashes.toArray()));
            insert.setObject(11, clock.instant().atOffset(ZoneOffset.UTC));
            insert.executeUpdate();
        } catch (SQLException | JsonProcessingException e) {
            throw new IllegalStateException("an obligation cannot be kept", e);
        }
    }

    /** Collections without a rule of their own in which something is owed under a rule. */
    record Group(CollectionKey collection, String rule) {}

    /** One piece of what is owed: rows of an erased person that are to go. */
    record Owed(UUID id, UUID request, List<Key> keys, Set<String> identifierHashes) {
        @Override
        public String toString() {
            return "Owed[" + id + "]";
        }
    }

    /** What is past its last day where no sweep comes by: there each row is owed by itself. */
    List<Group> dueGroups(LocalDate today) {
        Set<CollectionKey> swept = Ruled.of(map).stream().map(Ruled::key).collect(Collectors.toSet());
        return read(
                        "select distinct system, collection, rule from obligation where done_at is null and until < ?"
                                + " order by 1, 2, 3",
                        select -> select.setObject(1, today),
                        row -> new Group(new CollectionKey(row.getString(1), row.getString(2)), row.getString(3)))
                .stream()
                .filter(g -> !swept.contains(g.collection())
                        && map.collection(
                                        g.collection().dataset(), g.collection().name())
                                .isPresent())
                .toList();
    }

    /** The pieces of a collection that are due after {@code last}, in the order of their ids. */
    List<Owed> due(CollectionKey collection, Optional<String> rule, LocalDate today, Optional<UUID> last, int most) {
        return read(
                "select id, request_id, vault_key, keys_sealed, identifier_hashes from obligation where done_at is null and"
                        + " until < ? and system = ? and collection = ? and (? is null or rule = ?) and id > ? order by id"
                        + " limit ?",
                select -> {
                    select.setObject(1, today);
                    select.setString(2, collection.dataset());
                    select.setString(3, collection.name());
                    select.setString(4, rule.orElse(null));
                    select.setString(5, rule.orElse(null));
                    select.setObject(6, last.orElse(new UUID(0, 0)));
                    select.setInt(7, most);
                },
                this::owed);
    }

    private Owed owed(ResultSet row) throws SQLException {
        UUID id = row.getObject(1, UUID.class);
        byte[] keys = vault.open(row.getObject(3, UUID.class), row.getBytes(4), "obligation:" + id);
        try {
            List<Key> known = JSON.readValue(keys, new TypeReference<List<List<Object>>>() {}).stream()
                    .map(Key::new)
                    .toList();
            return new Owed(id, row.getObject(2, UUID.class), known, Set.of((String[])
                    row.getArray(5).getArray()));
        } catch (IOException e) {
            throw new IllegalStateException("an obligation cannot be read", e);
        }
    }

    /** The rows of this piece are gone, in the caller's transaction: its key is shredded and whoever listens is told. */
    void done(Owed owed, String system, String collection) {
        List<String> rules = read(
                "update obligation set done_at = ?, purged = rows where id = ? and done_at is null returning rule, vault_key",
                update -> {
                    update.setObject(1, clock.instant().atOffset(ZoneOffset.UTC));
                    update.setObject(2, owed.id());
                },
                row -> {
                    vault.shred(row.getObject(2, UUID.class), row.getString(1));
                    return row.getString(1);
                });
        for (String rule : rules) {
            ledger.append(Act.of("retention.obligation_met", Actor.system("retention"))
                    .about(owed.request())
                    .fact("system", system)
                    .fact("collection", collection)
                    .fact("rule", rule)
                    .fact("rows", owed.keys().size()));
            listeners.fire(new ObligationMet(
                    owed.request(), system, collection, rule, owed.keys().size()));
        }
    }

    /** Whether something is still kept that the erasure of this request could not erase. */
    public boolean owes(UUID request) {
        return !read(
                        "select 1 from obligation where request_id = ? and done_at is null limit 1",
                        select -> select.setObject(1, request),
                        row -> true)
                .isEmpty();
    }

    /** So many rows that the erasure had to keep are erased by now. */
    public record Gone(String system, String collection, long rows) {}

    /** What of it is gone by now. */
    public List<Gone> gone(UUID request) {
        return read(
                "select system, collection, sum(purged) from obligation where request_id = ? and done_at is not null group"
                        + " by 1, 2 order by 1, 2",
                select -> select.setObject(1, request),
                row -> new Gone(row.getString(1), row.getString(2), row.getLong(3)));
    }

    /** Something is past its last day that was not tried since, or not since holds changed. */
    boolean anythingNew(LocalDate today, long holdChanges) {
        return !read(
                        "select 1 from obligation where done_at is null and until < ? and (tried_on is distinct from ? or"
                                + " tried_hold_changes is distinct from ?) limit 1",
                        select -> {
                            select.setObject(1, today);
                            select.setObject(2, today);
                            select.setLong(3, holdChanges);
                        },
                        row -> true)
                .isEmpty();
    }

    /** What is still there today needs no further try before tomorrow or the next change of holds. */
    void tried(LocalDate today, long holdChanges) {
        read(
                "update obligation set tried_on = ?, tried_hold_changes = ? where done_at is null and until < ? returning 1",
                update -> {
                    update.setObject(1, today);
                    update.setLong(2, holdChanges);
                    update.setObject(3, today);
                },
                row -> true);
    }

    private interface Filled {
        void by(PreparedStatement statement) throws SQLException;
    }

    private interface Mapped<T> {
        T from(ResultSet row) throws SQLException;
    }

    private <T> List<T> read(String sql, Filled filled, Mapped<T> mapped) {
        List<T> found = new ArrayList<>();
        try (var connection = database.getConnection();
                var statement = connection.prepareStatement(sql)) {
            filled.by(statement);
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(mapped.from(rows));
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException("obligations cannot be read", e);
        }
        return found;
    }
}
