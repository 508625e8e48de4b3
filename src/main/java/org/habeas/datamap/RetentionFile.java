package org.habeas.datamap;

import java.time.MonthDay;
import java.time.Period;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.habeas.law.RetentionRule;
import org.habeas.law.RetentionRules;

/** Reads retention.yml over the rules that ship: a rule of the same id replaces what it says and leaves the rest. */
final class RetentionFile {
    private static final List<String> KEYS =
            List.of("id", "citation", "title", "period", "starts", "financial_year_ends", "mode");

    private final Map<String, RetentionRule> rules = new LinkedHashMap<>();

    RetentionFile(Optional<Part> root) {
        RetentionRules.shipped().forEach(r -> rules.put(r.id(), r));
        root.ifPresent(this::read);
    }

    List<RetentionRule> rules() {
        return List.copyOf(rules.values());
    }

    private void read(Part root) {
        root.onlyKnows(List.of("rules"));
        Map<String, Position> own = new LinkedHashMap<>();
        for (Part entry : root.get("rules").mappings()) {
            entry.onlyKnows(KEYS);
            entry.get("id").required();
            entry.get("id").text().ifPresent(id -> {
                Position first = own.putIfAbsent(id, entry.at());
                if (first != null) {
                    entry.error("the rule " + id + " is declared twice, first at " + first);
                } else {
                    rules.put(id, rule(id, entry, Optional.ofNullable(rules.get(id))));
                }
            });
        }
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
