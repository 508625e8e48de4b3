package org.habeas;

import io.quarkus.runtime.Quarkus;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.flywaydb.core.api.FlywayException;
import org.habeas.problem.StartFailure;

/** One run of the portal: settings checked, an own database where none is named, Quarkus until it is told to stop. */
final class Portal {
    private static final int SECONDS_TO_STOP = 40;

    private Portal() {}

    /** Runs until the process is told to stop; the exit code. */
    static int run() {
        StartPlan plan = StartPlan.of(Settings.ofThisProcess());
        CountDownLatch stopped = new CountDownLatch(1);
        Thread hook = new Thread(() -> await(stopped), "wait for the database to stop");
        Runtime.getRuntime().addShutdownHook(hook);
        try (Surroundings surroundings = Surroundings.prepare(plan)) {
            return quarkus(surroundings);
        } finally {
            stopped.countDown();
            removeHook(hook);
        }
    }

    private static int quarkus(Surroundings surroundings) {
        AtomicReference<Throwable> failure = new AtomicReference<>();
        AtomicReference<Integer> code = new AtomicReference<>(0);
        Greeting.is(surroundings.greeting());
        Quarkus.run(Greeting.class, (exitCode, thrown) -> {
            code.set(exitCode);
            failure.set(thrown);
        });
        if (failure.get() != null) {
            throw explained(failure.get());
        }
        return code.get();
    }

    /** What a feature says on purpose while starting is told as it is; the rest is a fault and shows its trace. */
    private static RuntimeException explained(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof StartFailure told) {
                return told;
            }
            if (cause instanceof FlywayException told) {
                return new StartFailure("The portal's own database cannot be brought up to date: "
                        + told.getMessage().replaceAll("\\s*\\R\\s*", " "));
            }
        }
        return new IllegalStateException("The portal could not start", failure);
    }

    /** On a signal the process lives on until the portal and then its database have stopped. */
    private static void await(CountDownLatch stopped) {
        try {
            stopped.await(SECONDS_TO_STOP, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void removeHook(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // the process is already stopping
        }
    }
}
