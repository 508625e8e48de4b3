package org.habeas.fulfilment;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.habeas.request.RightsRequest;

/**
 * Plans corrections and erasures. Looks at the live data each time, so call it outside a transaction. The same data gives
 * the same digest.
 */
@ApplicationScoped
public class Plans {
    /** The plan as of now; an empty one for rights that change nothing. */
    public Plan of(RightsRequest request) {
        throw new UnsupportedOperationException("not yet");
    }

    /** The first {@code limit} rows that change, old beside new, as of now. */
    public List<Plan.Difference> differences(RightsRequest request, int limit) {
        throw new UnsupportedOperationException("not yet");
    }
}
