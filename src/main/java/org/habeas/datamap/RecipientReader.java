package org.habeas.datamap;

import java.util.List;
import java.util.Optional;

/** Reads somebody who receives data: a name alone, or a mapping that says more. */
final class RecipientReader {
    private RecipientReader() {}

    static Optional<SystemEntry.Recipient> read(Part entry) {
        Part name = entry.isText() ? entry : entry.get("name");
        name.required();
        boolean whole = entry.isMapping();
        if (whole) {
            entry.onlyKnows(List.of("name", "country", "safeguard", "contact", "purpose"));
        }
        return name.text()
                .map(who -> new SystemEntry.Recipient(
                        who,
                        whole ? entry.get("country").text() : Optional.empty(),
                        whole ? entry.get("safeguard").text() : Optional.empty(),
                        whole ? entry.get("contact").text() : Optional.empty(),
                        whole ? entry.get("purpose").text() : Optional.empty()));
    }
}
