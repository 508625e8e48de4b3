package org.habeas.fulfilment;

import java.util.List;
import org.habeas.connector.Batch;

/** One step: batches that belong into one transaction, mostly one. Rows done by hand are for their owner. */
record Step(String system, String collection, Plan.Action action, boolean preparing, List<Batch> batches) {
    int rows() {
        return batches.stream().mapToInt(Batch::rows).sum();
    }
}
