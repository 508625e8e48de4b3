package org.habeas.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** A policy is text: whatever HTML somebody puts into it is shown, not obeyed. */
class MarkdownTest {
    private final Markdown markdown = new Markdown();

    @Test
    void htmlIsEscapedAndLinksLeadNowhereDangerous() {
        String html = markdown.html(
                "# Hi\n\n<script>alert(1)</script>\n\n<b>x</b> [a](javascript:alert(1)) [b](https://b.example)");
        assertTrue(html.contains("<h1>Hi</h1>"));
        assertTrue(html.contains("&lt;script&gt;"));
        assertTrue(html.contains("&lt;b&gt;x"), html);
        assertFalse(html.contains("href=\"javascript:"), html);
        assertTrue(html.contains("href=\"https://b.example\""));
    }

    @Test
    void itsBlocksAreWhatAReaderSees() {
        assertEquals(
                List.of("Title", "One bold word.", "first", "second", "a | b", "1 | 2", "<div>x</div>"),
                markdown.blocks(
                        "# Title\n\nOne **bold** word.\n\n- first\n- second\n\n| a | b |\n| - | - |\n| 1 | 2 |\n\n<div>x</div>\n"));
    }
}
