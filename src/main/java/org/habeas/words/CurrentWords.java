package org.habeas.words;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * The words of the present request. A language that was chosen with the switch travels in the links ({@code ?lang=nb}),
 * because the portal sets no cookie for it.
 */
public class CurrentWords {
    private final Words words;
    private final boolean chosen;

    /** {@code chosen} says that the switch, not the browser, asked for these words. */
    public CurrentWords(Words words, boolean chosen) {
        this.words = words;
        this.chosen = chosen;
    }

    public Words words() {
        return words;
    }

    /** The code of the language, for a request or a letter that follows it. */
    public String language() {
        return words.language();
    }

    /** This path of the portal, with the chosen language carried along; use it in links, form actions and redirects. */
    public String link(String path) {
        if (!chosen) {
            return path;
        }
        int fragment = path.indexOf('#');
        String before = fragment < 0 ? path : path.substring(0, fragment);
        String after = fragment < 0 ? "" : path.substring(fragment);
        String language = URLEncoder.encode(words.language(), StandardCharsets.UTF_8);
        return before + (before.indexOf('?') < 0 ? '?' : '&') + "lang=" + language + after;
    }
}
