package org.habeas.fulfilment;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.UUID;

/** The ledger of steps, read. */
@ApplicationScoped
public class Executions {
    /** The execution of a request, if one was ordered and planned. */
    public Optional<Execution> of(UUID request) {
        throw new UnsupportedOperationException("not yet");
    }
}
