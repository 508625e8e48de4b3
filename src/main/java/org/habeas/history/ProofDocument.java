package org.habeas.history;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.habeas.audit.CaseProofs;
import org.habeas.audit.Hash;
import org.jspecify.annotations.Nullable;

/** The proof of one case as it is handed out, {@code habeas-proof/1} (docs/history-format.md). */
record ProofDocument(
        String format, String reference, String checkpoint, String publicKey, List<Entry> entries, long waiting) {
    private static final String FORMAT = "habeas-proof/1";

    /** One entry: {@code details} is none, sealed or shredded, and then under which rule. */
    record Entry(
            long index,
            String entry,
            List<String> path,
            String details,
            @Nullable Instant shreddedAt,
            @Nullable String shreddedUnder) {
        private static Entry of(CaseProofs.ProvenEntry entry) {
            return new Entry(
                    entry.proof().index(),
                    entry.entry(),
                    entry.proof().path().stream().map(Hash::base64).toList(),
                    entry.details().name().toLowerCase(Locale.ROOT),
                    entry.shreddedAt().orElse(null),
                    entry.shreddedUnder().orElse(null));
        }
    }

    static ProofDocument of(String reference, CaseProofs.CaseProof proof) {
        return new ProofDocument(
                FORMAT,
                reference,
                proof.head().note().toString(),
                proof.head().key().toString(),
                proof.entries().stream().map(Entry::of).toList(),
                proof.waiting());
    }
}
