package org.habeas.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.habeas.actor.Actor;

/** Finds entries for an auditor's eyes, newest first. */
@ApplicationScoped
public class EntrySearch {
    private static final String SQL = "select e.id, e.leaf_index, e.entry, e.subject, e.actor, a.name,"
            + " d.entry_id is not null, k.shredded_at, k.shredded_under from audit_entry e"
            + " left join audit_actor a on a.pseudonym = e.actor left join audit_details d on d.entry_id = e.id"
            + " left join vault_key k on k.id = d.key_id where ";

    private final AgroalDataSource database;
    private final Ledger ledger;
    private final ObjectMapper json = new ObjectMapper();

    EntrySearch(AgroalDataSource database, Ledger ledger) {
        this.database = database;
        this.ledger = ledger;
    }

    /** What is looked for; {@code event} is how its name begins, {@code olderThan} the last row of the page before. */
    public record Wanted(
            Optional<UUID> subject,
            Optional<Instant> from,
            Optional<Instant> until,
            Optional<String> account,
            Optional<String> event,
            OptionalLong olderThan) {}

    /** An entry as it can be read; {@code actor} is the account, or what the history knows instead of one. */
    public record Found(
            long row,
            OptionalLong index,
            Instant at,
            String event,
            Optional<UUID> subject,
            String actor,
            Optional<String> account,
            SortedMap<String, String> facts,
            boolean details,
            Optional<Instant> shreddedAt,
            Optional<String> shreddedUnder) {}

    /** The newest entries that fit, at most {@code most}. */
    public List<Found> find(Wanted wanted, int most) {
        List<String> conditions = new ArrayList<>(List.of("true"));
        List<Object> values = new ArrayList<>();
        wanted.subject().ifPresent(one -> add(conditions, values, "e.subject = ?", one));
        wanted.from().ifPresent(one -> add(conditions, values, "e.at >= ?", one.atOffset(ZoneOffset.UTC)));
        wanted.until().ifPresent(one -> add(conditions, values, "e.at < ?", one.atOffset(ZoneOffset.UTC)));
        wanted.event().ifPresent(one -> add(conditions, values, "starts_with(e.event, ?)", one));
        wanted.account().ifPresent(one -> add(conditions, values, "e.actor = any(?)", pseudonyms(one)));
        wanted.olderThan().ifPresent(one -> add(conditions, values, "e.id < ?", one));
        String sql = SQL + String.join(" and ", conditions) + " order by e.id desc limit " + most;
        List<Found> found = new ArrayList<>();
        try (Connection connection = database.getConnection();
                var select = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.size(); i++) {
                select.setObject(i + 1, values.get(i));
            }
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    found.add(found(rows));
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the history cannot be read", e);
        }
        return found;
    }

    private static void add(List<String> conditions, List<Object> values, String condition, Object value) {
        conditions.add(condition);
        values.add(value);
    }

    /** Under which pseudonyms an account of staff may have acted. */
    private String[] pseudonyms(String account) {
        return Stream.of(Actor.Kind.OFFICER, Actor.Kind.AUDITOR, Actor.Kind.ADMIN)
                .map(kind -> ledger.pseudonym(new Actor(kind, account)))
                .toArray(String[]::new);
    }

    /** Read from the entry's own bytes: the columns beside them are for searching, and no proof covers those. */
    private Found found(ResultSet row) throws SQLException {
        long index = row.getLong(2);
        OptionalLong place = row.wasNull() ? OptionalLong.empty() : OptionalLong.of(index);
        JsonNode entry = parsed(row.getBytes(3));
        String pseudonym = entry.path("actor").asText("?");
        Optional<String> account =
                pseudonym.equals(row.getString(5)) ? Optional.ofNullable(row.getString(6)) : Optional.empty();
        return new Found(
                row.getLong(1),
                place,
                at(entry),
                entry.path("event").asText("?"),
                Optional.ofNullable(row.getObject(4, UUID.class)),
                account.orElseGet(() -> unnamed(pseudonym)),
                account,
                facts(entry),
                row.getBoolean(7),
                Optional.ofNullable(row.getObject(8, OffsetDateTime.class)).map(OffsetDateTime::toInstant),
                Optional.ofNullable(row.getString(9)));
    }

    /** A person has no name here, and her pseudonym says nothing to the eye. */
    private static String unnamed(String pseudonym) {
        String kind = pseudonym.split(":")[0];
        return kind.equals(Actor.Kind.PERSON.code()) || kind.equals(Actor.Kind.AGENT.code()) ? kind : pseudonym;
    }

    private static Instant at(JsonNode entry) {
        try {
            return Instant.parse(entry.path("at").asText());
        } catch (DateTimeParseException e) {
            return Instant.EPOCH; // not what was written: verify says so
        }
    }

    private JsonNode parsed(byte[] entry) {
        try {
            return json.readTree(entry);
        } catch (IOException e) {
            return json.createObjectNode(); // not what was written: verify says so
        }
    }

    private static SortedMap<String, String> facts(JsonNode entry) {
        SortedMap<String, String> facts = new TreeMap<>();
        for (Map.Entry<String, JsonNode> fact : entry.path("facts").properties()) {
            facts.put(fact.getKey(), fact.getValue().asText());
        }
        return facts;
    }
}
