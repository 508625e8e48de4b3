package org.habeas.work;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduler;
import io.quarkus.scheduler.Trigger;
import io.quarkus.scheduler.common.runtime.util.SchedulerUtils;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * The timers of every replica, on Quarkus' scheduler. That goes by the time of day, and would be silent until it is as late
 * again as it was: when this machine's clock is set back, all timers begin anew. A timer never runs beside itself; what
 * fails is told in one line and done again at the next tick.
 */
@ApplicationScoped
public class Timers {
    private static final Logger LOG = Logger.getLogger(Timers.class);
    private static final long BACK = 1_000;
    private static final int LAST = 10_000;

    private final Scheduler scheduler;
    private final ScheduledExecutorService threads;
    private final List<Timer> timers = new ArrayList<>();
    private boolean started;
    private boolean stopped;
    private long seen;

    Timers(Scheduler scheduler, ScheduledExecutorService threads) {
        this.scheduler = scheduler;
        this.threads = threads;
    }

    private record Timer(String every, String delayed, String name, Runnable act) {}

    /**
     * Does this one second after the start, and then each time after so long. {@code every} is {@code 10m}, or a setting's
     * name in braces; where that is {@code off} nothing is done.
     */
    public void every(String every, String name, Runnable act) {
        every(every, "1s", name, act);
    }

    /** The same, for the first time after this delay. */
    public synchronized void every(String every, String delayed, String name, Runnable act) {
        Timer timer = new Timer(every, delayed, name, act);
        if (!SchedulerUtils.isOff(SchedulerUtils.lookUpPropertyValue(every))) {
            timers.add(timer);
            if (started) {
                schedule(timer);
            }
        }
    }

    /** When the timer of this name runs next. */
    public Optional<Instant> next(String name) {
        return Optional.ofNullable(scheduler.getScheduledJob(name)).map(Trigger::getNextFireTime);
    }

    /** Until {@link #resume} nothing begins. */
    public void pause() {
        scheduler.pause();
    }

    public void resume() {
        scheduler.resume();
    }

    public synchronized List<String> names() {
        return timers.stream().map(Timer::name).toList();
    }

    // when everybody has said what is to be done, and Quarkus' scheduler has started
    synchronized void start(@Observes @Priority(LAST) StartupEvent event) {
        started = true;
        timers.forEach(this::schedule);
        threads.scheduleWithFixedDelay(() -> watch(System.currentTimeMillis()), 0, 1, TimeUnit.SECONDS);
    }

    synchronized void stop(@Observes ShutdownEvent event) {
        stopped = true;
    }

    /** Looks whether this machine's clock was set back since it was looked at last. */
    synchronized void watch(long millis) {
        if (millis < seen - BACK && !stopped) {
            LOG.warnf("this machine's clock was set back by %d s: all timers begin anew", (seen - millis) / 1_000);
            timers.forEach(timer -> scheduler.unscheduleJob(timer.name()));
            timers.forEach(this::schedule);
        }
        seen = millis;
    }

    private void schedule(Timer timer) {
        scheduler
                .newJob(timer.name())
                .setInterval(timer.every())
                .setDelayed(timer.delayed())
                .setConcurrentExecution(Scheduled.ConcurrentExecution.SKIP)
                .setTask(execution -> run(timer))
                .schedule();
    }

    private void run(Timer timer) {
        try {
            timer.act().run();
        } catch (RuntimeException | Error e) {
            // the message may hold personal data: only the class is told
            LOG.warnf(
                    "%s failed with %s, again at the next tick",
                    timer.name(), e.getClass().getName());
            LOG.debug("the failure", e);
        }
    }
}
