package org.habeas.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipInputStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.habeas.words.Words;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The package of contract section 7, file by file. */
class AnswerPackageTest {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    @Test
    void theDataKeepsEveryDigitAndEveryNull() throws Exception {
        JsonNode data = JSON.readTree(files(Answers.ofAda("en")).get("data.json"));
        assertEquals("habeas-package/1", data.path("format").asText());
        assertEquals("H-7K3Q-9M2X-4T", data.path("reference").asText());
        assertEquals("2026-11-26T08:00:00Z", data.path("generated_at").asText());
        assertEquals(List.of("format", "reference", "generated_at", "systems"), names(data));
        assertEquals(List.of("crm", "archive"), names(data.path("systems")), "systems without her are not there");
        JsonNode customer = data.at("/systems/crm/customer/0");
        assertEquals(List.of("id", "full_name", "newsletter", "balance", "profile", "note"), names(customer));
        assertEquals(
                0,
                new BigDecimal("12345678901234567890.25")
                        .compareTo(customer.path("balance").decimalValue()));
        assertEquals(9007199254740993L, customer.path("id").longValue());
        assertTrue(customer.path("newsletter").isBoolean());
        assertTrue(customer.path("note").isNull());
        assertEquals("Oslo", customer.at("/profile/city").asText());
        assertEquals("n-1", data.at("/systems/archive/letters/0/number").asText());
        assertTrue(text(files(Answers.ofAda("en")).get("data.json")).contains("12345678901234567890.250"));
    }

    @Test
    void theTablesHaveTheSameRowsAndNothingThatRuns() throws Exception {
        Map<String, byte[]> files = files(Answers.ofAda("en"));
        List<CSVRecord> rows = csv(files.get("csv/crm.orders.csv"));
        assertEquals(List.of("id", "title", "amount"), rows.get(0).stream().toList());
        assertEquals(
                List.of("1", "'=HYPERLINK(\"http://evil.example\")", "-12.50"),
                rows.get(1).stream().toList());
        assertEquals("two\nlines; '+47", rows.get(2).get(1));
        assertEquals("", rows.get(2).get(2));
        for (byte[] file : csvFiles(files)) {
            csv(file).stream().flatMap(CSVRecord::stream).forEach(AnswerPackageTest::assertHarmless);
        }
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "=1+1,'=1+1",
                "+47 12,'+47 12",
                "@SUM(A1),'@SUM(A1)",
                "-1-1,'-1-1",
                "` =1`,` '=1`",
                "a;=1,a;'=1",
                "＝1,'＝1",
                "plain - text,plain - text",
                "a=b,a=b"
            })
    void aTextThatCouldBeAFormulaIsNone(String text, String cell) {
        assertEquals(cell, TableFile.harmless(text));
    }

    @Test
    void theManifestHasSizeAndDigestOfEveryOtherFile() throws Exception {
        Map<String, byte[]> files = files(Answers.ofAda("nb"));
        JsonNode manifest = JSON.readTree(files.remove("manifest.json"));
        assertEquals(files.size(), manifest.path("files").size());
        for (JsonNode file : manifest.path("files")) {
            byte[] bytes = files.get(file.path("name").asText());
            assertEquals(bytes.length, file.path("size").longValue());
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            assertEquals(HexFormat.of().formatHex(digest), file.path("sha256").asText());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "nb", "nn"})
    void theSummaryTellsAllThatArticle15AsksFor(String language) throws Exception {
        Words words = Words.of(language);
        String summary = text(files(Answers.ofAda(language)).get("summary.html"));
        for (String part : List.of(
                // (1)(a) purposes, with the legal basis
                "Running the shop",
                words.say("summary_basis_contract"),
                // (b) categories
                words.say("category_name"),
                // (c) recipients, named, and (2) safeguards outside the EEA
                "Posten",
                "Mailer Inc",
                "standard contractual clauses",
                // (d) period, or what decides it
                words.say("period_years", 5),
                "Bookkeeping Act section 13",
                "2031",
                // (e) the rights
                words.say("summary_right_correction"),
                words.say("summary_right_erasure"),
                words.say("summary_right_restriction"),
                words.say("summary_right_objection"),
                // (f) complaint
                "Datatilsynet, postboks 458 Sentrum, 0105 Oslo",
                // (g) source
                "from the customer herself",
                // (h) automated decisions
                "Credit limits are set by a score.",
                // who answers
                "Nordlys Retail",
                "Kari Ombud",
                // the data, and what is not in it
                "Ada Strand",
                "Oslo",
                words.say("summary_value_yes"),
                Html.escaped(words.say("summary_hidden_ground", 1, "X"))
                        .split("X")[0]
                        .strip(),
                words.say("summary_theme_who"))) {
            assertTrue(summary.contains(Html.escaped(part)), part + " is missing in\n" + summary);
        }
        assertTrue(summary.startsWith("<!doctype html>\n<html lang=\"" + language + "\">"));
    }

    @Test
    void theSummaryNeedsNoNetworkAndRunsNothing() throws Exception {
        String summary = text(files(Answers.ofAda("en")).get("summary.html"));
        assertFalse(summary.matches("(?s).*<(script|img|link|iframe|object|form).*"), summary);
        assertFalse(summary.matches("(?s).*(src|href)=\"(?!#).*"), summary);
        assertFalse(summary.contains("url("), summary);
        assertTrue(summary.contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
        assertTrue(summary.contains("default-src 'none'"));
    }

    @Test
    void whoIsUnknownGetsAPackageThatSaysSo() throws Exception {
        Map<String, byte[]> files = files(Answers.ofNobody());
        assertEquals(List.of("data.json", "manifest.json", "summary.html"), List.copyOf(files.keySet()));
        assertEquals(0, JSON.readTree(files.get("data.json")).path("systems").size());
        String summary = text(files.get("summary.html"));
        assertTrue(summary.contains(Words.of("en").say("summary_found_nothing", 2)), summary);
        assertTrue(summary.contains("Datatilsynet"));
    }

    @Test
    void aNameFromOutsideLeadsOutOfNoFolder() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PackageZip zip = new PackageZip(bytes, Answers.WRITTEN);
        zip.add("csv/" + PackageZip.safe("../../evil.csv"), file -> {});
        zip.add("csv/" + PackageZip.safe("a.b:c.csv"), file -> {});
        zip.add("csv/" + PackageZip.safe("A.B:C.csv"), file -> {});
        zip.finish();
        assertEquals(
                List.of("csv/.._.._evil.csv", "csv/a.b_c.csv", "csv/A.B_C-2.csv"),
                zip.written().stream().map(PackageZip.Written::name).toList());
    }

    @Test
    void aDottedFieldBecomesAnObjectUnlessSomethingElseIsThere() {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("a.b", 1L);
        row.put("a.c.d", null);
        row.put("x", "text");
        row.put("x.y", 2L);
        Map<String, Object> nested = DataFile.nested(row);
        assertEquals("text", nested.get("x"));
        assertEquals(2L, nested.get("x.y"));
        Map<?, ?> a = (Map<?, ?>) nested.get("a");
        assertEquals(1L, a.get("b"));
        assertTrue(((Map<?, ?>) a.get("c")).containsKey("d"));
        assertNull(((Map<?, ?>) a.get("c")).get("d"));
    }

    @Test
    void manyRowsAreWrittenAsTheyCome() throws IOException {
        long[] size = {0};
        new AnswerPackage(Answers.ofManyOrders(200_000)).writeTo(new OutputStream() {
            @Override
            public void write(int b) {
                size[0]++;
            }

            @Override
            public void write(byte[] bytes, int offset, int length) {
                size[0] += length;
            }
        });
        assertTrue(size[0] > 200_000, "written: " + size[0]);
    }

    private static void assertHarmless(String cell) {
        boolean number = cell.matches("-?\\d+(\\.\\d+)?");
        assertFalse(!number && cell.matches("(?s)[=+\\-@\\t\\r\\n].*"), cell);
    }

    private static List<byte[]> csvFiles(Map<String, byte[]> files) {
        return files.entrySet().stream()
                .filter(f -> f.getKey().startsWith("csv/"))
                .map(Map.Entry::getValue)
                .toList();
    }

    private static List<CSVRecord> csv(byte[] file) {
        try {
            return CSVFormat.RFC4180.parse(new StringReader(text(file))).getRecords();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> names(JsonNode object) {
        java.util.ArrayList<String> names = new java.util.ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static String text(byte[] file) {
        return new String(file, StandardCharsets.UTF_8);
    }

    static Map<String, byte[]> files(Contents contents) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new AnswerPackage(contents).writeTo(bytes);
        Map<String, byte[]> files = new TreeMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                files.put(entry.getName(), zip.readAllBytes());
            }
        }
        assertTrue(files.keySet().containsAll(Arrays.asList("summary.html", "data.json", "manifest.json")));
        return files;
    }
}
