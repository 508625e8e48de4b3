package org.habeas.casework;

import java.nio.charset.StandardCharsets;
import org.habeas.problem.Invalid;

/** A cursor as it comes back from a caller: ours, or refused as invalid. A target of Jazzer. */
public final class CursorFuzz {
    private CursorFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        for (Sort sort : Sort.values()) {
            try {
                // the keyed hash is of this length; one that is guessed gets in, so that what comes after it is read
                // too
                Cursor.read(text, sort, plain -> "0123456789012345678901");
            } catch (Invalid e) {
                // what a caller is told
            }
        }
    }
}
