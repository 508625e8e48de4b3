package org.habeas.audit;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jboss.logging.Logger;

/** The ledger's timers. What fails is tried again at the next tick, and told in one line. */
@ApplicationScoped
class AuditJobs {
    private static final Logger LOG = Logger.getLogger(AuditJobs.class);

    private final Sequencer sequencer;
    private final Signer signer;
    private volatile boolean stopping;

    AuditJobs(Sequencer sequencer, Signer signer) {
        this.sequencer = sequencer;
        this.signer = signer;
    }

    void stop(@Observes ShutdownEvent event) {
        stopping = true;
    }

    @Scheduled(identity = "history-sequence", every = "1s", concurrentExecution = ConcurrentExecution.SKIP)
    void sequence() {
        run("The history waits to be put in order", sequencer::run);
    }

    @Scheduled(
            identity = "history-checkpoint",
            every = "{habeas.checkpoint-every}",
            concurrentExecution = ConcurrentExecution.SKIP)
    void sign() {
        run("The history is not signed", signer::sign);
    }

    private void run(String failure, Runnable task) {
        try {
            if (!stopping) {
                task.run();
            }
        } catch (RuntimeException e) {
            if (!stopping) {
                Throwable cause = e;
                while (cause.getCause() != null) {
                    cause = cause.getCause();
                }
                LOG.error(failure + ": " + cause.getMessage());
            }
        }
    }
}
