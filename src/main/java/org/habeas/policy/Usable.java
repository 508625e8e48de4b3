package org.habeas.policy;

import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.habeas.audit.Act;
import org.habeas.audit.Ledger;
import org.habeas.connector.Connectors;
import org.habeas.connector.Row;
import org.habeas.datamap.DataMap;
import org.habeas.datamap.MappedCollection;
import org.habeas.problem.Invalid;
import org.habeas.problem.NotFound;
import org.habeas.vault.Vault;

/**
 * Which rows may be used for a purpose. A row is used under the policy in force when it was collected: where that named the
 * purpose, it may be used unless the person said no; where it did not, only if she said yes.
 */
@ApplicationScoped
class Usable {
    private static final int BATCH = 500;

    private final DataMap map;
    private final Policies policies;
    private final Connectors connectors;
    private final AgroalDataSource database;
    private final Vault vault;
    private final Ledger ledger;

    Usable(
            DataMap map,
            Policies policies,
            Connectors connectors,
            AgroalDataSource database,
            Vault vault,
            Ledger ledger) {
        this.map = map;
        this.policies = policies;
        this.connectors = connectors;
        this.database = database;
        this.vault = vault;
        this.ledger = ledger;
    }

    /** A row that may be used, known by its primary key. */
    record Seen(List<Object> key, boolean usable) {}

    /** What decides about a purpose. */
    private final class Rule {
        private final String purpose;
        private final List<PolicyVersion> versions = policies.published();

        Rule(String purpose) {
            this.purpose = purpose;
        }

        boolean allows(Optional<Boolean> chosen, Optional<LocalDate> collected) {
            return chosen.orElseGet(() -> collected
                    .flatMap(day -> Policies.inForce(versions, day))
                    .filter(v -> v.promises().purposes().contains(purpose))
                    .isPresent());
        }
    }

    /** For each address, in its order, whether its person's data may be used; what she was never asked is not allowed. */
    @Transactional
    List<Boolean> people(String purpose, List<String> addresses, ChoiceFeed.Reader reader) {
        mustKnow(purpose);
        written(purpose, reader);
        List<String> people = addresses.stream()
                .map(a -> vault.identifierHash("email", a == null ? "" : a))
                .toList();
        Map<String, Boolean> chosen = chosen(purpose, people);
        return people.stream().map(p -> chosen.getOrDefault(p, false)).toList();
    }

    /** Checks that rows can be streamed, and writes down who has asked for them. */
    @Transactional
    void begin(String purpose, String system, String name, ChoiceFeed.Reader reader) {
        mustKnow(purpose, system, name);
        written(purpose, reader);
    }

    private void written(String purpose, ChoiceFeed.Reader reader) {
        ledger.append(Act.of("choices.filtered", reader.who())
                .fact("system", reader.system().orElse(null))
                .fact("purpose", purpose));
    }

    /** Streams the rows of a reachable collection that may be used for the purpose. */
    void rows(String purpose, String system, String name, Consumer<Seen> each) {
        MappedCollection collection = mustKnow(purpose, system, name);
        Rule rule = new Rule(purpose);
        List<Row> batch = new ArrayList<>();
        connectors.of(system).each(collection, row -> {
            batch.add(row);
            if (batch.size() == BATCH) {
                judge(rule, collection, batch, each);
            }
            return true;
        });
        judge(rule, collection, batch, each);
    }

    private void judge(Rule rule, MappedCollection collection, List<Row> batch, Consumer<Seen> each) {
        String email = collection.reachable().orElseThrow().email();
        List<String> people = batch.stream()
                .map(row -> vault.identifierHash("email", String.valueOf(row.value(email))))
                .toList();
        Map<String, Boolean> chosen = chosen(rule.purpose, people);
        for (int i = 0; i < batch.size(); i++) {
            boolean usable = rule.allows(
                    Optional.ofNullable(chosen.get(people.get(i))),
                    Collected.on(collection, batch.get(i).values(), policies.zone()));
            each.accept(new Seen(batch.get(i).key().values(), usable));
        }
        batch.clear();
    }

    /** The last choice of each of these people about a version that asked for the purpose. */
    private Map<String, Boolean> chosen(String purpose, List<String> people) {
        Object[] versions = policies.published().stream()
                .filter(v ->
                        v.use() == Use.DIFFERENT && (policies.newPurposes(v).contains(purpose)))
                .map(PolicyVersion::id)
                .toArray(UUID[]::new);
        Map<String, Boolean> chosen = new HashMap<>();
        String sql = "select distinct on (person) person, accepted from choice where person = any(?) and version ="
                + " any(?) order by person, position desc";
        try (var connection = database.getConnection();
                var select = connection.prepareStatement(sql)) {
            select.setArray(1, connection.createArrayOf("text", people.toArray()));
            select.setArray(2, connection.createArrayOf("uuid", versions));
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    chosen.put(rows.getString(1), rows.getBoolean(2));
                }
            }
            return chosen;
        } catch (SQLException e) {
            throw new IllegalStateException("choices cannot be read", e);
        }
    }

    /** The collection, if it is one whose people can be asked, or {@link NotFound}; the purpose must be one of the map's. */
    MappedCollection mustKnow(String purpose, String system, String name) {
        mustKnow(purpose);
        return map.collection(system, name)
                .filter(c -> c.reachable().isPresent())
                .orElseThrow(() -> new NotFound("choice_no_collection"));
    }

    private void mustKnow(String purpose) {
        if (purpose == null || map.organisation().purpose(purpose).isEmpty()) {
            throw Invalid.field("purpose", "policy_purpose_unknown");
        }
    }
}
