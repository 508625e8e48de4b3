package org.habeas.connector;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Values as connectors speak them: what JSON can hold, numbers without loss. */
public final class Values {
    /** Reads and writes such values; a number keeps all its digits. */
    public static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();

    private Values() {}

    /** Parses a JSON text; empty text is null. */
    public static Object parse(String json) {
        try {
            return json == null ? null : plain(JSON.readValue(json, Object.class));
        } catch (JsonProcessingException e) {
            return json;
        }
    }

    public static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not a plain value");
        }
    }

    /** The same value in the types that this interface promises. */
    public static Object plain(Object value) {
        if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return ((Number) value).longValue();
        }
        if (value instanceof BigInteger big) {
            return big.bitLength() < 64 ? (Object) big.longValue() : new BigDecimal(big);
        }
        if (value instanceof Double || value instanceof Float) {
            return number(value.toString());
        }
        if (value instanceof List<?> list) {
            return list.stream().map(Values::plain).collect(java.util.stream.Collectors.toList());
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> plain = new LinkedHashMap<>();
            map.forEach((k, v) -> plain.put(k.toString(), plain(v)));
            return plain;
        }
        return value;
    }

    /** Not-a-number and the infinities have no number in JSON: they stay words. */
    private static Object number(String text) {
        char last = text.charAt(text.length() - 1);
        return last == 'N' || last == 'y' ? text : new BigDecimal(text);
    }

    /** Whether two values are equal; numbers by their value, maps without regard to order. */
    public static boolean same(Object a, Object b) {
        if (a instanceof Number x && b instanceof Number y) {
            return decimal(x).compareTo(decimal(y)) == 0;
        }
        if (a instanceof List<?> x && b instanceof List<?> y) {
            Iterator<?> other = y.iterator();
            return x.size() == y.size() && x.stream().allMatch(v -> same(v, other.next()));
        }
        if (a instanceof Map<?, ?> x && b instanceof Map<?, ?> y) {
            return x.keySet().equals(y.keySet()) && x.keySet().stream().allMatch(k -> same(x.get(k), y.get(k)));
        }
        return java.util.Objects.equals(a, b);
    }

    /** A text that two values share exactly when they are the {@link #same}: for digests. */
    public static String canonical(Object value) {
        if (value instanceof Number number) {
            BigDecimal decimal = decimal(number);
            return "n"
                    + (decimal.signum() == 0
                            ? "0"
                            : decimal.stripTrailingZeros().toPlainString());
        }
        if (value instanceof List<?> list) {
            StringBuilder text = new StringBuilder("[");
            list.forEach(v -> append(text, canonical(v)));
            return text.append(']').toString();
        }
        if (value instanceof Map<?, ?> map) {
            StringBuilder text = new StringBuilder("{");
            Map<String, Object> sorted = new TreeMap<>();
            map.forEach((k, v) -> sorted.put(k.toString(), v));
            sorted.forEach((k, v) -> {
                append(text, k);
                append(text, canonical(v));
            });
            return text.append('}').toString();
        }
        return value == null ? "0" : value instanceof Boolean ? "b" + value : "s" + value;
    }

    private static void append(StringBuilder text, String part) {
        text.append(part.length()).append(':').append(part);
    }

    public static BigDecimal decimal(Number number) {
        return number instanceof BigDecimal big ? big : BigDecimal.valueOf(number.longValue());
    }

    /** What a value looks like as text: a number as short as it can be and as it was written. */
    public static List<String> texts(Object value) {
        if (value instanceof BigDecimal big) {
            String written = big.toPlainString();
            String brief = big.signum() == 0 ? "0" : big.stripTrailingZeros().toPlainString();
            return written.equals(brief) ? List.of(brief) : List.of(brief, written);
        }
        return value == null || value instanceof List || value instanceof Map ? List.of() : List.of(value.toString());
    }
}
