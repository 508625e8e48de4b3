package org.habeas.delivery;

import java.time.Period;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.habeas.datamap.MappedCollection;
import org.habeas.datamap.Organisation;
import org.habeas.datamap.SystemEntry;
import org.habeas.fulfilment.Findings.FoundSystem;
import org.habeas.fulfilment.Findings.Retained;
import org.habeas.law.RetentionRule;
import org.habeas.words.Words;

/** What Article 15(1)(a) to (d), (g), (h) and (2) ask for, system by system. */
final class SystemsPart {
    private final Contents contents;
    private final Words words;
    private final Categories categories;

    SystemsPart(Contents contents) {
        this.contents = contents;
        this.words = contents.words();
        this.categories = new Categories(words);
    }

    void writeTo(Html html) {
        html.heading(2, "systems", words.say("summary_part_systems"));
        if (contents.holding().isEmpty()) {
            html.paragraph(words.say("summary_systems_none"));
        }
        contents.holding().forEach(system -> write(system, html));
    }

    /** The same of one part, beside its data: why, from where, who gets it, until when. */
    void about(Contents.Part part, Html html) {
        Optional<SystemEntry> entry = contents.map().system(part.system().system());
        List<SystemEntry.Recipient> recipients =
                entry.map(SystemEntry::recipients).orElse(List.of());
        html.open("dl class=\"about\"");
        html.term(words.say("summary_purposes"), purposes(List.of(part)));
        html.term(
                words.say("summary_source"),
                entry.flatMap(SystemEntry::source).stream().toList());
        html.term(
                words.say("summary_recipients"),
                recipients.stream().map(this::recipient).toList());
        html.term(words.say("summary_retention"), retention(part));
        html.close("dl");
    }

    private void write(FoundSystem system, Html html) {
        Optional<SystemEntry> entry = contents.map().system(system.system());
        List<Contents.Part> parts = contents.parts(system);
        List<SystemEntry.Recipient> recipients =
                entry.map(SystemEntry::recipients).orElse(List.of());
        html.element("h3", contents.title(system)).open("dl");
        html.term(words.say("summary_purposes"), otherwise(purposes(parts), "summary_purposes_none"));
        html.term(words.say("summary_categories"), otherwise(kinds(parts), "summary_categories_none"));
        html.term(
                words.say("summary_recipients"),
                otherwise(recipients.stream().map(this::recipient).toList(), "summary_recipients_none"));
        html.term(words.say("summary_transfers"), otherwise(transfers(entry, recipients), "summary_transfers_none"));
        html.term(words.say("summary_retention"), distinct(parts, this::retention));
        html.term(
                words.say("summary_source"),
                otherwise(entry.flatMap(SystemEntry::source).stream().toList(), "summary_source_none"));
        if (!contents.policy().versions().isEmpty()) {
            html.term(
                    words.say("summary_policy"),
                    otherwise(new PolicyPart(contents).collected(parts), "summary_policy_none"));
        }
        html.term(words.say("summary_automated"), otherwise(automated(entry), "summary_automated_none"));
        html.close("dl");
    }

    /** (a) with the legal basis of Article 6. */
    private List<String> purposes(List<Contents.Part> parts) {
        return distinct(parts, part -> part.mapped().flatMap(MappedCollection::purpose).stream()
                .map(this::purpose)
                .toList());
    }

    private String purpose(String key) {
        Optional<Organisation.Purpose> purpose = contents.map().organisation().purpose(key);
        String title = purpose.map(Organisation.Purpose::title).orElse(key);
        String described = purpose.flatMap(Organisation.Purpose::description)
                .map(d -> title + ": " + d)
                .orElse(title);
        return purpose.map(Organisation.Purpose::legalBasis)
                .filter(basis -> !basis.isBlank())
                .map(basis -> words.say("summary_purpose", described, basis(basis)))
                .orElse(described);
    }

    /** A legal basis of fideslang in words; one in somebody's own words as it stands. */
    private String basis(String basis) {
        String code = basis.strip()
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z]+", "_")
                .replaceAll("s$", "");
        return words.has("summary_basis_" + code) ? words.say("summary_basis_" + code) : basis;
    }

    /** (b). */
    private List<String> kinds(List<Contents.Part> parts) {
        return distinct(parts, part -> part.mapped().stream()
                .flatMap(c -> c.fields().stream())
                .filter(f -> !f.technical())
                .flatMap(f -> f.categories().stream())
                .filter(Categories::personal)
                .map(categories::told)
                .toList());
    }

    /** (c): named, with the country, what for where that is said, and how to reach them. */
    private String recipient(SystemEntry.Recipient recipient) {
        String named = recipient
                .country()
                .map(c -> recipient.name() + " (" + Countries.told(c, words) + ")")
                .orElse(recipient.name());
        String with = recipient
                .purpose()
                .flatMap(p -> contents.map().organisation().purpose(p))
                .map(p -> words.say("summary_recipient_for", named, p.title()))
                .orElse(named);
        return recipient
                .contact()
                .map(c -> words.say("summary_recipient_contact", with, c))
                .orElse(with);
    }

    /** (c) and (2): who gets it outside the European Economic Area, and what protects it there. */
    private List<String> transfers(Optional<SystemEntry> entry, List<SystemEntry.Recipient> recipients) {
        List<String> transfers = new ArrayList<>();
        entry.flatMap(SystemEntry::location)
                .filter(Countries::outside)
                .ifPresent(place -> transfers.add(words.say("summary_transfer_place", Countries.told(place, words))));
        recipients.stream()
                .filter(r -> r.country().filter(Countries::outside).isPresent())
                .map(r -> words.say(
                        "summary_transfer",
                        r.name(),
                        Countries.told(r.country().orElseThrow(), words),
                        r.safeguard().orElseGet(() -> words.say("summary_safeguard_none"))))
                .forEach(transfers::add);
        return transfers;
    }

    /** (d): the period, or what decides it. */
    private List<String> retention(Contents.Part part) {
        String name = ValueWords.named(part.name());
        Optional<RetentionRule> rule = part.mapped()
                .flatMap(MappedCollection::retention)
                .flatMap(r -> contents.map()
                        .rule(r.rule(), part.mapped().orElseThrow().dataset()));
        List<String> told = new ArrayList<>();
        rule.ifPresent(r -> told.add(words.say(
                r.starts() == RetentionRule.Start.EVENT ? "summary_kept_event" : "summary_kept_year",
                name,
                period(r.period()),
                r.title(),
                r.citation())));
        if (part.mapped().map(MappedCollection::onErasure).orElse(null)
                instanceof MappedCollection.OnErasure.Keep keep) {
            told.add(words.say("summary_kept_reason", name, keep.reason()));
        }
        part.found().retained().stream().flatMap(r -> until(name, r).stream()).forEach(told::add);
        return told.isEmpty() ? List.of(words.say("summary_kept_purpose", name)) : told;
    }

    private Optional<String> until(String name, Retained retained) {
        return retained.until().map(day -> words.say("summary_kept_until", name, retained.rows(), day));
    }

    private String period(Period period) {
        Period normal = period.normalized();
        List<String> parts = new ArrayList<>();
        if (normal.getYears() > 0) {
            parts.add(words.say("period_years", normal.getYears()));
        }
        if (normal.getMonths() > 0) {
            parts.add(words.say("period_months", normal.getMonths()));
        }
        if (normal.getDays() > 0 || parts.isEmpty()) {
            parts.add(words.say("period_days", normal.getDays()));
        }
        return String.join(", ", parts);
    }

    /** (h), where the system's entry in the map says something of it under {@code automated_decisions}. */
    private static List<String> automated(Optional<SystemEntry> entry) {
        return entry.map(e -> e.settings().path("automated_decisions").asText(""))
                .filter(text -> !text.isBlank())
                .map(List::of)
                .orElse(List.of());
    }

    private List<String> otherwise(List<String> told, String key) {
        return told.isEmpty() ? List.of(words.say(key)) : told;
    }

    private static List<String> distinct(List<Contents.Part> parts, Function<Contents.Part, List<String>> each) {
        Set<String> all = new LinkedHashSet<>();
        Stream.of(parts).flatMap(List::stream).map(each).forEach(all::addAll);
        return List.copyOf(all);
    }
}
