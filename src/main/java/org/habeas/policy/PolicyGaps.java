package org.habeas.policy;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.habeas.datamap.DataMap;
import org.habeas.datamap.Finding;
import org.habeas.words.Words;

/** The gaps between the data map and the policy in force; as long as none is published, the one beside the map. */
@ApplicationScoped
class PolicyGaps {
    private final Policies policies;
    private final PublicPolicy beside;
    private final DataMap map;

    PolicyGaps(Policies policies, PublicPolicy beside, DataMap map) {
        this.policies = policies;
        this.beside = beside;
        this.map = map;
    }

    List<Finding> now() {
        Promises promises = policies.inForce().map(PolicyVersion::promises).orElseGet(this::promisedBeside);
        return Gaps.between(map, promises);
    }

    private Promises promisedBeside() {
        return Words.languages().stream()
                .flatMap(language -> beside.besideFile(language).stream())
                .flatMap(file -> file.promises().stream())
                .findFirst()
                .orElse(Promises.none());
    }
}
