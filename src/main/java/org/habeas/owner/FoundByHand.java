package org.habeas.owner;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.habeas.problem.Invalid;
import org.habeas.problem.TooLarge;

/** Rows that an owner typed, pasted or uploaded: JSON (a collection's name with its rows), or CSV with a line of names. */
final class FoundByHand {
    private static final int MOST_ROWS = 20_000;

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private FoundByHand() {}

    static Map<String, List<Map<String, Object>>> rows(String collection, String text) {
        String given = text == null ? "" : text.strip();
        if (given.isEmpty()) {
            throw Invalid.field("rows", "problem_text_required");
        }
        Map<String, List<Map<String, Object>>> rows =
                given.startsWith("{") ? json(given) : Map.of(name(collection), csv(given));
        long count = rows.values().stream().mapToLong(List::size).sum();
        if (count > MOST_ROWS) {
            throw new TooLarge("owner_many(" + MOST_ROWS + ")");
        }
        if (count == 0) {
            throw Invalid.field("rows", "owner_no_rows");
        }
        return rows;
    }

    private static Map<String, List<Map<String, Object>>> json(String text) {
        try {
            Map<String, List<Map<String, Object>>> rows = JSON.readValue(text, new TypeReference<>() {});
            if (rows.values().stream()
                    .anyMatch(list -> list == null || list.stream().anyMatch(Objects::isNull))) {
                throw Invalid.field("rows", "owner_json");
            }
            return rows;
        } catch (JsonProcessingException e) {
            throw Invalid.field("rows", "owner_json");
        }
    }

    private static List<Map<String, Object>> csv(String text) {
        String head = text.lines().findFirst().orElse("");
        char delimiter = head.indexOf(';') >= 0 && head.indexOf(',') < 0 ? ';' : ',';
        CSVFormat format = CSVFormat.RFC4180
                .builder()
                .setDelimiter(delimiter)
                .setHeader()
                .setSkipHeaderRecord(true)
                .setIgnoreEmptyLines(true)
                .get();
        try (var parser = format.parse(new StringReader(text))) {
            List<Map<String, Object>> rows = new ArrayList<>();
            for (CSVRecord line : parser) {
                if (!line.isConsistent()) {
                    throw Invalid.field("rows", "owner_csv_line(" + line.getRecordNumber() + ")");
                }
                rows.add(new LinkedHashMap<>(line.toMap()));
            }
            return rows;
        } catch (CSVException | java.io.UncheckedIOException | IllegalArgumentException e) {
            throw Invalid.field("rows", "owner_csv");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String name(String collection) {
        if (collection == null || !collection.matches("[\\p{L}\\p{N}_ .-]{1,100}")) {
            throw Invalid.field("collection", "problem_text_required");
        }
        return collection;
    }
}
