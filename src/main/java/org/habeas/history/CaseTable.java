package org.habeas.history;

import java.io.IOException;

/** A table of cases that is written row by row; closing it writes the end. */
interface CaseTable extends CaseRows.Reader, AutoCloseable {
    @Override
    void close() throws IOException;

    /**
     * A text as a spreadsheet may have it: one that would begin a formula gets an apostrophe before it (OWASP, CSV
     * injection).
     */
    static String safe(String text) {
        if (text.isEmpty()) {
            return text;
        }
        return switch (text.charAt(0)) {
            case '=', '+', '-', '@', '\t', '\r' -> "'" + text;
            default -> text;
        };
    }
}
