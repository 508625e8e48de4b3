package org.habeas.audit;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import org.jboss.logging.Logger;

/** The ledger's timers. */
class AuditJobs {
    private static final Logger LOG = Logger.getLogger(AuditJobs.class);

    private final Sequencer sequencer;
    private final Signer signer;

    AuditJobs(Sequencer sequencer, Signer signer) {
        this.sequencer = sequencer;
        this.signer = signer;
    }

    @Scheduled(identity = "history-sequence", every = "1s", concurrentExecution = ConcurrentExecution.SKIP)
    void sequence() {
        sequencer.run();
    }

    @Scheduled(
            identity = "history-checkpoint",
            every = "{habeas.checkpoint-every}",
            concurrentExecution = ConcurrentExecution.SKIP)
    void sign() {
        try {
            signer.sign();
        } catch (Heads.Contradiction e) {
            LOG.error("The history is not signed any more: " + e.getMessage());
        }
    }
}
