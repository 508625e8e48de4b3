package org.habeas.history;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Locale;
import org.habeas.problem.Invalid;
import org.jspecify.annotations.Nullable;

/** What the request history can be exported as. */
enum Format {
    CSV("text/csv; charset=utf-8") {
        @Override
        CaseTable table(OutputStream out) throws IOException {
            return new CsvTable(out);
        }
    },
    JSONL("application/x-ndjson") {
        @Override
        CaseTable table(OutputStream out) throws IOException {
            return new JsonlTable(out);
        }
    },
    XLSX("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet") {
        @Override
        CaseTable table(OutputStream out) throws IOException {
            return new XlsxTable(out);
        }
    };

    private final String mediaType;

    Format(String mediaType) {
        this.mediaType = mediaType;
    }

    abstract CaseTable table(OutputStream out) throws IOException;

    String mediaType() {
        return mediaType;
    }

    /** The name on the wire and the ending of the file. */
    String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The format of this name; CSV where none is named. */
    static Format of(@Nullable String code) {
        if (code == null || code.isBlank()) {
            return CSV;
        }
        return Arrays.stream(values())
                .filter(format -> format.code().equals(code))
                .findFirst()
                .orElseThrow(() -> Invalid.field("format", "history_choice(csv · jsonl · xlsx)"));
    }
}
