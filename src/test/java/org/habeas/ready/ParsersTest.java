package org.habeas.ready;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Whatever is fed to a parser is read or refused in words; nothing else comes out of it. Here what was found once, and some
 * thousand neighbours of what is known; {@code -Pfaults} lets Jazzer look for more.
 */
class ParsersTest {
    @ParameterizedTest
    @CsvSource({
        "data-map, org.habeas.datamap.DataMapFuzz, 300",
        "uploads, org.habeas.owner.FoundByHandFuzz, 3000",
        "cursors, org.habeas.casework.CursorFuzz, 3000",
        "signed-notes, org.habeas.audit.SignedNoteFuzz, 3000"
    })
    void whatIsFedIsReadOrRefused(String name, String target, int neighbours) throws Exception {
        Method parse = Class.forName(target).getMethod("fuzzerTestOneInput", byte[].class);
        Seeds seeds = new Seeds(Path.of("src/test/resources/fuzz", name));
        for (byte[] known : seeds.known()) {
            feed(parse, known);
        }
        for (int i = 0; i < neighbours; i++) {
            feed(parse, seeds.neighbour());
        }
    }

    private static void feed(Method parse, byte[] input) throws IllegalAccessException {
        try {
            parse.invoke(null, (Object) input);
        } catch (InvocationTargetException e) {
            throw new AssertionError(
                    "fed " + Base64.getEncoder().encodeToString(input) + "\n"
                            + new String(input, StandardCharsets.UTF_8),
                    e.getCause());
        }
    }
}
