package org.habeas.retention;

import java.time.Instant;

/**
 * The portal's own records are past their time (organisation.yml, {@code own_records}). Fired again and again; whoever keeps
 * such records lets go of those of cases closed before then, unless a hold stands.
 */
public record OwnRecordsDue(What what, Instant closedBefore) {
    public enum What {
        /** Everything that lies under a closed case's key, and the key. */
        DETAILS,
        /** What is left of a closed case. */
        RECORDS,
        /** Which account stands behind a pseudonym of the history; {@code closedBefore} is its last act. */
        STAFF
    }
}
