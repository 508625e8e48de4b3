package org.habeas.retention;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.habeas.connector.Key;
import org.habeas.vault.Vault;

/** What erasures had to keep: each is purged when its last day is over, unless a legal hold stands (issue of the spine, 7). */
@ApplicationScoped
public class Obligations {
    static final int ROWS_AT_ONCE = 500;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final AgroalDataSource database;
    private final Vault vault;
    private final Clock clock;

    Obligations(AgroalDataSource database, Vault vault, Clock clock) {
        this.database = database;
        this.vault = vault;
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

    private record Group(String system, String collection, String rule, LocalDate until) {}

    /**
     * Takes over what the erasure of this request kept, in the caller's transaction; call it with as many rows at a time as
     * is convenient. The hashes are those of the person's proven identifiers ({@link Vault#identifierHash}).
     */
    @Transactional(Transactional.TxType.MANDATORY)
    public void add(UUID request, Set<String> identifierHashes, List<Kept> rows) {
        Map<Group, List<List<Object>>> groups = new LinkedHashMap<>();
        rows.forEach(r -> groups.computeIfAbsent(
                        new Group(r.system(), r.collection(), r.rule(), r.until()), g -> new ArrayList<>())
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

    private void insert(UUID request, Set<String> hashes, Group group, List<List<Object>> keys) {
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
}
