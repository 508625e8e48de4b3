package org.habeas.audit;

import java.nio.charset.StandardCharsets;

/** Signed notes, checkpoints and verifier keys as an auditor's verifier reads them: read, or malformed. A target of Jazzer. */
public final class SignedNoteFuzz {
    private SignedNoteFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        try {
            SignedNote note = SignedNote.parse(input);
            if (!note.text().endsWith("\n")) {
                throw new IllegalStateException("a text without its last newline");
            }
            Checkpoint.parse(note);
        } catch (Malformed e) {
            // what the reader is told
        }
        try {
            VerifierKey.parse(new String(input, StandardCharsets.UTF_8));
        } catch (Malformed e) {
            // what the reader is told
        }
    }
}
