package org.habeas.fulfilment;

/** A set of rows in about thirty bytes each: a million rows are found once with little heap. Not for several threads. */
final class RowSet {
    private long[] slots = new long[2 * 64];
    private int size;
    private boolean zero;

    int size() {
        return size + (zero ? 1 : 0);
    }

    boolean contains(RowHash row) {
        if (row.high() == 0 && row.low() == 0) {
            return zero;
        }
        int at = slot(slots, row.high(), row.low());
        return slots[at] != 0 || slots[at + 1] != 0;
    }

    /** Whether it was not there before. */
    boolean add(RowHash row) {
        if (row.high() == 0 && row.low() == 0) {
            boolean before = zero;
            zero = true;
            return !before;
        }
        int at = slot(slots, row.high(), row.low());
        if (slots[at] != 0 || slots[at + 1] != 0) {
            return false;
        }
        slots[at] = row.high();
        slots[at + 1] = row.low();
        if (++size > slots.length / 3) {
            grow();
        }
        return true;
    }

    private void grow() {
        long[] larger = new long[slots.length * 2];
        for (int i = 0; i < slots.length; i += 2) {
            if (slots[i] != 0 || slots[i + 1] != 0) {
                int at = slot(larger, slots[i], slots[i + 1]);
                larger[at] = slots[i];
                larger[at + 1] = slots[i + 1];
            }
        }
        slots = larger;
    }

    /** Where it is or would be: the hash is random enough to be the place. */
    private static int slot(long[] slots, long high, long low) {
        int mask = slots.length / 2 - 1;
        int at = (int) low & mask;
        while ((slots[2 * at] != 0 || slots[2 * at + 1] != 0) && (slots[2 * at] != high || slots[2 * at + 1] != low)) {
            at = at + 1 & mask;
        }
        return 2 * at;
    }
}
