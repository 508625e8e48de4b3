package org.habeas.delivery;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import org.habeas.fulfilment.Findings.FoundSystem;

/**
 * {@code data.json}: system, collection, rows, fields. Numbers keep every digit, a null is null, and what the map knows by
 * a dotted path is an object within an object.
 */
final class DataFile {
    private static final JsonFactory JSON = new JsonFactory();
    private static final int LONGEST_SCALE = 400;

    private final Contents contents;

    DataFile(Contents contents) {
        this.contents = contents;
    }

    void writeTo(OutputStream out) throws IOException {
        try (JsonGenerator json = JSON.createGenerator(out, JsonEncoding.UTF8)) {
            json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            json.writeStartObject();
            json.writeStringField("format", AnswerPackage.FORMAT);
            json.writeStringField("reference", contents.reference().text());
            json.writeStringField("generated_at", contents.generatedAt().toString());
            json.writeObjectFieldStart("systems");
            for (FoundSystem system : contents.holding()) {
                system(json, system);
            }
            json.writeEndObject();
            json.writeEndObject();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private void system(JsonGenerator json, FoundSystem system) throws IOException {
        json.writeObjectFieldStart(system.system());
        for (Contents.Part part : contents.parts(system)) {
            json.writeArrayFieldStart(part.name());
            contents.rows().each(system.system(), part.name(), row -> {
                try {
                    json.writeRaw('\n');
                    value(json, nested(row));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    /** {@code address.city} becomes {@code {"address": {"city": …}}}, unless something else stands at {@code address}. */
    static Map<String, Object> nested(Map<String, Object> row) {
        if (row.keySet().stream().noneMatch(field -> field.indexOf('.') > 0)) {
            return row;
        }
        Map<String, Object> nested = new LinkedHashMap<>();
        row.forEach((field, value) -> {
            String root = field.split("\\.", 2)[0];
            boolean taken = row.containsKey(root) && !(row.get(root) instanceof Map<?, ?>);
            if (field.indexOf('.') > 0 && !taken && placed(nested, field, value)) {
                return;
            }
            if (value instanceof Map<?, ?> map && nested.get(field) instanceof Map<?, ?>) {
                copy(map).forEach((key, item) -> placed(nested, field + "." + key, item));
            } else {
                nested.put(field, value instanceof Map<?, ?> map ? copy(map) : value);
            }
        });
        return nested;
    }

    private static boolean placed(Map<String, Object> into, String path, Object value) {
        int dot = path.indexOf('.');
        if (dot < 0) {
            into.put(path, value);
            return true;
        }
        Object below = into.computeIfAbsent(path.substring(0, dot), key -> new LinkedHashMap<String, Object>());
        if (!(below instanceof LinkedHashMap<?, ?>)) {
            return false;
        }
        @SuppressWarnings("unchecked")
        Map<String, Object> map = (Map<String, Object>) below;
        return placed(map, path.substring(dot + 1), value);
    }

    private static Map<String, Object> copy(Map<?, ?> map) {
        Map<String, Object> copy = new LinkedHashMap<>();
        map.forEach((key, value) -> copy.put(String.valueOf(key), value instanceof Map<?, ?> m ? copy(m) : value));
        return copy;
    }

    /** A list or object as one line of JSON. */
    static String text(Object value) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            value(json, value);
        }
        return text.toString();
    }

    private static void value(JsonGenerator json, Object value) throws IOException {
        if (value instanceof Map<?, ?> map) {
            json.writeStartObject();
            for (var entry : map.entrySet()) {
                json.writeFieldName(String.valueOf(entry.getKey()));
                value(json, entry.getValue());
            }
            json.writeEndObject();
        } else if (value instanceof Iterable<?> list) {
            json.writeStartArray();
            for (Object item : list) {
                value(json, item);
            }
            json.writeEndArray();
        } else if (value == null) {
            json.writeNull();
        } else if (value instanceof Boolean truth) {
            json.writeBoolean(truth);
        } else if (value instanceof Number number) {
            number(json, number);
        } else {
            json.writeString(value.toString());
        }
    }

    private static void number(JsonGenerator json, Number number) throws IOException {
        String text = digits(number);
        if (text.equals("NaN") || text.endsWith("Infinity")) {
            json.writeString(text);
        } else {
            json.writeNumber(text);
        }
    }

    /** Every digit, without an exponent as long as that is not absurd. */
    static String digits(Number number) {
        return number instanceof BigDecimal exact && Math.abs(exact.scale()) <= LONGEST_SCALE
                ? exact.toPlainString()
                : number.toString();
    }
}
