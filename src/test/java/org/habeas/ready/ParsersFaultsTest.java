package org.habeas.ready;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Jazzer at the parsers, in a process of its own, for {@code -Dhabeas.fuzz-seconds} each (two minutes). What it finds it writes
 * beside its log under target/ready; a copy of that under src/test/resources/fuzz is fed in every build from then on.
 */
@Tag("faults")
class ParsersFaultsTest {
    @ParameterizedTest
    @CsvSource({
        "data-map, org.habeas.datamap.DataMapFuzz",
        "uploads, org.habeas.owner.FoundByHandFuzz",
        "cursors, org.habeas.casework.CursorFuzz",
        "signed-notes, org.habeas.audit.SignedNoteFuzz"
    })
    void jazzerFindsNothing(String name, String target) throws Exception {
        Path here = Waiting.fresh("jazzer-" + name);
        Path corpus = Files.createDirectories(here.resolve("corpus"));
        Path log = here.resolve("log.txt");
        String classes = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        int code = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx1g",
                        "-XX:+UseSerialGC",
                        "-cp",
                        classes,
                        "com.code_intelligence.jazzer.Jazzer",
                        "--target_class=" + target,
                        "--instrumentation_includes=org.habeas.**",
                        "--custom_hook_includes=org.habeas.**",
                        "-max_total_time=" + Long.getLong("habeas.fuzz-seconds", 120),
                        "-max_len=8192",
                        "-timeout=120",
                        "-rss_limit_mb=3000",
                        corpus.toString(),
                        Path.of("src/test/resources/fuzz", name)
                                .toAbsolutePath()
                                .toString()))
                .directory(here.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start()
                .waitFor();
        assertEquals(0, code, () -> tail(log));
    }

    private static String tail(Path log) {
        try {
            List<String> lines = Files.readAllLines(log, java.nio.charset.StandardCharsets.ISO_8859_1);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 60), lines.size()));
        } catch (java.io.IOException e) {
            return "no log: " + e;
        }
    }
}
