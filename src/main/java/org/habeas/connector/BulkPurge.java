package org.habeas.connector;

/**
 * Purges all that is due of a collection piece by piece, each a transaction, where nothing has to be judged row by row: the
 * database finds and deletes by itself.
 */
public interface BulkPurge {
    /** Writes down a piece before it is committed: by the receipt it is known afterwards whether that came to pass. */
    interface Witness {
        void sees(String receipt, long rows);
    }

    /**
     * Purges the next piece, if there is one, and says so. Where something went, the witness is called before the commit; if
     * that throws, nothing of the piece went.
     */
    boolean next(Witness witness);

    /** How many rows went with the last piece. */
    long rows();

    /** How many rows are due now. */
    long left();
}
