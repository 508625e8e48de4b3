package org.habeas.delivery;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.habeas.datamap.MappedField;
import org.habeas.words.Words;

/** The data itself, by theme: one row as a list of facts, more as a table. */
final class DataPart {
    /** More rows than this nobody reads; the spreadsheet has all of them. */
    static final int MOST = 1000;

    private final Contents contents;
    private final Words words;
    private final ValueWords values;
    private final Categories categories;
    private final SystemsPart systems;

    DataPart(Contents contents) {
        this.contents = contents;
        this.words = contents.words();
        this.values = new ValueWords(words);
        this.categories = new Categories(words);
        this.systems = new SystemsPart(contents);
    }

    void writeTo(Html html) {
        html.heading(2, "data", words.say("summary_part_data"));
        if (contents.parts().isEmpty()) {
            html.paragraph(words.say("summary_data_none"));
        }
        Map<Theme, List<Contents.Part>> themes = contents.parts().stream()
                .collect(Collectors.groupingBy(
                        part -> Theme.of(part.mapped()),
                        () -> new TreeMap<>(Comparator.<Theme>naturalOrder()),
                        Collectors.toList()));
        themes.forEach((theme, parts) -> {
            html.element("h3", words.say("summary_theme_" + theme.code()));
            parts.forEach(part -> write(part, html));
        });
    }

    private void write(Contents.Part part, Html html) {
        html.element("h4", ValueWords.named(part.name()) + " – " + contents.title(part.system()));
        html.paragraph(words.say("summary_rows", part.found().rows(), AnswerPackage.csv(part)));
        if (part.found().shared() > 0) {
            html.paragraph(words.say("summary_shared", part.found().shared()));
        }
        systems.about(part, html);
        List<String> fields = contents.fields(part);
        if (part.found().rows() == 1) {
            facts(part, fields, html);
        } else {
            table(part, fields, html);
        }
    }

    private void facts(Contents.Part part, List<String> fields, Html html) {
        html.open("dl");
        contents.rows()
                .each(
                        part.system().system(),
                        part.name(),
                        row -> fields.forEach(field -> {
                            html.open("dt");
                            label(part, field, html);
                            html.close("dt").element("dd", cell(row, field));
                        }));
        html.close("dl");
    }

    private void table(Contents.Part part, List<String> fields, Html html) {
        html.raw("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\""
                + Html.escaped(ValueWords.named(part.name())) + "\"><table>\n<thead><tr>");
        fields.forEach(field -> {
            html.open("th scope=\"col\"");
            label(part, field, html);
            html.close("th");
        });
        html.raw("</tr></thead>\n<tbody>\n");
        long[] seen = {0};
        contents.rows().each(part.system().system(), part.name(), row -> {
            if (seen[0]++ < MOST) {
                html.open("tr");
                fields.forEach(field -> html.element("td", cell(row, field)));
                html.close("tr");
            }
        });
        html.raw("</tbody>\n</table></div>\n");
        if (seen[0] > MOST) {
            html.paragraph(words.say("summary_rows_more", seen[0] - MOST, AnswerPackage.csv(part)));
        }
    }

    /** The field's name, and below it what kind of data the map says it is. */
    private void label(Contents.Part part, String field, Html html) {
        html.text(ValueWords.named(field));
        part.mapped().flatMap(c -> c.field(field)).stream()
                .map(MappedField::categories)
                .flatMap(List::stream)
                .filter(Categories::personal)
                .findFirst()
                .map(categories::told)
                .filter(told -> !told.equalsIgnoreCase(ValueWords.named(field)))
                .ifPresent(told -> html.element("small", told));
    }

    private String cell(Map<String, Object> row, String field) {
        return row.containsKey(field) ? values.told(row.get(field)) : words.say("summary_value_hidden");
    }
}
