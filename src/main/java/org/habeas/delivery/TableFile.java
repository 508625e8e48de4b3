package org.habeas.delivery;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.QuoteMode;

/**
 * {@code csv/SYSTEM.COLLECTION.csv} (RFC 4180, UTF-8): the rows of {@code data.json}, with nothing in it that a spreadsheet
 * takes for a formula. A number is no formula; text that could be one, also after a separator of another country's
 * spreadsheets, gets an apostrophe.
 */
final class TableFile {
    private static final CSVFormat FORMAT = CSVFormat.RFC4180
            .builder()
            .setQuoteMode(QuoteMode.ALL_NON_NULL)
            .setRecordSeparator("\r\n")
            .get();

    /** The signs that begin a formula, in their wide forms too, behind whatever a spreadsheet trims away. */
    private static final Pattern FORMULA =
            Pattern.compile("(^|[;\\t\\n\\r|])([\\s\\p{Z}\\p{Cc}\\p{Cf}\"']*)([=+\\-@＝＋－＠−])");

    private final Contents contents;
    private final Contents.Part part;

    TableFile(Contents contents, Contents.Part part) {
        this.contents = contents;
        this.part = part;
    }

    void writeTo(OutputStream out) throws IOException {
        List<String> fields = contents.fields(part);
        CSVPrinter csv = new CSVPrinter(new OutputStreamWriter(out, StandardCharsets.UTF_8), FORMAT);
        csv.printRecord(fields.stream().map(TableFile::harmless).toList());
        try {
            contents.rows().each(part.system().system(), part.name(), row -> print(csv, fields, row));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        csv.flush();
    }

    private static void print(CSVPrinter csv, List<String> fields, Map<String, Object> row) {
        try {
            for (String field : fields) {
                csv.print(cell(row.get(field)));
            }
            csv.println();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String cell(Object value) throws IOException {
        if (value == null) {
            return null;
        } else if (value instanceof Number number) {
            return DataFile.digits(number);
        } else if (value instanceof Map<?, ?> || value instanceof Iterable<?>) {
            return harmless(DataFile.text(value));
        }
        return harmless(value.toString());
    }

    static String harmless(String text) {
        String first = text.startsWith("\t") || text.startsWith("\r") || text.startsWith("\n") ? "'" + text : text;
        return FORMULA.matcher(first).replaceAll("$1$2'$3");
    }
}
