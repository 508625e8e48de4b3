package org.habeas.history;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;

/** CSV after RFC 4180 in UTF-8, safe to open in a spreadsheet. */
final class CsvTable implements CaseTable {
    private final CSVPrinter csv;

    CsvTable(OutputStream out) throws IOException {
        csv = new CSVPrinter(
                new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), 1 << 16), CSVFormat.RFC4180);
        csv.printRecord(Arrays.stream(Column.values()).map(Column::title));
    }

    @Override
    public void row(@Nullable String[] cells) throws IOException {
        for (String cell : cells) {
            csv.print(cell == null ? "" : CaseTable.safe(cell));
        }
        csv.println();
    }

    @Override
    public void close() throws IOException {
        csv.flush();
    }
}
