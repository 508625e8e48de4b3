package org.habeas.limit;

import io.agroal.api.AgroalDataSource;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.distributed.jdbc.CustomColumnProvider;
import io.github.bucket4j.distributed.jdbc.PrimaryKeyMapper;
import io.github.bucket4j.distributed.proxy.optimization.DelayParameters;
import io.github.bucket4j.distributed.proxy.optimization.Optimizations;
import io.github.bucket4j.distributed.remote.RemoteBucketState;
import io.github.bucket4j.postgresql.Bucket4jPostgreSQL;
import io.github.bucket4j.postgresql.PostgreSQLadvisoryLockBasedProxyManager;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.ByteBuffer;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import org.habeas.problem.TooMany;
import org.habeas.vault.Vault;
import org.habeas.work.Timers;

/**
 * Who did what how often: token buckets in the database. What is taken stays taken, whatever becomes of the caller's
 * transaction. The key is kept as a keyed hash, for it may be somebody's address.
 */
@ApplicationScoped
public class Limits {
    private static final int SWEEP = 1000;
    /** A rate of more than so many is taken evenly: places are looked through one by one. */
    private static final int MOST_PLACES = 20;
    /** How long a row is kept after its bucket is full again. */
    private static final Duration KEPT_FULL = Duration.ofMinutes(1);

    private static final Duration TOLERANCE = Duration.ofMinutes(1);

    private final PostgreSQLadvisoryLockBasedProxyManager<String> buckets;
    private final AgroalDataSource database;
    private final Vault vault;
    private final Clock clock;

    Limits(AgroalDataSource database, Vault vault, Clock clock) {
        this.database = database;
        this.vault = vault;
        this.clock = clock;
        this.buckets = Bucket4jPostgreSQL.advisoryLockBasedBuilder(database)
                .primaryKeyMapper(PrimaryKeyMapper.STRING)
                .lockIdSupplier(Limits::lock)
                .table("rate_bucket")
                .clientClock(new Time(clock))
                .addCustomColumn(new End())
                .build();
    }

    /** Takes one from the allowance of {@code key}, or throws {@link TooMany} when there is none left. */
    public void take(String kind, String key, Rate rate) {
        take(kind, key, rate, 1);
    }

    /** Takes so many at once. */
    public void take(String kind, String key, Rate rate, long count) {
        String id = id(kind, key, rate);
        ConsumptionProbe probe = taken(bucket(id, rate), count);
        if (!probe.isConsumed() && forgetIfAhead(id, rate)) {
            probe = taken(bucket(id, rate), count);
        }
        mustBeConsumed(probe);
    }

    /** One allowance from which everybody takes; to be made once. */
    public Allowance allowance(String kind, Rate rate) {
        return new Allowance(this, id(kind, "all", rate), rate, clock);
    }

    static ConsumptionProbe taken(Bucket bucket, long count) {
        return QuarkusTransaction.suspendingExisting().call(() -> bucket.tryConsumeAndReturnRemaining(count));
    }

    static void mustBeConsumed(ConsumptionProbe probe) {
        if (!probe.isConsumed()) {
            Duration wait = Duration.ofNanos(probe.getNanosToWaitForRefill()).plusSeconds(1);
            throw new TooMany("limit_reached", Duration.ofSeconds(wait.toSeconds()));
        }
    }

    /**
     * A bucket that was used while the clock was ahead would not be filled until that time comes: it is thrown away, which
     * can be told by its end, later than any full bucket's could be.
     */
    boolean forgetIfAhead(String id, Rate rate) {
        return QuarkusTransaction.suspendingExisting().call(() -> {
            try (var connection = database.getConnection();
                    var delete =
                            connection.prepareStatement("delete from rate_bucket where id = ? and expires_at > ?")) {
                delete.setString(1, id);
                delete.setLong(
                        2,
                        clock.instant()
                                .plus(rate.per())
                                .plus(KEPT_FULL)
                                .plus(TOLERANCE)
                                .toEpochMilli());
                return delete.executeUpdate() == 1;
            } catch (SQLException e) {
                throw new IllegalStateException("an allowance cannot be read", e);
            }
        });
    }

    /**
     * Takes one so that there are never more than the rate says in any span of its length: a bucket that refills evenly would
     * let through nearly twice as many. Every place in the span is a bucket of one.
     */
    public void takeStrictly(String kind, String key, Rate rate) {
        if (rate.count() > MOST_PLACES) {
            take(kind, key, rate);
            return;
        }
        Duration wait = rate.per();
        for (int place = 0; place < rate.count(); place++) {
            try {
                take(kind, key + "#" + place, new Rate(1, rate.per()));
                return;
            } catch (TooMany taken) {
                wait = wait.compareTo(taken.retryAfter()) < 0 ? wait : taken.retryAfter();
            }
        }
        throw new TooMany("limit_reached", wait);
    }

    /** Gives {@code key} its whole allowance back, however it was taken. */
    public void forgive(String kind, String key, Rate rate) {
        QuarkusTransaction.suspendingExisting().run(() -> {
            buckets.removeProxy(id(kind, key, rate));
            for (int place = 0; place < rate.count() && rate.count() <= MOST_PLACES; place++) {
                buckets.removeProxy(id(kind, key + "#" + place, new Rate(1, rate.per())));
            }
        });
    }

    private Bucket bucket(String id, Rate rate) {
        BucketConfiguration configuration = configuration(rate);
        return buckets.builder()
                .withOptimization(new BegunAtOnce(configuration))
                .build(id, () -> configuration);
    }

    /** One that counts by itself, and tells what it counted after so long or so many. */
    Bucket bucketApart(String id, Rate rate, long most, Duration longest) {
        return buckets.builder()
                .withOptimization(Optimizations.delaying(new DelayParameters(most, longest)))
                .build(id, () -> configuration(rate));
    }

    private static BucketConfiguration configuration(Rate rate) {
        return BucketConfiguration.builder()
                .addLimit(limit -> limit.capacity(rate.count()).refillGreedy(rate.count(), rate.per()))
                .build();
    }

    void start(@Observes StartupEvent event, Timers timers) {
        timers.every("10m", "1m", "limit.sweep", this::sweep);
    }

    private void sweep() {
        while (ended() == SWEEP) {
            // until no full batch is left
        }
    }

    /** Bucket4j's own sweep goes by the machine's clock. */
    private int ended() {
        try (var connection = database.getConnection();
                var delete = connection.prepareStatement("delete from rate_bucket where id = any(array(select id from"
                        + " rate_bucket where expires_at < ? limit ? for update skip locked))")) {
            delete.setLong(1, clock.millis());
            delete.setInt(2, SWEEP);
            return delete.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException("allowances cannot be cleared away", e);
        }
    }

    /** The rate is part of it, so that a changed setting counts at once. */
    private String id(String kind, String key, Rate rate) {
        return kind + ":" + vault.keyedHash("limit", kind + ":" + rate + ":" + key);
    }

    /** Whoever takes from a bucket waits for nobody else; the number is as good as random. */
    private static long lock(String id) {
        return ByteBuffer.wrap(Base64.getUrlDecoder().decode(id.substring(id.indexOf(':') + 1)))
                .getLong();
    }

    /** When a bucket is full again and need not be kept, by the clock that everything goes by. */
    private static final class End implements CustomColumnProvider<String> {
        @Override
        public void setCustomField(
                String id, int column, PreparedStatement statement, RemoteBucketState state, long nanos)
                throws SQLException {
            Duration end = Duration.ofNanos(nanos)
                    .plusNanos(state.calculateFullRefillingTime(nanos))
                    .plus(KEPT_FULL);
            statement.setLong(column, end.toMillis());
        }

        @Override
        public String getCustomFieldName() {
            return "expires_at";
        }
    }

    private record Time(Clock clock) implements TimeMeter {
        @Override
        public long currentTimeNanos() {
            return clock.millis() * 1_000_000;
        }

        @Override
        public boolean isWallClockBased() {
            return true;
        }
    }
}
