package org.habeas.policy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/** The rows of {@code policy_version}, always in the caller's transaction. */
@ApplicationScoped
class PolicyTable {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();
    private static final String SELECT = "select id, number, use_kind, valid_from, texts, promises, digest, drafted_by,"
            + " drafted_at, approved_by, approved_at from policy_version ";

    private final AgroalDataSource database;

    PolicyTable(AgroalDataSource database) {
        this.database = database;
    }

    /** The promises as they are kept: a period as its ISO text. */
    private record Kept(List<String> purposes, List<String> recipients, Map<String, String> kept) {
        static Kept of(Promises promises) {
            Map<String, String> kept = new TreeMap<>();
            promises.kept().forEach((purpose, period) -> kept.put(purpose, period.toString()));
            return new Kept(promises.purposes(), promises.recipients(), kept);
        }

        Promises promises() {
            Map<String, Period> periods = new TreeMap<>();
            kept.forEach((purpose, period) -> periods.put(purpose, Period.parse(period)));
            return new Promises(purposes, recipients, periods);
        }
    }

    private record Texts(Map<String, PolicyText> texts) {}

    /** SHA-256 over all that a reader of the version is shown, in hex. */
    static String digest(NewVersion version) {
        String all = String.join(
                "\n",
                version.use().code(),
                version.validFrom().toString(),
                json(new Texts(version.texts())),
                json(Kept.of(version.promises())));
        return sha256(all);
    }

    static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** All that are published, the first one first. */
    List<PolicyVersion> published() {
        return list(SELECT + "where number is not null order by number");
    }

    List<PolicyVersion> drafts() {
        return list(SELECT + "where number is null order by drafted_at desc");
    }

    Optional<PolicyVersion> find(UUID id) {
        return list(SELECT + "where id = ?", id).stream().findFirst();
    }

    /** The draft, locked; empty when it is none. */
    Optional<PolicyVersion> draft(UUID id) {
        return list(SELECT + "where id = ? and number is null for update", id).stream()
                .findFirst();
    }

    void insert(UUID id, NewVersion version, String account, Instant now) {
        update(
                "insert into policy_version (use_kind, valid_from, texts, promises, digest, drafted_by, drafted_at, id)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?)",
                values(id, version, account, now));
    }

    void replace(UUID id, NewVersion version, String account, Instant now) {
        update(
                "update policy_version set use_kind = ?, valid_from = ?, texts = ?, promises = ?, digest = ?,"
                        + " drafted_by = ?, drafted_at = ? where id = ? and number is null",
                values(id, version, account, now));
    }

    void delete(UUID id) {
        update("delete from policy_version where id = ? and number is null", id);
    }

    /** Gives it the next number. Two at once: one waits here for the other. */
    void publish(UUID id, String account, Instant now) {
        update("select pg_advisory_xact_lock(hashtext('policy.publish'))");
        update(
                "update policy_version set number = (select coalesce(max(number), 0) + 1 from policy_version),"
                        + " approved_by = ?, approved_at = ? where id = ?",
                account,
                now.atOffset(ZoneOffset.UTC),
                id);
    }

    private static Object[] values(UUID id, NewVersion version, String account, Instant now) {
        return new Object[] {
            version.use().code(),
            version.validFrom(),
            json(new Texts(version.texts())),
            json(Kept.of(version.promises())),
            digest(version),
            account,
            now.atOffset(ZoneOffset.UTC),
            id
        };
    }

    private void update(String sql, Object... values) {
        try (var connection = database.getConnection();
                var statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            statement.execute();
        } catch (SQLException e) {
            throw new IllegalStateException("the policy cannot be written", e);
        }
    }

    private List<PolicyVersion> list(String sql, Object... values) {
        List<PolicyVersion> found = new ArrayList<>();
        try (var connection = database.getConnection();
                var select = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                select.setObject(i + 1, values[i]);
            }
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    found.add(version(rows));
                }
            }
            return found;
        } catch (SQLException e) {
            throw new IllegalStateException("the policy cannot be read", e);
        }
    }

    private static PolicyVersion version(ResultSet row) throws SQLException {
        return new PolicyVersion(
                row.getObject("id", UUID.class),
                Optional.ofNullable(row.getObject("number", Integer.class)),
                Use.of(row.getString("use_kind")).orElseThrow(),
                row.getObject("valid_from", LocalDate.class),
                read(row.getString("texts"), Texts.class).texts(),
                read(row.getString("promises"), Kept.class).promises(),
                row.getString("digest"),
                row.getString("drafted_by"),
                row.getTimestamp("drafted_at").toInstant(),
                Optional.ofNullable(row.getString("approved_by")),
                Optional.ofNullable(row.getTimestamp("approved_at")).map(java.sql.Timestamp::toInstant));
    }

    private static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static <T> T read(String text, Class<T> type) {
        try {
            return JSON.readValue(text, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a policy cannot be read", e);
        }
    }
}
