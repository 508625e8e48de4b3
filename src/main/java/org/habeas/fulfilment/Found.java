package org.habeas.fulfilment;

import org.habeas.connector.Row;

/** A row that a search found: {@code copy} counts equal rows of a table without a primary key, from 0. */
record Found(Row row, int copy, Standing standing) {
    Found as(Standing other) {
        return new Found(row, copy, other);
    }

    @Override
    public String toString() {
        return "Found[" + standing + "]";
    }
}
