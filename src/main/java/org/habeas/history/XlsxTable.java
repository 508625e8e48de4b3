package org.habeas.history;

import java.io.IOException;
import java.io.OutputStream;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.jspecify.annotations.Nullable;

/** A workbook that is sent while it is written; times stay text in ISO 8601, as in the other formats. */
final class XlsxTable implements CaseTable {
    private static final int FLUSH = 500;
    private static final int FULL = Worksheet.MAX_ROWS;

    private final Workbook workbook;
    private final int full;
    private Worksheet sheet;
    private int sheets;
    private int next;

    XlsxTable(OutputStream out) throws IOException {
        this(out, FULL);
    }

    XlsxTable(OutputStream out, int full) throws IOException {
        this.workbook = new Workbook(out, "Habeas", "1.0");
        this.full = full;
        this.sheet = sheet();
    }

    @Override
    public void row(@Nullable String[] cells) throws IOException {
        if (next == full) {
            sheet.finish();
            sheet = sheet();
        }
        for (Column column : Column.values()) {
            String cell = cells[column.ordinal()];
            if (cell != null && column.number()) {
                sheet.value(next, column.ordinal(), Long.parseLong(cell));
            } else if (cell != null) {
                sheet.inlineString(next, column.ordinal(), CaseTable.safe(cell));
            }
        }
        if (++next % FLUSH == 0) {
            sheet.flush();
        }
    }

    private Worksheet sheet() {
        Worksheet fresh = workbook.newWorksheet(sheets == 0 ? "history" : "history " + (sheets + 1));
        sheets++;
        for (Column column : Column.values()) {
            fresh.inlineString(0, column.ordinal(), column.title());
        }
        fresh.range(0, 0, 0, Column.values().length - 1).style().bold().set();
        fresh.freezePane(0, 1);
        next = 1;
        return fresh;
    }

    @Override
    public void close() throws IOException {
        workbook.finish();
    }
}
