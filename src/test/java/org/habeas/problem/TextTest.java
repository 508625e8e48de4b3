package org.habeas.problem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\0b",
                "bell\u0007",
                "\u001b[31m",
                "c1 \u0085",
                "lone \ud800",
                "\u202Egpj.exe",
                "\uffff",
                "del\u007f"
            })
    void whatIsNoTextIsRefused(String sent) {
        var refused = assertThrows(Invalid.class, () -> Text.clean("message", sent, 100));
        assertEquals("message", refused.violations().get(0).field());
        assertThrows(Invalid.class, () -> Text.line("name", sent, 100));
    }

    @Test
    void aMessageHasLinesAndANameHasNone() {
        assertEquals("one\ntwo\tthree", Text.clean("message", " one\r\ntwo\tthree\n", 100));
        assertThrows(Invalid.class, () -> Text.line("name", "Ada\nBcc: all", 100));
    }

    @Test
    void lengthCountsCharactersNotUnits() {
        assertEquals("👩‍🚀", Text.line("name", "👩‍🚀", 3));
        var refused = assertThrows(Invalid.class, () -> Text.line("name", "abcd", 3));
        assertEquals("problem_text_long(3)", refused.violations().get(0).message());
    }

    @Test
    void oneFormAndNothingIsNothing() {
        assertEquals("\u00e5", Text.line("name", "a\u030a", 5));
        assertNull(Text.line("name", null, 5));
        assertThrows(Invalid.class, () -> Text.required("name", Text.line("name", "  ", 5)));
    }
}
