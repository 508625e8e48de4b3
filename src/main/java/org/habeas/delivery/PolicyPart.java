package org.habeas.delivery;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.habeas.datamap.MappedCollection;
import org.habeas.datamap.Organisation;
import org.habeas.policy.Choices;
import org.habeas.policy.Collected;
import org.habeas.policy.Disclosure;
import org.habeas.policy.Policies;
import org.habeas.policy.PolicyVersion;
import org.habeas.words.Words;

/** Under which version of the policy the rows were collected, what the person chose, to whom data was given besides. */
final class PolicyPart {
    private final Contents contents;
    private final Words words;

    PolicyPart(Contents contents) {
        this.contents = contents;
        this.words = contents.words();
    }

    void writeTo(Html html) {
        html.heading(2, "policy", words.say("summary_part_policy"));
        html.element("h3", words.say("summary_choices"));
        list(html, contents.policy().choices().stream().map(this::told).toList(), "summary_choices_none");
        html.element("h3", words.say("summary_disclosures"));
        list(html, contents.policy().disclosures().stream().map(this::told).toList(), "summary_disclosures_none");
    }

    /** Article 7(1): what was asked, and what she said to it. */
    private String told(Choices.Told told) {
        int number = told.version().shownNumber();
        String purposes =
                told.purposes().isEmpty() ? words.date(told.version().validFrom()) : purposes(told.purposes());
        return told.chosen()
                .map(c -> words.say(
                        c.accepted() ? "summary_choice_accepted" : "summary_choice_declined",
                        number,
                        purposes,
                        told.at(),
                        c.at()))
                .orElseGet(() -> words.say(
                        told.bounced() ? "summary_choice_bounced" : "summary_choice_silent",
                        number,
                        purposes,
                        told.at()));
    }

    private String purposes(List<String> keys) {
        Organisation organisation = contents.map().organisation();
        return keys.stream()
                .map(key -> organisation
                        .purpose(key)
                        .map(Organisation.Purpose::title)
                        .orElse(key))
                .collect(Collectors.joining(", "));
    }

    private String told(Disclosure disclosure) {
        return words.say(
                "summary_disclosure",
                words.date(disclosure.disclosedOn()),
                disclosure.recipient(),
                disclosure.what(),
                disclosure.ground());
    }

    private void list(Html html, List<String> lines, String none) {
        if (lines.isEmpty()) {
            html.paragraph(words.say(none));
        } else {
            html.list(lines);
        }
    }

    /** The versions under which the rows of these parts were collected, by the day that each row says. */
    List<String> collected(List<Contents.Part> parts) {
        List<PolicyVersion> versions = contents.policy().versions();
        return versions.isEmpty()
                ? List.of()
                : parts.stream()
                        .flatMap(part -> part.mapped().stream().flatMap(c -> collected(part, c, versions).stream()))
                        .toList();
    }

    private List<String> collected(Contents.Part part, MappedCollection collection, List<PolicyVersion> versions) {
        if (collection.collected().isEmpty()) {
            return List.of();
        }
        ZoneId zone = contents.map().organisation().zone();
        Map<PolicyVersion, Long> under = new HashMap<>();
        long[] before = {0};
        long[] unknown = {0};
        contents.rows().each(part.system().system(), part.name(), row -> {
            Optional<LocalDate> day = Collected.on(collection, row, zone);
            Optional<PolicyVersion> version = day.flatMap(d -> Policies.inForce(versions, d));
            if (version.isPresent()) {
                under.merge(version.get(), 1L, Long::sum);
            } else if (day.isPresent()) {
                before[0]++;
            } else {
                unknown[0]++;
            }
        });
        String name = ValueWords.named(part.name());
        List<String> told = new ArrayList<>();
        versions.stream()
                .filter(under::containsKey)
                .forEach(v -> told.add(
                        words.say("summary_policy_collected", name, under.get(v), v.shownNumber(), v.validFrom())));
        if (before[0] > 0) {
            told.add(words.say("summary_policy_before", name, before[0]));
        }
        if (unknown[0] > 0) {
            told.add(words.say("summary_policy_unknown", name, unknown[0]));
        }
        return told;
    }
}
