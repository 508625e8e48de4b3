package org.habeas.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipFile;
import org.apache.commons.csv.CSVFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CaseTableTest {
    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "=HYPERLINK(\"http://x\")"})
    void nothingBeginsAFormulaInASpreadsheetAndNothingIsLostInJson(String text) throws IOException {
        String csv = new String(written(Format.CSV, text), StandardCharsets.UTF_8);
        var records = CSVFormat.RFC4180.parse(new StringReader(csv)).getRecords();
        assertEquals("'" + text, records.get(1).get(Column.ORGANISATION.ordinal()));
        String sheet = files(written(Format.XLSX, text)).get("xl/worksheets/sheet1.xml");
        assertFalse(sheet.contains("<f>"), sheet);
        assertTrue(sheet.contains("'") || sheet.contains("&apos;") || sheet.contains("&#39;"), sheet);
        JsonNode json = new ObjectMapper().readTree(written(Format.JSONL, text));
        assertEquals(text, json.path("organisation").asText());
    }

    @Test
    void textsWithQuotesCommasAndLinesComeBackWhole() throws IOException {
        String text = "a \"b\", c\nd 'e' æøå 😀";
        String csv = new String(written(Format.CSV, text), StandardCharsets.UTF_8);
        var records = CSVFormat.RFC4180.parse(new StringReader(csv)).getRecords();
        assertEquals(text, records.get(1).get(Column.ORGANISATION.ordinal()));
        assertEquals("12", records.get(1).get(Column.ROWS_FOUND.ordinal()));
        assertEquals("", records.get(1).get(Column.GROUND.ordinal()));
        JsonNode json = new ObjectMapper().readTree(written(Format.JSONL, text));
        assertEquals(text, json.path("organisation").asText());
        assertEquals(12, json.path("rows_found").asLong());
        assertTrue(json.path("rows_found").isNumber());
        assertTrue(json.path("ground").isNull());
    }

    @Test
    void aFullSheetIsFollowedByAnother() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (CaseTable table = new XlsxTable(out, 4)) {
            for (int i = 0; i < 7; i++) {
                table.row(cells("row " + i));
            }
        }
        Map<String, String> files = files(out.toByteArray());
        assertTrue(files.get("xl/worksheets/sheet1.xml").contains("row 2"));
        assertTrue(files.get("xl/worksheets/sheet2.xml").contains("row 3"));
        assertTrue(files.get("xl/worksheets/sheet3.xml").contains("row 6"));
        assertTrue(files.get("xl/worksheets/sheet3.xml").contains("rows_retained"));
    }

    @Test
    void anEmptyHistoryIsATableToo() throws IOException {
        for (Format format : Format.values()) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            format.table(out).close();
            assertEquals(format == Format.JSONL, out.size() == 0, format::code);
        }
    }

    @Test
    void theColumnsAreTheContracts() {
        assertEquals(
                List.of(
                        "reference",
                        "right",
                        "organisation",
                        "channel",
                        "received_at",
                        "verified_at",
                        "due",
                        "extended_to",
                        "closed_at",
                        "outcome",
                        "ground",
                        "days_open",
                        "officer",
                        "approver",
                        "systems_searched",
                        "rows_found",
                        "rows_changed",
                        "rows_erased",
                        "rows_retained"),
                List.of(Column.values()).stream().map(Column::title).toList());
    }

    private static byte[] written(Format format, String organisation) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (CaseTable table = format.table(out)) {
            table.row(cells(organisation));
        }
        return out.toByteArray();
    }

    private static String[] cells(String organisation) {
        String[] cells = new String[Column.values().length];
        cells[Column.REFERENCE.ordinal()] = "H-7K3Q-9M2X-4T";
        cells[Column.ORGANISATION.ordinal()] = organisation;
        cells[Column.ROWS_FOUND.ordinal()] = "12";
        return cells;
    }

    private static Map<String, String> files(byte[] workbook) throws IOException {
        Path file = Files.createTempFile("history", ".xlsx");
        Files.write(file, workbook);
        Map<String, String> files = new LinkedHashMap<>();
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (var entry : zip.stream().toList()) {
                files.put(
                        entry.getName(), new String(zip.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        Files.delete(file);
        return files;
    }
}
