package org.habeas.policy;

import java.util.List;

/** The form for a new version, with what was typed so far. */
public record PolicyForm(List<Text> texts, List<Purpose> purposes, String recipients, String use, String validFrom) {

    /** The fields for one language. */
    public record Text(String language, String name, String markdown, String change) {
        public String markdownField() {
            return "markdown_" + language;
        }

        public String changeField() {
            return "change_" + language;
        }
    }

    /** A purpose of the data map: whether this version names it, and how long it promises to keep its data. */
    public record Purpose(String key, String title, boolean named, String kept) {}
}
