package org.habeas.security;

import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.habeas.problem.SecurityEvent.Kind;

/** The rows of security events, in the caller's transaction. */
@ApplicationScoped
class SecurityTable {
    private static final String UPSERT = "insert into security_event (hour, kind, client, about, place, seen, first_at,"
            + " last_at) values (?, ?, ?, ?, ?, ?, ?, ?) on conflict (hour, kind, client, about, place) do update set"
            + " seen = excluded.seen, first_at = excluded.first_at, last_at = excluded.last_at";

    private final AgroalDataSource database;

    SecurityTable(AgroalDataSource database) {
        this.database = database;
    }

    /** How often something was seen in an hour, first and last; {@code id} only tells lines of one moment apart. */
    record Line(
            long id, Kind kind, String client, String about, String place, long seen, Instant first, Instant last) {}

    /** Adds what was counted, one replica at a time, so that all of them together keep to the bounds. */
    void add(Tally counted) {
        try (var connection = database.getConnection();
                var lock = connection.prepareStatement("select pg_advisory_xact_lock(hashtext('security.event'))")) {
            lock.execute();
            Tally all = new Tally();
            for (var hour : counted.hours().entrySet()) {
                read(connection, hour.getKey()).forEach((who, seen) -> all.fold(hour.getKey(), who, seen));
                Map<Tally.Who, Tally.Seen> lines = new LinkedHashMap<>();
                hour.getValue().forEach((who, seen) -> lines.put(all.fold(hour.getKey(), who, seen), seen));
                lines.replaceAll((who, seen) -> all.hours().get(hour.getKey()).get(who));
                write(connection, hour.getKey(), lines);
            }
            minutes(connection, counted.minutes());
        } catch (SQLException e) {
            throw new IllegalStateException("security events cannot be kept", e);
        }
    }

    private static Map<Tally.Who, Tally.Seen> read(Connection connection, Tally.Slot hour) throws SQLException {
        Map<Tally.Who, Tally.Seen> lines = new LinkedHashMap<>();
        try (var select = connection.prepareStatement("select client, about, place, seen, first_at, last_at from"
                + " security_event where hour = ? and kind = ? order by id")) {
            slot(select, hour);
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    lines.put(
                            new Tally.Who(rows.getString(1), rows.getString(2), rows.getString(3)),
                            new Tally.Seen(rows.getLong(4), instant(rows, 5), instant(rows, 6)));
                }
            }
        }
        return lines;
    }

    private static void write(Connection connection, Tally.Slot hour, Map<Tally.Who, Tally.Seen> lines)
            throws SQLException {
        try (var upsert = connection.prepareStatement(UPSERT)) {
            for (var line : lines.entrySet()) {
                slot(upsert, hour);
                upsert.setString(3, line.getKey().client());
                upsert.setString(4, line.getKey().about());
                upsert.setString(5, line.getKey().place());
                upsert.setLong(6, line.getValue().times());
                upsert.setObject(7, utc(line.getValue().first()));
                upsert.setObject(8, utc(line.getValue().last()));
                upsert.addBatch();
            }
            upsert.executeBatch();
        }
    }

    private static void minutes(Connection connection, Map<Tally.Slot, Long> minutes) throws SQLException {
        try (var upsert =
                connection.prepareStatement("insert into security_minute (minute, kind, seen) values (?, ?, ?)"
                        + " on conflict (minute, kind) do update set seen = security_minute.seen + excluded.seen")) {
            for (var minute : minutes.entrySet()) {
                slot(upsert, minute.getKey());
                upsert.setLong(3, minute.getValue());
                upsert.addBatch();
            }
            upsert.executeBatch();
        }
    }

    /** How many there were of each kind since then, as far back as minutes are kept: a day. */
    Map<Kind, Long> since(Instant from) {
        Map<Kind, Long> sums = new EnumMap<>(Kind.class);
        try (var connection = database.getConnection();
                var select = connection.prepareStatement(
                        "select kind, sum(seen) from security_minute where minute >= ? group by kind")) {
            select.setObject(1, utc(from));
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    sums.put(Kind.of(rows.getString(1)).orElseThrow(), rows.getLong(2));
                }
            }
            return sums;
        } catch (SQLException e) {
            throw new IllegalStateException("security events cannot be counted", e);
        }
    }

    /** Lines that match, the last seen first. */
    List<Line> lines(String condition, List<Object> values, int most) {
        List<Line> lines = new ArrayList<>();
        try (var connection = database.getConnection();
                var select = connection.prepareStatement(
                        "select id, kind, client, about, place, seen, first_at, last_at" + " from security_event where "
                                + condition + " order by last_at desc, id desc limit " + most)) {
            for (int i = 0; i < values.size(); i++) {
                select.setObject(i + 1, values.get(i));
            }
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    lines.add(new Line(
                            rows.getLong(1),
                            Kind.of(rows.getString(2)).orElseThrow(),
                            rows.getString(3),
                            rows.getString(4),
                            rows.getString(5),
                            rows.getLong(6),
                            instant(rows, 7),
                            instant(rows, 8)));
                }
            }
            return lines;
        } catch (SQLException e) {
            throw new IllegalStateException("security events cannot be read", e);
        }
    }

    /** Forgets what was last seen before then, and minutes before that; how many lines went. */
    int forget(Instant before, Instant minutesBefore) {
        try (var connection = database.getConnection();
                var events = connection.prepareStatement("delete from security_event where last_at < ?");
                var alarms = connection.prepareStatement("delete from security_alarm where raised_at < ?");
                var minutes = connection.prepareStatement("delete from security_minute where minute < ?")) {
            events.setObject(1, utc(before));
            alarms.setObject(1, utc(before));
            minutes.setObject(1, utc(minutesBefore));
            minutes.executeUpdate();
            return alarms.executeUpdate() + events.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException("security events cannot be forgotten", e);
        }
    }

    static OffsetDateTime utc(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }

    private static void slot(PreparedStatement statement, Tally.Slot slot) throws SQLException {
        statement.setObject(1, utc(slot.from()));
        statement.setString(2, slot.kind().code());
    }

    private static Instant instant(ResultSet row, int column) throws SQLException {
        return row.getTimestamp(column).toInstant();
    }
}
