package org.habeas.casework;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.habeas.datamap.DataMap;
import org.habeas.law.Assurance;
import org.habeas.problem.NotPossible;
import org.habeas.request.RightsRequest;

/** How strongly identity must be proven before a right is fulfilled: as the organisation says, or else the regime. */
@ApplicationScoped
class Proofs {
    private final DataMap map;

    Proofs(DataMap map) {
        this.map = map;
    }

    Assurance needed(RightsRequest request) {
        return Optional.ofNullable(
                        map.organisation().assurance().get(request.right().code()))
                .flatMap(asked -> Assurance.of(asked.split(":", 2)[0]))
                .orElseGet(() -> request.law().proofFor(request.right()));
    }

    boolean enough(RightsRequest request) {
        return request.assurance().satisfies(needed(request));
    }

    void mustBeEnough(RightsRequest request) {
        if (!enough(request)) {
            throw new NotPossible("case_problem_assurance(" + needed(request).code() + ")");
        }
    }
}
