package org.habeas.work;

import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.scheduler.Scheduler;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

@QuarkusTest
class TimersTest {
    @Inject
    Timers timers;

    @Inject
    Scheduler scheduler;

    /** The scheduler itself would wait until it is as late again as it was. */
    @Test
    void aClockThatIsSetBackLetsAllTimersBeginAnew() throws Exception {
        CountDownLatch ran = new CountDownLatch(2);
        timers.every("1s", "test.set-back", ran::countDown);
        List<String> all = timers.names();
        var before = all.stream().map(scheduler::getScheduledJob).toList();
        long now = System.currentTimeMillis();
        timers.watch(now + 1);
        timers.watch(now);
        for (int i = 0; i < all.size(); i++) {
            assertSame(before.get(i), scheduler.getScheduledJob(all.get(i)), "a second is no setting back");
        }
        timers.watch(now - 3_600_000);
        for (int i = 0; i < all.size(); i++) {
            assertNotSame(before.get(i), scheduler.getScheduledJob(all.get(i)), all.get(i));
        }
        assertTrue(ran.await(1, TimeUnit.MINUTES), "the timers run on");
    }

    @Test
    void whatIsOffIsNoTimer() {
        timers.every("off", "test.off", () -> {});
        assertTrue(timers.next("test.off").isEmpty());
    }
}
