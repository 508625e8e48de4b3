package org.habeas.policy;

import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.transaction.Transactional;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.habeas.datamap.DataMap;
import org.habeas.datamap.MappedCollection;
import org.habeas.outbox.MailRefused;
import org.habeas.vault.Vault;
import org.habeas.work.Worklist;

/** The telling of a different use to everybody whom the data map names as reachable: begun, counted, and what came back. */
@ApplicationScoped
@Transactional
class Campaigns {
    private final AgroalDataSource database;
    private final DataMap map;
    private final Vault vault;
    private final Worklist worklist;
    private final Clock clock;

    Campaigns(AgroalDataSource database, DataMap map, Vault vault, Worklist worklist, Clock clock) {
        this.database = database;
        this.map = map;
        this.vault = vault;
        this.worklist = worklist;
        this.clock = clock;
    }

    /** One collection whose people are told; {@code problem} says why it could not be read. */
    public record Source(String collection, String state, long people, Optional<String> problem) {}

    /** {@code state}: {@code gathering}, {@code sending}, {@code done}. Who did not answer is {@code silent}. */
    public record Standing(
            String state,
            Instant startedAt,
            Optional<Instant> finishedAt,
            long people,
            long waiting,
            long posted,
            long bounced,
            long accepted,
            long declined,
            long silent,
            List<Source> sources) {}

    /** What a campaign seals addresses under, and whether all its people are known. */
    record Begun(UUID version, UUID key, boolean gathered) {}

    /** In the transaction that publishes a different use. */
    void begin(@Observes PolicyPublished event) {
        if (event.version().use() != Use.DIFFERENT) {
            return;
        }
        UUID version = event.version().id();
        update(
                "insert into campaign (version, key_id, started_at) values (?, ?, ?)",
                version,
                vault.newKey(),
                clock.instant().atOffset(ZoneOffset.UTC));
        for (MappedCollection collection : map.collections()) {
            if (collection.reachable().isPresent()) {
                update(
                        "insert into campaign_source (version, dataset, collection) values (?, ?, ?)",
                        version,
                        collection.dataset(),
                        collection.name());
            }
        }
        worklist.add(Gathering.KIND, version.toString());
    }

    /** A mail that will never arrive reached nobody: the person has not been asked. */
    void bounced(@Observes MailRefused refused) {
        update(
                "update notice set state = 'bounced', bounced_at = ?, bounce = ? where id = ? and state = 'posted'",
                clock.instant().atOffset(ZoneOffset.UTC),
                refused.status(),
                refused.mail());
    }

    Optional<Begun> begun(UUID version) {
        return query(
                        "select version, key_id, gathered_at from campaign where version = ?",
                        row -> new Begun(
                                row.getObject(1, UUID.class),
                                row.getObject(2, UUID.class),
                                row.getTimestamp(3) != null),
                        version)
                .stream()
                .findFirst();
    }

    /** The collections that have not been read to their end. */
    List<MappedCollection> unread(UUID version) {
        return query(
                        "select dataset, collection from campaign_source where version = ? and state <> 'done'"
                                + " order by dataset, collection",
                        row -> map.collection(row.getString(1), row.getString(2)),
                        version)
                .stream()
                .flatMap(Optional::stream)
                .toList();
    }

    void read(UUID version, MappedCollection collection, long people) {
        source(version, collection, "done", people, null);
    }

    void unreadable(UUID version, MappedCollection collection, String problem) {
        source(version, collection, "failed", 0, problem);
    }

    private void source(UUID version, MappedCollection collection, String state, long people, String problem) {
        update(
                "update campaign_source set state = ?, people = ?, problem = ? where version = ? and dataset = ? and"
                        + " collection = ?",
                state,
                people,
                problem,
                version,
                collection.dataset(),
                collection.name());
    }

    void gathered(UUID version) {
        stamp("gathered_at", version);
    }

    void finished(UUID version) {
        stamp("finished_at", version);
    }

    private void stamp(String column, UUID version) {
        update(
                "update campaign set " + column + " = ? where version = ? and " + column + " is null",
                clock.instant().atOffset(ZoneOffset.UTC),
                version);
    }

    Optional<Standing> of(UUID version) {
        String sql = "select c.started_at, c.finished_at, c.gathered_at, count(n.id), count(*) filter (where n.state ="
                + " 'waiting'), count(*) filter (where n.state = 'posted'), count(*) filter (where n.state = 'bounced'),"
                + " count(*) filter (where l.accepted), count(*) filter (where not l.accepted) from campaign c left join"
                + " notice n on n.version = c.version left join lateral (select accepted from choice where notice = n.id"
                + " order by position desc limit 1) l on true where c.version = ? group by c.version";
        List<Source> sources = sources(version);
        return query(
                        sql,
                        row -> new Standing(
                                row.getTimestamp(2) != null
                                        ? "done"
                                        : row.getTimestamp(3) != null ? "sending" : "gathering",
                                row.getTimestamp(1).toInstant(),
                                Optional.ofNullable(row.getTimestamp(2)).map(java.sql.Timestamp::toInstant),
                                row.getLong(4),
                                row.getLong(5),
                                row.getLong(6),
                                row.getLong(7),
                                row.getLong(8),
                                row.getLong(9),
                                row.getLong(4) - row.getLong(8) - row.getLong(9),
                                sources),
                        version)
                .stream()
                .findFirst();
    }

    private List<Source> sources(UUID version) {
        return query(
                "select dataset || '.' || collection, state, people, problem from campaign_source where version = ?"
                        + " order by 1",
                row -> new Source(
                        row.getString(1), row.getString(2), row.getLong(3), Optional.ofNullable(row.getString(4))),
                version);
    }

    private interface Reader<T> {
        T read(java.sql.ResultSet row) throws SQLException;
    }

    private <T> List<T> query(String sql, Reader<T> reader, UUID version) {
        List<T> found = new ArrayList<>();
        try (var connection = database.getConnection();
                var select = connection.prepareStatement(sql)) {
            select.setObject(1, version);
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    found.add(reader.read(rows));
                }
            }
            return found;
        } catch (SQLException e) {
            throw new IllegalStateException("a campaign cannot be read", e);
        }
    }

    private void update(String sql, Object... values) {
        try (var connection = database.getConnection();
                var statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException("a campaign cannot be written", e);
        }
    }
}
