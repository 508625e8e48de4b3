package org.habeas.work;

import io.quarkus.arc.Arc;
import io.quarkus.arc.ManagedContext;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.configuration.DurationConverter;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.Config;
import org.jboss.logging.Logger;

/**
 * The timers of every replica. They count the time that passes and never ask what time it is, so that a clock that is set
 * back silences none. A timer never runs beside itself; what fails is told in one line and done again at the next tick.
 */
@ApplicationScoped
public class Timers {
    private static final Logger LOG = Logger.getLogger(Timers.class);
    static final String OFF = "off";

    private final ScheduledExecutorService threads;
    private final Config config;
    private final Clock clock;
    private final Map<String, ScheduledFuture<?>> timers = new ConcurrentHashMap<>();
    private volatile boolean paused;
    private volatile boolean stopped;

    Timers(ScheduledExecutorService threads, Config config, Clock clock) {
        this.threads = threads;
        this.config = config;
        this.clock = clock;
    }

    /**
     * Does this one second after the start, and then each time so long after it was done. {@code every} is {@code 10m}, or a
     * setting's name in braces; where that is {@code off} nothing is done.
     */
    public void every(String every, String name, Runnable act) {
        every(every, "1s", name, act);
    }

    /** The same, for the first time after this delay. */
    public void every(String every, String delayed, String name, Runnable act) {
        String between = value(every);
        if (!between.equals(OFF)) {
            timers.put(
                    name,
                    threads.scheduleWithFixedDelay(
                            () -> run(name, act), millis(value(delayed)), millis(between), TimeUnit.MILLISECONDS));
        }
    }

    /** When each timer runs next, by its name. */
    public Map<String, Instant> next() {
        Instant now = clock.instant();
        return timers.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        timer -> now.plusMillis(timer.getValue().getDelay(TimeUnit.MILLISECONDS))));
    }

    /** Until {@link #resume} nothing begins. */
    public void pause() {
        paused = true;
    }

    public void resume() {
        paused = false;
    }

    void stop(@Observes ShutdownEvent event) {
        stopped = true;
        timers.values().forEach(timer -> timer.cancel(false));
    }

    private void run(String name, Runnable act) {
        if (paused || stopped) {
            return;
        }
        ManagedContext context = Arc.container().requestContext();
        context.activate();
        try {
            act.run();
        } catch (RuntimeException | Error e) {
            // the message may hold personal data: only the class is told
            LOG.warnf(
                    "%s failed with %s, again at the next tick",
                    name, e.getClass().getName());
            LOG.debug("the failure", e);
        } finally {
            context.terminate();
        }
    }

    private String value(String text) {
        return text.startsWith("{") ? config.getValue(text.substring(1, text.length() - 1), String.class) : text;
    }

    private static long millis(String text) {
        return DurationConverter.parseDuration(text).toMillis();
    }
}
