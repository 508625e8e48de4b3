package org.habeas.retention;

import java.util.UUID;

/** What an erasure had to keep is gone now: so many rows of the person behind this request. Fired in the transaction. */
public record ObligationMet(UUID request, String system, String collection, String rule, int rows) {}
