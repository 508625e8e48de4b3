package org.habeas.delivery;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.List;

/** Writes HTML as a stream; whatever is text is escaped here and nowhere else. */
final class Html {
    private final Writer out;

    Html(Writer out) {
        this.out = out;
    }

    /** Markup as it stands; never anything that somebody wrote. */
    Html raw(String markup) {
        try {
            out.write(markup);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    Html open(String tag) {
        return raw("<" + tag + ">");
    }

    Html close(String tag) {
        return raw("</" + tag + ">\n");
    }

    Html text(String text) {
        return raw(escaped(text));
    }

    /** An element with nothing but text in it; {@code tag} may carry attributes. */
    Html element(String tag, String text) {
        return open(tag).text(text).close(tag.split(" ", 2)[0]);
    }

    Html paragraph(String text) {
        return element("p", text);
    }

    /** A heading that links can point at. */
    Html heading(int level, String id, String text) {
        return element("h" + level + " id=\"" + id + "\"", text);
    }

    Html list(List<String> items) {
        open("ul");
        items.forEach(item -> element("li", item));
        return close("ul");
    }

    /** One term with what is to be said of it; nothing where that is nothing. */
    Html term(String term, List<String> details) {
        if (!details.isEmpty()) {
            element("dt", term);
            details.forEach(detail -> element("dd", detail));
        }
        return this;
    }

    static String escaped(String text) {
        StringBuilder safe = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '"' -> safe.append("&quot;");
                case '\'' -> safe.append("&#39;");
                default -> safe.appendCodePoint(allowed(c) ? c : 0xFFFD);
            }
        });
        return safe.toString();
    }

    private static boolean allowed(int c) {
        return c == '\n'
                || c == '\t'
                || (c >= 0x20 && c < 0x7F)
                || (c >= 0xA0 && (c < 0xD800 || c > 0xDFFF) && (c & 0xFFFE) != 0xFFFE);
    }
}
