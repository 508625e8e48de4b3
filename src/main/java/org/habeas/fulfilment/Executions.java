package org.habeas.fulfilment;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.UUID;

/** The ledger of steps, read. */
@ApplicationScoped
public class Executions {
    private final StepLedger ledger;

    Executions(StepLedger ledger) {
        this.ledger = ledger;
    }

    /** The execution of a request, if one was ordered and planned. */
    public Optional<Execution> of(UUID request) {
        return ledger.state(request)
                .map(s -> new Execution(request, ledger.stages(request), ledger.kept(request), s.remaining()));
    }
}
