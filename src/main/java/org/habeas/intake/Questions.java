package org.habeas.intake;

import jakarta.enterprise.context.ApplicationScoped;
import java.text.Collator;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.habeas.datamap.DataMap;
import org.habeas.datamap.Links;
import org.habeas.datamap.MappedField;
import org.habeas.datamap.Organisation;
import org.habeas.law.Right;
import org.habeas.request.Identifier;
import org.habeas.words.Words;

/** What the form can ask about: rights, companies, kinds of identifiers and fields, as the organisation has them. */
@ApplicationScoped
class Questions {
    /** A right to choose: its wire name, and whether it is the one chosen. */
    public record Choice(String code, boolean chosen) {}

    /** Something that may help to find the person. */
    public record Hint(String field, String label, String value, String autocomplete) {}

    /** A field of the data map that a person can have corrected. */
    public record Field(String value, String label) {}

    private final List<Organisation.Company> companies;
    private final List<String> kinds;
    private final List<String> fields;

    Questions(DataMap map) {
        this.companies = map.organisation().companies();
        this.kinds = Links.of(map).identities().stream()
                .filter(kind -> !kind.equals(Identifier.EMAIL))
                .sorted()
                .toList();
        this.fields = map.collections().stream()
                .flatMap(c -> c.fields().stream())
                .filter(f -> f.personal() && f.correctable() && !f.readOnly() && !f.primaryKey())
                .map(MappedField::name)
                .distinct()
                .toList();
    }

    List<Choice> rights(Draft draft) {
        return List.of(Right.values()).stream()
                .map(right -> new Choice(right.code(), right == draft.right()))
                .toList();
    }

    /** The companies to choose from; none where there is nothing to choose. */
    List<Organisation.Company> companies() {
        return companies.size() > 1 ? companies : List.of();
    }

    /** The companies that the draft asks, the first of all as long as none was chosen. */
    List<String> chosen(Draft draft) {
        List<String> chosen = companies.stream()
                .map(Organisation.Company::id)
                .filter(draft.filing().companies()::contains)
                .toList();
        return chosen.isEmpty() ? List.of(companies.get(0).id()) : chosen;
    }

    List<Hint> hints(Draft draft, Words words) {
        return kinds.stream()
                .map(kind -> new Hint(
                        "identifiers." + kind,
                        label("request_hint_", kind, words),
                        draft.hint(kind),
                        kind.contains("phone") ? "tel" : ""))
                .toList();
    }

    List<Field> fields(Words words) {
        return fields.stream()
                .map(name -> new Field(name, label("field_", name, words)))
                .sorted(Comparator.comparing(Field::label, Collator.getInstance(words.locale())))
                .toList();
    }

    /** What a field is called to people: in words where there are some, else its own name made readable. */
    static String label(String prefix, String name, Words words) {
        String key = prefix + name.toLowerCase(Locale.ROOT).replace('.', '_').replace('-', '_');
        if (words.has(key)) {
            return words.say(key);
        }
        String spaced = name.replace('_', ' ').replace('.', ' ').replace('-', ' ');
        return spaced.substring(0, 1).toUpperCase(Locale.ROOT) + spaced.substring(1);
    }
}
