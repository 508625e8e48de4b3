package org.habeas.retention;

import io.agroal.api.AgroalDataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.habeas.connector.Connectors;
import org.habeas.connector.SystemFailure;
import org.habeas.datamap.CollectionKey;
import org.habeas.datamap.DataMap;
import org.habeas.work.Heart;
import org.habeas.work.Lease;
import org.habeas.work.WorkHandler;
import org.habeas.work.Worklist;

/** What falls due in the coming months. Counting asks every system, so it is done as work and kept. */
@ApplicationScoped
class Outlook implements WorkHandler {
    static final int MONTHS = 12;

    private final AgroalDataSource database;
    private final DataMap map;
    private final Connectors connectors;
    private final Timetable timetable;
    private final Worklist work;
    private final Clock clock;

    Outlook(
            AgroalDataSource database,
            DataMap map,
            Connectors connectors,
            Timetable timetable,
            Worklist work,
            Clock clock) {
        this.database = database;
        this.map = map;
        this.connectors = connectors;
        this.timetable = timetable;
        this.work = work;
        this.clock = clock;
    }

    /** Rows of a collection by month, and when they were counted. */
    record Coming(CollectionKey collection, SortedMap<YearMonth, Long> rows, Instant countedAt) {}

    /** Has it counted anew, soon. */
    void order() {
        QuarkusTransaction.joiningExisting().run(() -> work.add(kind(), "all"));
    }

    @Override
    public String kind() {
        return "retention.outlook";
    }

    @Override
    public Result work(Lease lease) {
        try (Heart heart = Heart.beating(lease)) {
            count(heart::check);
        }
        return Result.DONE;
    }

    void count(Runnable alive) {
        for (Ruled ruled : Ruled.of(map)) {
            alive.run();
            count(ruled).ifPresent(rows -> keep(ruled.key(), rows));
        }
    }

    /** Empty where the system does not answer: then the last count stays, with its time. */
    private Optional<SortedMap<YearMonth, Long>> count(Ruled ruled) {
        SortedMap<YearMonth, Long> rows = new TreeMap<>();
        LocalDate today = timetable.today();
        try {
            long before = 0;
            CutOff lastCutOff = null;
            for (int i = 0; i <= MONTHS; i++) {
                YearMonth month = YearMonth.from(today).plusMonths(i);
                LocalDate asOf = i == 0 ? today : month.plusMonths(1).atDay(1);
                CutOff cutOff = CutOff.of(ruled.rule(), asOf);
                // months of the same financial year have the same border: it is counted once
                long now = cutOff.equals(lastCutOff)
                        ? before
                        : connectors.of(ruled.collection().dataset()).count(ruled.due(asOf, timetable.zone()));
                rows.put(month, now - before);
                before = now;
                lastCutOff = cutOff;
            }
            return Optional.of(rows);
        } catch (SystemFailure e) {
            return Optional.empty();
        }
    }

    private void keep(CollectionKey key, SortedMap<YearMonth, Long> rows) {
        QuarkusTransaction.requiringNew().run(() -> {
            try (var connection = database.getConnection();
                    var delete = connection.prepareStatement(
                            "delete from retention_outlook where system = ? and collection = ?");
                    var insert = connection.prepareStatement("insert into retention_outlook values (?, ?, ?, ?, ?)")) {
                delete.setString(1, key.dataset());
                delete.setString(2, key.name());
                delete.executeUpdate();
                for (var month : rows.entrySet()) {
                    insert.setString(1, key.dataset());
                    insert.setString(2, key.name());
                    insert.setObject(3, month.getKey().atDay(1));
                    insert.setLong(4, month.getValue());
                    insert.setObject(5, clock.instant().atOffset(ZoneOffset.UTC));
                    insert.addBatch();
                }
                insert.executeBatch();
            } catch (SQLException e) {
                throw new IllegalStateException("the outlook cannot be kept", e);
            }
        });
    }

    /** What was counted last, by collection. */
    List<Coming> latest() {
        List<Coming> all = new ArrayList<>();
        String sql = "select system, collection, month, rows, counted_at from retention_outlook order by 1, 2, 3";
        try (var connection = database.getConnection();
                var select = connection.prepareStatement(sql);
                var rows = select.executeQuery()) {
            while (rows.next()) {
                CollectionKey key = new CollectionKey(rows.getString(1), rows.getString(2));
                if (all.isEmpty() || !all.get(all.size() - 1).collection().equals(key)) {
                    all.add(new Coming(
                            key, new TreeMap<>(), rows.getTimestamp(5).toInstant()));
                }
                all.get(all.size() - 1).rows().put(YearMonth.from(rows.getObject(3, LocalDate.class)), rows.getLong(4));
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the outlook cannot be read", e);
        }
        return all;
    }
}
