package org.habeas.limit;

import io.agroal.api.AgroalDataSource;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.distributed.ExpirationAfterWriteStrategy;
import io.github.bucket4j.distributed.jdbc.PrimaryKeyMapper;
import io.github.bucket4j.postgresql.Bucket4jPostgreSQL;
import io.github.bucket4j.postgresql.PostgreSQLSelectForUpdateBasedProxyManager;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import org.habeas.problem.TooMany;
import org.habeas.vault.Vault;

/**
 * Who did what how often: token buckets in the database. What is taken stays taken, whatever becomes of the caller's
 * transaction. The key is kept as a keyed hash, for it may be somebody's address.
 */
@ApplicationScoped
public class Limits {
    private static final int SWEEP = 1000;
    /** A rate of more than so many is taken evenly: places are looked through one by one. */
    private static final int MOST_PLACES = 20;

    private final PostgreSQLSelectForUpdateBasedProxyManager<String> buckets;
    private final Vault vault;

    Limits(AgroalDataSource database, Vault vault, Clock clock) {
        this.vault = vault;
        this.buckets = Bucket4jPostgreSQL.selectForUpdateBasedBuilder(database)
                .primaryKeyMapper(PrimaryKeyMapper.STRING)
                .table("rate_bucket")
                .clientClock(new Time(clock))
                .expirationAfterWrite(
                        ExpirationAfterWriteStrategy.basedOnTimeForRefillingBucketUpToMax(Duration.ofMinutes(1)))
                .build();
    }

    /** Takes one from the allowance of {@code key}, or throws {@link TooMany} when there is none left. */
    public void take(String kind, String key, Rate rate) {
        take(kind, key, rate, 1);
    }

    /** Takes so many at once, and tells how many are left. */
    public long take(String kind, String key, Rate rate, long count) {
        ConsumptionProbe probe = QuarkusTransaction.suspendingExisting()
                .call(() -> bucket(kind, key, rate).tryConsumeAndReturnRemaining(count));
        if (!probe.isConsumed()) {
            Duration wait = Duration.ofNanos(probe.getNanosToWaitForRefill()).plusSeconds(1);
            throw new TooMany("limit_reached", Duration.ofSeconds(wait.toSeconds()));
        }
        return probe.getRemainingTokens();
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

    /** How many are left of the allowance of {@code key}. */
    public long left(String kind, String key, Rate rate) {
        return QuarkusTransaction.suspendingExisting()
                .call(() -> bucket(kind, key, rate).getAvailableTokens());
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

    private Bucket bucket(String kind, String key, Rate rate) {
        BucketConfiguration allowance = BucketConfiguration.builder()
                .addLimit(limit -> limit.capacity(rate.count()).refillGreedy(rate.count(), rate.per()))
                .build();
        return buckets.builder().build(id(kind, key, rate), () -> allowance);
    }

    @Scheduled(every = "10m", delayed = "1m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void sweep() {
        while (buckets.removeExpired(SWEEP) == SWEEP) {
            // until no full batch is left
        }
    }

    /** The rate is part of it, so that a changed setting counts at once. */
    private String id(String kind, String key, Rate rate) {
        return kind + ":" + vault.keyedHash("limit", kind + ":" + rate + ":" + key);
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
