package org.habeas.law;

import java.util.List;
import java.util.Map;

/**
 * Why a request is fulfilled, refused, or answered only in part: a {@code code} on the wire, the article or statute as
 * {@code citation}, and a title in English ({@code en}), bokmål ({@code nb}) and nynorsk ({@code nn}). {@code checklist} are
 * the codes of what an officer must have checked, where the organisation has to prove it (Article 12(5)).
 */
public record Ground(String code, String citation, Map<String, String> titles, List<String> checklist) {
    public Ground {
        titles = Map.copyOf(titles);
        checklist = List.copyOf(checklist);
    }

    /** The title in that language, or in English where there is none. */
    public String title(String language) {
        return titles.getOrDefault(language, titles.get("en"));
    }
}
