package org.habeas.work;

import io.agroal.api.AgroalDataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.sql.Array;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The rows of work. An item is added in the transaction of the act that causes it, claimed by one replica with {@code for
 * update skip locked}, leased by the database's clock, and gone when done.
 */
@ApplicationScoped
public class Worklist {
    /** By how much the clock has been set back since the item's times were written. */
    private static final String AHEAD = "greatest(work_item.noted_at - clock_timestamp(), interval '0')";

    /**
     * The transaction's commit does not wait for the disk: a server that crashes at that moment has work done once more, as
     * handlers must expect in any case.
     */
    private static final String UNHURRIED = "set_config('synchronous_commit', 'off', true)";

    private final AgroalDataSource database;
    private final Event<Added> added;
    private final Duration lease;

    /** Work that is due at once was added; told when the transaction that added it has been committed. */
    record Added() {}

    Worklist(
            AgroalDataSource database, Event<Added> added, @ConfigProperty(name = "habeas.work-lease") Duration lease) {
        this.database = database;
        this.added = added;
        this.lease = lease;
    }

    /** How long an item of this kind is leased: as the handler needs it, or as the portal is set. */
    Duration lease(WorkHandler handler) {
        return handler.lease().isZero() ? lease : handler.lease();
    }

    /**
     * Adds work to the caller's transaction, to be done after {@code wait}. One item a kind and subject: adding it again
     * means that it is done once more after now, at the earlier of both times.
     */
    public void add(String kind, String subject, Duration wait) {
        String sql =
                "insert into work_item (kind, subject, due_at) values (?, ?, clock_timestamp() + ? * interval '1 ms')"
                        + " on conflict (kind, subject) do update set wanted = work_item.wanted + 1, attempts = 0,"
                        + " due_at = least(work_item.due_at - " + AHEAD + ", excluded.due_at),"
                        + " leased_until = work_item.leased_until - " + AHEAD + ", noted_at = clock_timestamp()";
        try (var connection = database.getConnection();
                var insert = connection.prepareStatement(sql)) {
            insert.setString(1, kind);
            insert.setString(2, subject);
            insert.setLong(3, wait.toMillis());
            insert.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException("work could not be added", e);
        }
        if (wait.isZero()) {
            added.fire(new Added());
        }
    }

    public void add(String kind, String subject) {
        add(kind, subject, Duration.ZERO);
    }

    /** Takes work back in the caller's transaction; what is being done at this moment goes on. */
    public void remove(String kind, String subject) {
        try (var connection = database.getConnection();
                var delete = connection.prepareStatement("delete from work_item where kind = ? and subject = ?")) {
            delete.setString(1, kind);
            delete.setString(2, subject);
            delete.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException("work could not be removed", e);
        }
    }

    List<Lease> claim(Map<String, WorkHandler> handlers, int most) {
        return QuarkusTransaction.requiringNew().call(() -> claimInTransaction(handlers, most));
    }

    private List<Lease> claimInTransaction(Map<String, WorkHandler> handlers, int most) throws SQLException {
        // an array is made once: a mere subselect may be looked at again while others claim, and then give more than
        // asked
        String sql = "update work_item w set lease = ?, attempts = attempts + 1, noted_at = clock_timestamp(),"
                + " leased_until = clock_timestamp() + (select k.length from unnest(?, ?) k (kind, length)"
                + " where k.kind = w.kind) * interval '1 ms' where id = any(array(select id from work_item where"
                + " kind = any(?) and due_at <= clock_timestamp() and (leased_until is null or leased_until <"
                + " clock_timestamp()) order by due_at for update skip locked limit ?)) returning id, kind, subject,"
                + " attempts, wanted, " + UNHURRIED;
        UUID token = UUID.randomUUID();
        List<Lease> leases = new ArrayList<>();
        List<WorkHandler> all = List.copyOf(handlers.values());
        try (var connection = database.getConnection();
                var update = connection.prepareStatement(sql)) {
            Array kinds = connection.createArrayOf(
                    "text", all.stream().map(WorkHandler::kind).toArray());
            Array lengths = connection.createArrayOf(
                    "bigint", all.stream().map(h -> lease(h).toMillis()).toArray());
            update.setObject(1, token);
            update.setArray(2, kinds);
            update.setArray(3, lengths);
            update.setArray(4, kinds);
            update.setInt(5, most);
            try (var rows = update.executeQuery()) {
                while (rows.next()) {
                    leases.add(new Lease(
                            this,
                            handlers.get(rows.getString("kind")),
                            rows.getLong("id"),
                            token,
                            rows.getInt("wanted"),
                            rows.getString("subject"),
                            rows.getInt("attempts")));
                }
            }
        }
        return leases;
    }

    /**
     * Moves what was written while the clock was ahead to where it would be had the clock been right: without that, work would
     * wait, and the lease of a replica that is gone would last, until that time comes.
     */
    void setRight() {
        try (var connection = database.getConnection();
                var update = connection.prepareStatement("update work_item set due_at = due_at - " + AHEAD
                        + ", leased_until = leased_until - " + AHEAD + ", noted_at = clock_timestamp()"
                        + " where noted_at > clock_timestamp() + interval '1 second'")) {
            update.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException("work could not be set right", e);
        }
    }

    boolean renew(Lease lease, Duration duration) {
        return change(
                lease,
                "update work_item set noted_at = clock_timestamp(), leased_until = clock_timestamp() + ? * interval '1 ms'",
                duration.toMillis());
    }

    /** Gone, unless it was added again while it was done. */
    void done(Lease lease) {
        String again =
                "update work_item set leased_until = null, lease = null, attempts = 0, noted_at = clock_timestamp(), due_at ="
                        + " clock_timestamp() + ? * interval '1 ms'";
        QuarkusTransaction.requiringNew().run(() -> {
            try (var connection = database.getConnection();
                    var delete = connection.prepareStatement(
                            "delete from work_item where id = ? and lease = ? and wanted = ? returning " + UNHURRIED)) {
                delete.setLong(1, lease.id);
                delete.setObject(2, lease.token);
                delete.setInt(3, lease.wanted);
                try (var gone = delete.executeQuery()) {
                    if (!gone.next()) {
                        change(lease, again, 0);
                    }
                }
            } catch (SQLException e) {
                throw new IllegalStateException("work could not be finished", e);
            }
        });
    }

    void later(Lease lease, Duration wait) {
        change(
                lease,
                "update work_item set leased_until = null, lease = null, attempts = 0, noted_at = clock_timestamp(), due_at = clock_timestamp() + ? *"
                        + " interval '1 ms'",
                wait.toMillis());
    }

    void failed(Lease lease, Duration wait) {
        change(
                lease,
                "update work_item set leased_until = null, lease = null, noted_at = clock_timestamp(), due_at = clock_timestamp() + ? * interval '1 ms'",
                wait.toMillis());
    }

    private boolean change(Lease lease, String update, long millis) {
        return QuarkusTransaction.joiningExisting().call(() -> {
            try (var connection = database.getConnection();
                    var statement = connection.prepareStatement(update + " where id = ? and lease = ?")) {
                statement.setLong(1, millis);
                statement.setLong(2, lease.id);
                statement.setObject(3, lease.token);
                return statement.executeUpdate() == 1;
            }
        });
    }
}
