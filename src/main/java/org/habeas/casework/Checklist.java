package org.habeas.casework;

import java.util.List;
import java.util.Optional;
import org.habeas.law.Ground;
import org.habeas.law.Grounds;
import org.habeas.problem.Invalid;
import org.jspecify.annotations.Nullable;

/** What a ground asks to be checked, because the organisation has to prove it (Article 12(5)); empty for most grounds. */
record Checklist(List<String> needed) {
    static Checklist of(@Nullable String ground) {
        return new Checklist(Optional.ofNullable(ground)
                .flatMap(Grounds::named)
                .map(Ground::checklist)
                .orElse(List.of()));
    }

    /** All that is needed; Invalid when an officer has not checked the whole of it. */
    List<String> checked(@Nullable List<String> said) {
        if (said == null ? !needed.isEmpty() : !said.containsAll(needed)) {
            throw Invalid.field("checklist", "case_problem_checklist(" + String.join(" | ", needed) + ")");
        }
        return needed;
    }
}
