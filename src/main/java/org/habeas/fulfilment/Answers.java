package org.habeas.fulfilment;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Map;
import org.habeas.actor.Actor;
import org.habeas.request.RightsRequest;

/** What people say in place of a system: that it is left out and why, or what its owner found in it by hand. */
@ApplicationScoped
@Transactional
public class Answers {
    /** Leaves a system out of the answer, with a reason; NotPossible once it has answered or the case is decided. */
    public void waive(RightsRequest request, String system, String reason, Actor officer) {
        throw new UnsupportedOperationException("not yet");
    }

    /** The answer of a system that a person keeps; {@code collections} is empty when nothing was found. */
    public void answer(
            RightsRequest request, String system, Map<String, List<Map<String, Object>>> collections, Actor by) {
        throw new UnsupportedOperationException("not yet");
    }

    /** The owner of a system kept by hand says that what was asked of her in an execution is done. */
    public void confirm(RightsRequest request, String system, Actor by) {
        throw new UnsupportedOperationException("not yet");
    }
}
