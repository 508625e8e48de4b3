package org.habeas.history;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** One JSON object a line, every column in it, nothing changed: what went in comes out. */
final class JsonlTable implements CaseTable {
    private final JsonGenerator json;

    JsonlTable(OutputStream out) throws IOException {
        json = new JsonFactory().createGenerator(out);
        json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
        json.setPrettyPrinter(new MinimalPrettyPrinter(""));
    }

    @Override
    public void row(@Nullable String[] cells) throws IOException {
        json.writeStartObject();
        for (Column column : Column.values()) {
            String cell = cells[column.ordinal()];
            json.writeFieldName(column.title());
            if (cell == null) {
                json.writeNull();
            } else if (column.number()) {
                json.writeNumber(Long.parseLong(cell));
            } else {
                json.writeString(cell);
            }
        }
        json.writeEndObject();
        json.writeRaw('\n');
    }

    @Override
    public void close() throws IOException {
        json.close();
    }
}
