package org.habeas.datamap;

import java.time.Duration;
import java.time.Period;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.habeas.law.Assurance;
import org.habeas.law.Regime;
import org.habeas.law.Regimes;
import org.habeas.law.Right;

/** Reads organisation.yml. Only {@code name} and {@code contact} are required; a note names every default that is used. */
final class OrganisationFile {
    private static final String REGIME = "gdpr-no";
    private static final List<String> LANGUAGES = List.of("en", "nb", "nn");
    private static final List<String> KEYS = List.of(
            "name",
            "contact",
            "postal_address",
            "data_protection_officer",
            "supervisory_authority",
            "languages",
            "time_zone",
            "regime",
            "purposes",
            "companies",
            "recipients",
            "assurance",
            "access_needs_approval",
            "own_records");

    private final Part root;

    OrganisationFile(Part root) {
        this.root = root;
    }

    Organisation read() {
        root.onlyKnows(KEYS);
        root.get("name").required();
        root.get("contact").required();
        Regime regime = Regimes.named(
                regime(root.get("regime")).orElseGet(() -> root.get("regime").noted(REGIME)));
        Part zone = root.get("time_zone");
        for (String key : List.of("postal_address", "data_protection_officer", "purposes", "companies", "assurance")) {
            root.get(key).noted(key.equals("assurance") ? "as the regime asks" : "none");
        }
        root.get("access_needs_approval").noted(false);
        return new Organisation(
                root.get("name").text().orElse(""),
                contact(root.get("contact")),
                root.get("postal_address").text(),
                officer(root.get("data_protection_officer")),
                authority(root.get("supervisory_authority"), regime),
                languages(root.get("languages")),
                zone.as(Part.parsing(ZoneId::of), "a zone like Europe/Oslo").orElseGet(() -> zone.noted(regime.zone())),
                regime.id(),
                purposes(root.get("purposes")),
                companies(root.get("companies")),
                assurance(root.get("assurance")),
                root.get("access_needs_approval").flag(false),
                ownRecords(root.get("own_records")),
                declaredRecipients().orElse(List.of()));
    }

    /** The recipients that may be named at all; empty where the organisation declares none, and then any may be. */
    Optional<List<SystemEntry.Recipient>> declaredRecipients() {
        Part recipients = root.get("recipients");
        return recipients.given()
                ? Optional.of(recipients.items().stream()
                        .flatMap(r -> RecipientReader.read(r).stream())
                        .toList())
                : Optional.empty();
    }

    private static Optional<String> regime(Part part) {
        return part.as(id -> Optional.of(id).filter(Regimes::known), String.join(", ", Regimes.ids()));
    }

    /** An address as text, or {name, email, phone}: then the e-mail address. */
    private static String contact(Part part) {
        return (part.isMapping() ? part.get("email", "phone", "name") : part)
                .text()
                .orElse("");
    }

    private static Optional<Organisation.Contact> officer(Part part) {
        if (!part.given()) {
            return Optional.empty();
        }
        if (part.isText()) {
            return part.text()
                    .map(text -> text.contains("@") && !text.contains(" ")
                            ? new Organisation.Contact(text, Optional.of(text), Optional.empty())
                            : new Organisation.Contact(text, Optional.empty(), Optional.empty()));
        }
        part.onlyKnows(List.of("name", "email", "phone"));
        Optional<String> email = part.get("email").text();
        return Optional.of(new Organisation.Contact(
                part.get("name").text().or(() -> email).orElse(""),
                email,
                part.get("phone").text()));
    }

    private static Organisation.Authority authority(Part part, Regime regime) {
        Regime.Authority usual = regime.authority();
        if (!part.given()) {
            part.noted(usual.name());
            return new Organisation.Authority(usual.name(), usual.postalAddress(), usual.website());
        }
        if (part.isText()) {
            return new Organisation.Authority(part.text().orElse(""), Optional.empty(), Optional.empty());
        }
        part.onlyKnows(List.of("name", "postal_address", "website"));
        part.get("name").required();
        return new Organisation.Authority(
                part.get("name").text().orElse(""),
                part.get("postal_address").text(),
                part.get("website").text());
    }

    private static List<String> languages(Part part) {
        List<String> languages = part.items().stream()
                .flatMap(l ->
                        l.as(t -> Optional.of(t).filter(LANGUAGES::contains), String.join(", ", LANGUAGES)).stream())
                .distinct()
                .toList();
        return languages.isEmpty() ? part.noted(LANGUAGES) : languages;
    }

    /** A list of entries with a key, or a mapping from key to entry or legal basis. */
    private static List<Organisation.Purpose> purposes(Part part) {
        Map<String, Organisation.Purpose> purposes = new LinkedHashMap<>();
        if (part.isMapping()) {
            part.entries().forEach((key, entry) -> purposes.put(key, purpose(key, entry)));
            return List.copyOf(purposes.values());
        }
        for (Part entry : part.items()) {
            Part name = entry.isText() ? entry : entry.get("key", "id", "fides_key", "name");
            name.required();
            name.text().ifPresent(key -> {
                if (purposes.put(key, purpose(key, entry)) != null) {
                    entry.error("the purpose " + key + " is declared twice");
                }
            });
        }
        return List.copyOf(purposes.values());
    }

    private static Organisation.Purpose purpose(String key, Part entry) {
        if (entry.isText() || !entry.given()) {
            String basis = entry.text().filter(t -> !t.equals(key)).orElse("");
            return new Organisation.Purpose(key, key, basis, Optional.empty());
        }
        if (!entry.get("legal_basis").given()) {
            entry.warning("the purpose " + key + " has no legal_basis (Article 6)");
        }
        return new Organisation.Purpose(
                key,
                entry.get("title", "name").text().orElse(key),
                entry.get("legal_basis").text().orElse(""),
                entry.get("description").text());
    }

    private static List<Organisation.Company> companies(Part part) {
        List<Organisation.Company> companies = new ArrayList<>();
        for (Part entry : part.mappings()) {
            entry.onlyKnows(List.of("id", "name", "regime", "contact", "postal_address", "officers"));
            entry.get("id").required();
            String id = entry.get("id").text().orElse("");
            if (companies.stream().anyMatch(c -> c.id().equals(id))) {
                entry.error("the company " + id + " is declared twice");
            }
            if (entry.get("officers").texts().size() == 1) {
                entry.warning("the company " + id + " lists one officer; what needs approval needs a second one");
            }
            companies.add(new Organisation.Company(
                    id,
                    entry.get("name").text().orElse(id),
                    regime(entry.get("regime")),
                    entry.get("contact").text(),
                    entry.get("postal_address").text(),
                    entry.get("officers").texts()));
        }
        return companies;
    }

    private static Map<String, String> assurance(Part part) {
        Map<String, String> assurance = new LinkedHashMap<>();
        part.entries().forEach((right, level) -> {
            if (Right.of(right).isEmpty()) {
                level.error("there is no right " + right + "; allowed are " + Right.codes());
            }
            level.as(OrganisationFile::level, Assurance.codes()).ifPresent(asked -> assurance.put(right, asked));
        });
        return assurance;
    }

    /** A sign-in may have to be of a strength that the provider names ({@code acr}): {@code signed-in:HIGH|HIGHEST}. */
    private static Optional<String> level(String text) {
        return Assurance.of(text).map(Assurance::code).or(() -> Optional.of(text)
                .filter(t -> t.matches("signed-in:[\\w./:|-]+")));
    }

    private static Organisation.OwnRecords ownRecords(Part part) {
        part.onlyKnows(List.of(
                "unverified",
                "packages",
                "findings",
                "evidence",
                "messages",
                "cases",
                "notices",
                "staff",
                "disclosures",
                "security"));
        Period cases = ownPeriod(part, "cases", Period.ofYears(3));
        return new Organisation.OwnRecords(
                ownDuration(part, "unverified", Duration.ofDays(7)),
                ownDuration(part, "packages", Duration.ofDays(30)),
                ownDuration(part, "findings", Duration.ofDays(30)),
                ownPeriod(part, "evidence", Organisation.OwnRecords.DETAILS),
                ownPeriod(part, "messages", Organisation.OwnRecords.DETAILS),
                cases,
                ownPeriod(part, "notices", Organisation.OwnRecords.NOTICES),
                ownPeriod(part, "staff", cases),
                ownPeriod(part, "disclosures", Organisation.OwnRecords.DISCLOSURES),
                ownPeriod(part, "security", Organisation.OwnRecords.SECURITY));
    }

    private static Duration ownDuration(Part part, String name, Duration otherwise) {
        return own(part, name, Part.parsing(Duration::parse), otherwise, "P" + otherwise.toDays() + "D");
    }

    private static Period ownPeriod(Part part, String name, Period otherwise) {
        return own(part, name, Part.parsing(Period::parse), otherwise, otherwise.toString());
    }

    private static <T> T own(Part all, String name, Function<String, Optional<T>> parse, T otherwise, String usual) {
        Part part = all.get(name).called("own_records." + name);
        Optional<T> own = part.as(parse, "a period like " + usual);
        if (own.isEmpty()) {
            part.noted(usual);
        }
        return own.orElse(otherwise);
    }
}
