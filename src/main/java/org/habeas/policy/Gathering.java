package org.habeas.policy;

import io.agroal.api.AgroalDataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.habeas.connector.Connectors;
import org.habeas.connector.Row;
import org.habeas.connector.SystemFailure;
import org.habeas.datamap.DataMap;
import org.habeas.datamap.MappedCollection;
import org.habeas.datamap.SystemEntry;
import org.habeas.outbox.Mail;
import org.habeas.vault.Vault;
import org.habeas.work.Lease;
import org.habeas.work.WorkHandler;
import org.habeas.work.Worklist;

/**
 * Finds out who is to be told: every reachable collection is streamed, and each person becomes one notice, however many
 * rows she has in however many systems. Killed in the middle it starts over and finds those who are there already.
 */
@ApplicationScoped
class Gathering implements WorkHandler {
    static final String KIND = "policy.gather";
    private static final int BATCH = 500;
    private static final Duration AGAIN = Duration.ofMinutes(5);

    private final Campaigns campaigns;
    private final Connectors connectors;
    private final DataMap map;
    private final AgroalDataSource database;
    private final Vault vault;
    private final Worklist worklist;

    Gathering(
            Campaigns campaigns,
            Connectors connectors,
            DataMap map,
            AgroalDataSource database,
            Vault vault,
            Worklist worklist) {
        this.campaigns = campaigns;
        this.connectors = connectors;
        this.map = map;
        this.database = database;
        this.vault = vault;
        this.worklist = worklist;
    }

    /** Somebody in a row: where she can be written to, and her language where the row says it. */
    private record Person(String address, String language) {}

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Duration lease() {
        return Duration.ofMinutes(5);
    }

    @Override
    public Result work(Lease lease) {
        UUID version = UUID.fromString(lease.subject());
        Optional<Campaigns.Begun> campaign = campaigns.begun(version);
        if (campaign.isEmpty()) {
            return Result.DONE;
        }
        boolean whole = true;
        for (MappedCollection collection : campaigns.unread(version)) {
            whole &= read(campaign.get(), collection, lease);
        }
        if (whole) {
            campaigns.gathered(version);
        }
        QuarkusTransaction.requiringNew().run(() -> worklist.add(Telling.KIND, version.toString()));
        return whole ? Result.DONE : Result.later(AGAIN);
    }

    /** False when the system did not answer: those who were found are told all the same, and it is asked again. */
    private boolean read(Campaigns.Begun campaign, MappedCollection collection, Lease lease) {
        if (!readable(collection)) {
            campaigns.unreadable(campaign.version(), collection, "not_from_end_to_end");
            return true;
        }
        Map<String, Person> batch = new LinkedHashMap<>();
        long[] people = {0};
        try {
            connectors.of(collection.dataset()).each(collection, row -> {
                person(collection, row).ifPresent(p -> batch.putIfAbsent(hash(p.address()), p));
                if (batch.size() >= BATCH) {
                    people[0] += keep(campaign, collection.dataset(), batch, lease);
                }
                return true;
            });
            people[0] += keep(campaign, collection.dataset(), batch, lease);
            campaigns.read(campaign.version(), collection, people[0]);
            return true;
        } catch (SystemFailure e) {
            campaigns.unreadable(campaign.version(), collection, e.kind().name().toLowerCase(java.util.Locale.ROOT));
            return false;
        }
    }

    /** Only a database can be read from end to end; whoever is in another system has to be told by other means. */
    private boolean readable(MappedCollection collection) {
        return map.system(collection.dataset())
                .filter(s -> s.kind() == SystemEntry.Kind.JDBC)
                .isPresent();
    }

    private static Optional<Person> person(MappedCollection collection, Row row) {
        MappedCollection.Reachable reachable = collection.reachable().orElseThrow();
        Object language = reachable.language().map(row::value).orElse(null);
        return row.value(reachable.email()) instanceof String address && Mail.deliverable(address.strip())
                ? Optional.of(new Person(address.strip(), language instanceof String l ? l : ""))
                : Optional.empty();
    }

    private int keep(Campaigns.Begun campaign, String system, Map<String, Person> batch, Lease lease) {
        int count = batch.size();
        QuarkusTransaction.requiringNew().run(() -> {
            lease.renew();
            insert(campaign, system, batch);
        });
        batch.clear();
        return count;
    }

    private void insert(Campaigns.Begun campaign, String system, Map<String, Person> batch) {
        String sql = "insert into notice (id, version, person, sealed, systems) values (?, ?, ?, ?, ?) on conflict"
                + " (version, person) do update set systems = notice.systems || excluded.systems where not"
                + " notice.systems @> excluded.systems";
        List<Map.Entry<String, Person>> people = new ArrayList<>(batch.entrySet());
        // in one order everywhere, so that two who write at once wait for each other and never in a circle
        people.sort(Map.Entry.comparingByKey());
        try (var connection = database.getConnection();
                var insert = connection.prepareStatement(sql)) {
            for (Map.Entry<String, Person> person : people) {
                UUID id = notice(campaign.version(), person.getKey());
                String plain =
                        person.getValue().language() + "\n" + person.getValue().address();
                insert.setObject(1, id);
                insert.setObject(2, campaign.version());
                insert.setString(3, person.getKey());
                insert.setBytes(4, vault.seal(campaign.key(), plain, "notice:" + id));
                insert.setArray(5, connection.createArrayOf("text", new Object[] {system}));
                insert.addBatch();
            }
            insert.executeBatch();
        } catch (SQLException e) {
            throw new IllegalStateException("notices cannot be kept", e);
        }
    }

    /** The same person and version are always the same notice, and the same mail. */
    static UUID notice(UUID version, String person) {
        return UUID.nameUUIDFromBytes((version + ":" + person).getBytes(StandardCharsets.UTF_8));
    }

    private String hash(String address) {
        return vault.identifierHash("email", address);
    }
}
