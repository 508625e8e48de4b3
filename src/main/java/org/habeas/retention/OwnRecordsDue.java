package org.habeas.retention;

import java.time.Instant;

/**
 * The portal's own records are past their time (organisation.yml, {@code own_records}). Fired again and again; whoever keeps
 * such records lets go of those of cases closed before then, unless a hold stands.
 */
public record OwnRecordsDue(What what, Instant closedBefore) {
    public enum What {
        /** What was found for a closed case and what was done with it, and their key. */
        FINDINGS,
        /** What showed who asked, and its key. */
        EVIDENCE,
        /** All else that a closed case holds of the person, and its key: never before the two above. */
        MESSAGES,
        /** What is left of a closed case. */
        RECORDS,
        /** Which account stands behind a pseudonym of the history; {@code closedBefore} is its last act. */
        STAFF
    }
}
