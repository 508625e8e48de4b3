package org.habeas.audit;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Lines as bytes, without their newlines and without a copy of each, so that a million of them cost next to nothing. */
final class LineReader {
    private static final int LONGEST = 1 << 20;

    private final InputStream in;
    private byte[] buffer = new byte[1 << 16];
    private int start;
    private int end;
    private int filled;
    private int following;

    LineReader(InputStream in) {
        this.in = in;
    }

    /** Moves to the next line; false at the end. A last line that no newline ends is {@link Malformed}. */
    boolean next() throws IOException {
        start = following;
        int scan = start;
        while (true) {
            for (; scan < filled; scan++) {
                if (buffer[scan] == '\n') {
                    end = scan;
                    following = scan + 1;
                    return true;
                }
            }
            scan -= start;
            if (!fill()) {
                following = start;
                if (start < filled) {
                    throw new Malformed("its last line does not end with a newline");
                }
                return false;
            }
        }
    }

    byte[] buffer() {
        return buffer;
    }

    int start() {
        return start;
    }

    int length() {
        return end - start;
    }

    byte[] line() {
        return Arrays.copyOfRange(buffer, start, end);
    }

    /** Moves what is left of the line to the front and reads on behind it; false at the end of the file. */
    private boolean fill() throws IOException {
        System.arraycopy(buffer, start, buffer, 0, filled - start);
        filled -= start;
        start = 0;
        if (filled == buffer.length) {
            if (filled >= LONGEST) {
                throw new Malformed("it has a line longer than " + LONGEST + " bytes");
            }
            buffer = Arrays.copyOf(buffer, buffer.length * 2);
        }
        int read = in.read(buffer, filled, buffer.length - filled);
        filled += Math.max(read, 0);
        return read >= 0;
    }
}
