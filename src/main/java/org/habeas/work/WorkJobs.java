package org.habeas.work;

import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.common.runtime.util.SchedulerUtils;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * The alarm clock of every replica: claims what is due and does it on a few threads. It looks at every tick, and at once when
 * this replica has added work or has a thread free again.
 */
@ApplicationScoped
class WorkJobs {
    private static final Logger LOG = Logger.getLogger(WorkJobs.class);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(10);

    private final Worklist worklist;
    private final Map<String, WorkHandler> handlers;
    private final Semaphore free;
    private final ExecutorService threads;
    // one look under way and one to come are enough, however many reasons there are
    private final ExecutorService looks = new ThreadPoolExecutor(
            1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(1), new ThreadPoolExecutor.DiscardPolicy());
    private final boolean off;
    private volatile boolean stopping;

    WorkJobs(
            Worklist worklist,
            @All List<WorkHandler> handlers,
            @ConfigProperty(name = "habeas.work-every") String every,
            @ConfigProperty(name = "habeas.work-threads", defaultValue = "4") int threads) {
        this.worklist = worklist;
        this.handlers = handlers.stream().collect(Collectors.toMap(WorkHandler::kind, Function.identity()));
        this.off = SchedulerUtils.isOff(every);
        this.free = new Semaphore(threads);
        this.threads = Executors.newFixedThreadPool(threads);
    }

    void start(@Observes StartupEvent event, Timers timers) {
        timers.every("{habeas.work-every}", "work.round", this::round);
        timers.every("1m", "work.set-right", worklist::setRight);
    }

    void round() {
        while (!stopping && claimed() > 0) {
            // as long as something is due and a thread is free
        }
    }

    void added(@Observes(during = TransactionPhase.AFTER_SUCCESS) Worklist.Added added) {
        look();
    }

    private void look() {
        if (!off) {
            looks.execute(this::lookNow);
        }
    }

    private void lookNow() {
        try {
            round();
        } catch (RuntimeException e) {
            LOG.warnf(
                    "looking for work failed with %s, again at the next tick",
                    e.getClass().getName());
        }
    }

    private int claimed() {
        int most = free.drainPermits();
        if (most == 0) {
            return 0;
        }
        List<Lease> leases = List.of();
        try {
            leases = worklist.claim(handlers, most);
            return leases.size();
        } finally {
            free.release(most - leases.size());
            leases.forEach(lease -> threads.execute(() -> doNow(lease)));
        }
    }

    private void doNow(Lease lease) {
        try {
            if (lease.handler().work(lease) instanceof WorkHandler.Result.Later later) {
                worklist.later(lease, later.delay());
            } else {
                worklist.done(lease);
            }
        } catch (Lease.Lost e) {
            LOG.debugf("%s was taken over", lease.handler().kind());
        } catch (Exception e) {
            Duration wait = backoff(lease.attempt());
            // the message may hold personal data of a foreign system: only the class is told
            LOG.warnf(
                    "%s failed with %s, again in %s",
                    lease.handler().kind(), e.getClass().getName(), wait);
            LOG.debug("the failure", e);
            worklist.failed(lease, wait);
        } finally {
            free.release();
            look();
        }
    }

    private static Duration backoff(int attempt) {
        Duration wait = Duration.ofSeconds(1L << Math.min(attempt - 1, 10));
        return wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        stopping = true;
        looks.shutdownNow();
        threads.shutdown();
        if (!threads.awaitTermination(10, TimeUnit.SECONDS)) {
            threads.shutdownNow();
        }
    }
}
