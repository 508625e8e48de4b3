package org.habeas.audit;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.habeas.work.Timers;
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

    void start(@Observes StartupEvent event, Timers timers) {
        timers.every("1s", "audit.sequence", () -> run("The history waits to be put in order", sequencer::run));
        timers.every("{habeas.checkpoint-every}", "audit.sign", () -> run("The history is not signed", signer::sign));
    }

    void stop(@Observes ShutdownEvent event) {
        stopping = true;
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
