package org.habeas.policy;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * One version of the privacy policy: a draft as long as it has no number, then published and never changed. {@code validFrom}
 * is a day in the organisation's zone; {@code digest} covers all that a reader is shown.
 */
public record PolicyVersion(
        UUID id,
        Optional<Integer> number,
        Use use,
        LocalDate validFrom,
        Map<String, PolicyText> texts,
        Promises promises,
        String digest,
        String draftedBy,
        Instant draftedAt,
        Optional<String> approvedBy,
        Optional<Instant> approvedAt) {

    public boolean published() {
        return number.isPresent();
    }

    /** The number, or 0 for a draft: for templates. */
    public int shownNumber() {
        return number.orElse(0);
    }

    /** The language that a reader of this one gets: her own, else the first there is. */
    public String languageFor(String wanted) {
        return texts.containsKey(wanted) ? wanted : texts.keySet().iterator().next();
    }

    public PolicyText text(String language) {
        return texts.get(languageFor(language));
    }

    public List<String> languages() {
        return List.copyOf(texts.keySet());
    }
}
