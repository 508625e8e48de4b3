package org.habeas.problem;

import java.text.Normalizer;

/** Text that somebody sent: checked for what cannot be text, trimmed, in one Unicode form (NFC). */
public final class Text {
    private Text() {}

    /** Text of several lines, at most {@code max} characters; tabs and line breaks are the only controls allowed. */
    public static String clean(String field, String value, int max) {
        return value == null ? null : checked(field, value.replace("\r\n", "\n").replace('\r', '\n'), max, true);
    }

    /** Text of one line, at most {@code max} characters, without any control character. */
    public static String line(String field, String value, int max) {
        return value == null ? null : checked(field, value, max, false);
    }

    /** The text, which must not be left out or blank. */
    public static String required(String field, String value) {
        if (value == null || value.isBlank()) {
            throw Invalid.field(field, "problem_text_required");
        }
        return value;
    }

    private static String checked(String field, String value, int max, boolean lines) {
        if (value.length() > 4L * max + 100 || value.codePointCount(0, value.length()) > max) {
            throw Invalid.field(field, "problem_text_long(" + max + ")");
        }
        if (value.codePoints().anyMatch(c -> !allowed(c, lines))) {
            throw Invalid.field(field, "problem_text_control");
        }
        return Normalizer.normalize(value, Normalizer.Form.NFC).strip();
    }

    private static boolean allowed(int c, boolean lines) {
        if (lines && (c == '\n' || c == '\t')) {
            return true;
        }
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.SURROGATE -> false;
            case Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> lines;
            default -> !turnsDirection(c) && (c & 0xFFFE) != 0xFFFE;
        };
    }

    /** Marks that make text read otherwise than it stands (Unicode TR 36 section 3.2). */
    private static boolean turnsDirection(int c) {
        return c >= 0x202A && c <= 0x202E || c >= 0x2066 && c <= 0x2069;
    }
}
