package org.habeas.datamap;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads systems.yml. */
final class SystemsFile {
    /** What a fides key may be made of; names are parts of addresses and file names. */
    static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.<>-]+");

    private static final int SHORTEST_TOKEN = 24;

    private static final List<String> KEYS = List.of(
            "name",
            "title",
            "kind",
            "url",
            "username",
            "password",
            "schema",
            "owner",
            "location",
            "recipients",
            "source",
            "tables_of",
            "automated_decisions",
            "erase_username",
            "erase_password",
            "statement_timeout",
            "lock_timeout",
            "check",
            "headers",
            "allow",
            "timeout",
            "rate",
            "choices",
            "choices_token",
            "collections");

    private final Part root;
    private final List<String> companies;
    private final Optional<List<SystemEntry.Recipient>> declaredRecipients;

    SystemsFile(Part root, List<String> companies, Optional<List<SystemEntry.Recipient>> declaredRecipients) {
        this.root = root;
        this.companies = companies;
        this.declaredRecipients = declaredRecipients;
    }

    List<SystemEntry> read() {
        root.onlyKnows(List.of("systems"));
        root.get("systems").required();
        List<SystemEntry> systems = new ArrayList<>();
        for (Part entry : root.get("systems").mappings()) {
            SystemEntry system = system(entry);
            systems.stream()
                    .filter(s -> s.name().equals(system.name()) && !s.name().isEmpty())
                    .findFirst()
                    .ifPresent(first ->
                            entry.error("the system " + system.name() + " is declared twice, first at " + first.at()));
            systems.add(system);
        }
        return systems;
    }

    private SystemEntry system(Part entry) {
        entry.onlyKnows(KEYS);
        entry.get("name").required();
        entry.get("kind").required();
        for (String time : List.of("statement_timeout", "lock_timeout", "timeout")) {
            entry.get(time).as(Part.parsing(Duration::parse), "a duration like PT30S");
        }
        String name = entry.get("name").text().orElse("");
        if (!name.isEmpty() && !NAME.matcher(name).matches()) {
            entry.get("name").error("name is " + name + "; allowed are letters, digits, _ . < > and -");
        }
        Optional<SystemEntry.Kind> kind = kind(entry.get("kind"));
        kind.ifPresent(k -> checkAddress(entry, k));
        String title = entry.get("title").textOr(name);
        entry.get("choices").as(t -> Optional.of(t).filter(List.of("plain", "hashed")::contains), "plain or hashed");
        entry.get("choices_token")
                .text()
                .filter(t -> t.length() < SHORTEST_TOKEN)
                .ifPresent(t -> entry.get("choices_token")
                        .error("choices_token is shorter than " + SHORTEST_TOKEN + " characters"));
        for (String key : List.of("location", "source", "recipients")) {
            entry.get(key).noted("none");
        }
        if (kind.equals(Optional.of(SystemEntry.Kind.JDBC))) {
            entry.get("schema").noted("the connection's own");
        }
        return new SystemEntry(
                name,
                title,
                kind.orElse(SystemEntry.Kind.MANUAL),
                entry.get("url").text(),
                entry.get("username").text(),
                entry.get("password").text(),
                entry.get("schema").text(),
                owner(entry.get("owner")),
                entry.get("location").text(),
                recipients(entry.get("recipients")),
                entry.get("source").text(),
                company(entry.get("tables_of")),
                entry.json(),
                entry.at());
    }

    private static Optional<SystemEntry.Kind> kind(Part part) {
        return part.as(
                text -> Arrays.stream(SystemEntry.Kind.values())
                        .filter(k -> k.name().toLowerCase(Locale.ROOT).equals(text))
                        .findFirst(),
                "jdbc, http, manual");
    }

    private static void checkAddress(Part entry, SystemEntry.Kind kind) {
        if (kind == SystemEntry.Kind.MANUAL) {
            checkOwner(entry.get("owner"));
            return;
        }
        Part url = entry.get("url");
        url.required();
        boolean jdbc = kind == SystemEntry.Kind.JDBC;
        url.text().ifPresent(address -> {
            if (jdbc ? !address.startsWith("jdbc:") : !address.matches("https?://.+")) {
                url.error("url of a system of the kind " + kind.name().toLowerCase(Locale.ROOT) + " must begin with "
                        + (jdbc ? "jdbc:" : "http:// or https://"));
            }
        });
    }

    private static void checkOwner(Part owner) {
        owner.required();
        if (owner(owner).filter(o -> !o.contains("@")).isPresent()) {
            owner.warning("owner is no e-mail address: the tasks of this system can be answered by an officer only");
        }
    }

    /** An address as text, or {name, email}: then the e-mail address. */
    private static Optional<String> owner(Part part) {
        return (part.isMapping() ? part.get("email", "name") : part).text();
    }

    private List<SystemEntry.Recipient> recipients(Part part) {
        List<SystemEntry.Recipient> recipients = new ArrayList<>();
        for (Part entry : part.items()) {
            RecipientReader.read(entry).ifPresent(recipient -> {
                Optional<SystemEntry.Recipient> declared = declaredRecipients.stream()
                        .flatMap(List::stream)
                        .filter(d -> d.name().equals(recipient.name()))
                        .findFirst();
                if (declaredRecipients.isPresent() && declared.isEmpty()) {
                    Part name = entry.isMapping() ? entry.get("name") : entry;
                    name.error(
                            "the recipient " + recipient.name() + " is not among the recipients of organisation.yml");
                }
                recipients.add(declared.map(recipient::or).orElse(recipient));
            });
        }
        return recipients;
    }

    private Optional<String> company(Part part) {
        return part.as(
                id -> Optional.of(id).filter(companies::contains),
                "one of the companies of organisation.yml: " + String.join(", ", companies));
    }
}
