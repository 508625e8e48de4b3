package org.habeas.policy;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.Period;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.habeas.datamap.DataMap;
import org.habeas.datamap.Organisation;
import org.habeas.words.Words;

/** Makes the form for a new version out of the one in force, and a version out of the form. */
@ApplicationScoped
class PolicyForms {
    private final Organisation organisation;
    private final Policies policies;
    private final PublicPolicy open;
    private final Recipients recipients;

    PolicyForms(DataMap map, Policies policies, PublicPolicy open, Recipients recipients) {
        this.organisation = map.organisation();
        this.policies = policies;
        this.open = open;
        this.recipients = recipients;
    }

    /** Begins with the last version, or the text beside the data map and all that the map holds. */
    PolicyForm begun() {
        List<PolicyVersion> published = policies.published();
        if (published.isEmpty()) {
            return form(
                    language -> new PolicyText(
                            open.besideFile(language).map(PolicyFile::markdown).orElse(""), ""),
                    key -> true,
                    key -> "",
                    String.join(
                            "\n",
                            recipients.all().stream()
                                    .map(r -> r.recipient().name())
                                    .toList()),
                    Use.SAME.code(),
                    policies.today().toString());
        }
        PolicyVersion last = published.get(published.size() - 1);
        return form(
                language -> new PolicyText(
                        Optional.ofNullable(last.texts().get(language))
                                .map(PolicyText::markdown)
                                .orElse(""),
                        ""),
                last.promises().purposes()::contains,
                key -> Optional.ofNullable(last.promises().kept().get(key))
                        .map(Period::toString)
                        .orElse(""),
                String.join("\n", last.promises().recipients()),
                Use.SAME.code(),
                "");
    }

    /** The same form with what was typed. */
    PolicyForm again(MultivaluedMap<String, String> form) {
        return form(
                language -> new PolicyText(
                        orEmpty(form.getFirst("markdown_" + language)), form.getFirst("change_" + language)),
                form.getOrDefault("purposes", List.of())::contains,
                key -> orEmpty(form.getFirst("kept_" + key)),
                orEmpty(form.getFirst("recipients")),
                orEmpty(form.getFirst("use")),
                orEmpty(form.getFirst("valid_from")));
    }

    NewVersion.Typed typed(MultivaluedMap<String, String> form) {
        Map<String, PolicyText> texts = new TreeMap<>();
        organisation
                .languages()
                .forEach(l ->
                        texts.put(l, new PolicyText(form.getFirst("markdown_" + l), form.getFirst("change_" + l))));
        Map<String, String> kept = new TreeMap<>();
        organisation.purposes().forEach(p -> {
            String typed = orEmpty(form.getFirst("kept_" + p.key()));
            if (!typed.isBlank()) {
                kept.put(p.key(), typed);
            }
        });
        return new NewVersion.Typed(
                form.getFirst("use"),
                form.getFirst("valid_from"),
                texts,
                form.getOrDefault("purposes", List.of()),
                Arrays.stream(orEmpty(form.getFirst("recipients")).split("\n"))
                        .map(String::strip)
                        .toList(),
                kept);
    }

    private PolicyForm form(
            Function<String, PolicyText> text,
            Function<String, Boolean> named,
            Function<String, String> kept,
            String recipients,
            String use,
            String validFrom) {
        List<PolicyForm.Text> texts = new ArrayList<>();
        for (String language : organisation.languages()) {
            PolicyText typed = text.apply(language);
            texts.add(new PolicyForm.Text(
                    language, Words.of(language).say("words_language"), typed.markdown(), typed.change()));
        }
        List<PolicyForm.Purpose> purposes = organisation.purposes().stream()
                .map(p -> new PolicyForm.Purpose(p.key(), p.title(), named.apply(p.key()), kept.apply(p.key())))
                .toList();
        return new PolicyForm(texts, purposes, recipients, use, validFrom);
    }

    private static String orEmpty(String text) {
        return text == null ? "" : text;
    }
}
