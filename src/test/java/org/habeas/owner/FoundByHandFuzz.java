package org.habeas.owner;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.habeas.problem.Invalid;
import org.habeas.problem.TooLarge;

/** Rows that somebody uploads, as JSON or CSV: read, or refused as invalid. A target of Jazzer. */
public final class FoundByHandFuzz {
    private FoundByHandFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        try {
            Map<String, List<Map<String, Object>>> rows =
                    FoundByHand.rows("letters", new String(input, StandardCharsets.UTF_8));
            rows.values()
                    .forEach(list -> list.forEach(row -> {
                        if (row.containsKey(null)) {
                            throw new IllegalStateException("a field without a name");
                        }
                    }));
        } catch (Invalid | TooLarge e) {
            // what a caller is told
        }
    }
}
