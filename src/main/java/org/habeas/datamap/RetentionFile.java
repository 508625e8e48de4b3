package org.habeas.datamap;

import java.time.LocalDate;
import java.time.MonthDay;
import java.time.Period;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.habeas.law.RetentionRule;
import org.habeas.law.RetentionRules;

/**
 * Reads retention.yml over the rules that ship: a rule of the same id replaces what it says and leaves the rest. With a {@code
 * valid_from} it does so for what happens from that day on, with an {@code organisation} for the systems of that company.
 */
final class RetentionFile {
    private static final List<String> KEYS = List.of(
            "id",
            "citation",
            "title",
            "period",
            "starts",
            "financial_year_ends",
            "mode",
            "duty",
            "organisation",
            "valid_from");

    /** One for an id and a company of the group; empty: for the group. */
    private record Whose(String id, Optional<String> organisation) {}

    private record Entry(Whose whose, Optional<LocalDate> validFrom, Part part) {}

    private final Map<Whose, RetentionRule> rules = new LinkedHashMap<>();

    private final List<String> companies;

    RetentionFile(Optional<Part> root, List<String> companies) {
        this.companies = companies;
        RetentionRules.shipped().forEach(r -> rules.put(new Whose(r.id(), Optional.empty()), r));
        root.ifPresent(this::read);
    }

    List<RetentionRule> rules() {
        return List.copyOf(rules.values());
    }

    private void read(Part root) {
        root.onlyKnows(List.of("rules"));
        List<Entry> entries = new ArrayList<>();
        for (Part part : root.get("rules").mappings()) {
            part.onlyKnows(KEYS);
            part.get("id").required();
            part.get("id")
                    .text()
                    .ifPresent(id -> entries.add(new Entry(
                            new Whose(id, part.get("organisation").as(this::company, String.join(", ", companies))),
                            part.get("valid_from").as(Part.parsing(LocalDate::parse), "a day like 2027-01-01"),
                            part)));
        }
        once(entries);
        // the group's before those of its companies, the oldest first: each says what is other than before it
        entries.sort(Comparator.<Entry, Boolean>comparing(
                        e -> e.whose().organisation().isPresent())
                .thenComparing(e -> e.validFrom().orElse(LocalDate.MIN)));
        entries.forEach(this::add);
    }

    private Optional<String> company(String id) {
        return Optional.of(id).filter(companies::contains);
    }

    private static void once(List<Entry> entries) {
        Map<List<Object>, Position> seen = new LinkedHashMap<>();
        for (Entry entry : entries) {
            Position first = seen.putIfAbsent(
                    List.of(entry.whose(), entry.validFrom()), entry.part().at());
            if (first != null) {
                entry.part().error("the rule " + entry.whose().id() + " is declared twice, first at " + first);
            }
        }
    }

    private void add(Entry entry) {
        Whose group = new Whose(entry.whose().id(), Optional.empty());
        Optional<RetentionRule> before =
                Optional.ofNullable(rules.get(entry.whose())).or(() -> Optional.ofNullable(rules.get(group)));
        if (entry.validFrom().isPresent() && before.isEmpty()) {
            entry.part()
                    .get("valid_from")
                    .error("nothing says how long before " + entry.validFrom().get() + ": declare the rule "
                            + entry.whose().id() + " without valid_from too");
        }
        RetentionRule rule = rule(entry.whose().id(), entry.part(), before);
        rules.put(
                entry.whose(),
                new RetentionRule(
                        rule.id(),
                        rule.citation(),
                        rule.title(),
                        rule.period(),
                        rule.starts(),
                        rule.financialYearEnds(),
                        rule.mode(),
                        entry.part()
                                .get("duty")
                                .flag(before.map(RetentionRule::duty).orElse(true)),
                        entry.whose().organisation(),
                        entry.validFrom().flatMap(day -> before.map(b -> new RetentionRule.Since(day, b)))));
    }

    private static RetentionRule rule(String id, Part entry, Optional<RetentionRule> shipped) {
        Part period = entry.get("period");
        if (shipped.isEmpty()) {
            period.required();
        }
        return new RetentionRule(
                id,
                entry.get("citation")
                        .text()
                        .or(() -> shipped.map(RetentionRule::citation))
                        .orElse(""),
                entry.get("title")
                        .text()
                        .or(() -> shipped.map(RetentionRule::title))
                        .orElse(id),
                period.as(RetentionFile::period, "a period like P5Y or P3Y6M")
                        .or(() -> shipped.map(RetentionRule::period))
                        .orElse(Period.ZERO),
                choice(entry.get("starts"), RetentionRule.Start.values())
                        .or(() -> shipped.map(RetentionRule::starts))
                        .orElseGet(() -> noted(entry.get("starts"), RetentionRule.Start.EVENT)),
                entry.get("financial_year_ends")
                        .as(RetentionFile::monthDay, "a month and a day like 12-31")
                        .or(() -> shipped.map(RetentionRule::financialYearEnds))
                        .orElse(RetentionRules.CALENDAR_YEAR),
                choice(entry.get("mode"), RetentionRule.Mode.values())
                        .or(() -> shipped.map(RetentionRule::mode))
                        .orElseGet(() -> noted(entry.get("mode"), RetentionRule.Mode.REPORT)));
    }

    private static Optional<Period> period(String text) {
        return Part.parsing(Period::parse).apply(text).filter(p -> !p.isNegative());
    }

    private static Optional<MonthDay> monthDay(String text) {
        return Part.<MonthDay>parsing(t -> MonthDay.parse(t.startsWith("--") ? t : "--" + t))
                .apply(text);
    }

    private static <E extends Enum<E>> Optional<E> choice(Part part, E[] values) {
        return part.as(
                text -> Arrays.stream(values).filter(v -> name(v).equals(text)).findFirst(),
                String.join(", ", Arrays.stream(values).map(RetentionFile::name).toList()));
    }

    private static <E extends Enum<E>> E noted(Part part, E otherwise) {
        part.noted(name(otherwise));
        return otherwise;
    }

    private static String name(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
