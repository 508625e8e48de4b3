package org.habeas.words;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The ranges of an Accept-Language header, the most wanted first; what cannot be read is passed over. */
final class AcceptedLanguages {
    private static final int MOST = 20;

    private record Range(String language, double quality) {}

    private AcceptedLanguages() {}

    static List<String> of(String header) {
        List<Range> ranges = new ArrayList<>();
        if (header != null && header.length() <= 1000) {
            for (String part : header.split(",", MOST)) {
                String[] pieces = part.trim().split("\\s*;\\s*");
                double quality = pieces.length < 2 ? 1 : quality(pieces[1]);
                if (pieces[0].matches("[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*|\\*") && quality > 0) {
                    ranges.add(new Range(pieces[0], quality));
                }
            }
        }
        ranges.sort(Comparator.comparingDouble(Range::quality).reversed());
        return ranges.stream().map(Range::language).toList();
    }

    private static double quality(String parameter) {
        return parameter.matches("[qQ]=[01](\\.\\d{0,3})?") ? Double.parseDouble(parameter.substring(2)) : 0;
    }
}
