package org.habeas.law;

import java.time.MonthDay;
import java.time.Period;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The retention rules that ship with the portal, from {@code law/retention-rules.yml}; a data map may override each. */
public final class RetentionRules {
    /** Where a rule says nothing else: the calendar year. */
    public static final MonthDay CALENDAR_YEAR = MonthDay.of(12, 31);

    private static final List<RetentionRule> ALL = LawData.entries("retention-rules.yml", "rules").stream()
            .map(RetentionRules::rule)
            .toList();

    private RetentionRules() {}

    public static List<RetentionRule> shipped() {
        return ALL;
    }

    public static Optional<RetentionRule> named(String id) {
        return ALL.stream().filter(r -> r.id().equals(id)).findFirst();
    }

    /** Shipped rules only report: an organisation turns purging on by a mode of its own. */
    private static RetentionRule rule(Map<String, Object> entry) {
        return new RetentionRule(
                entry.get("id").toString(),
                entry.get("citation").toString(),
                entry.get("title").toString(),
                Period.parse(entry.get("period").toString()),
                RetentionRule.Start.valueOf(
                        entry.get("starts").toString().toUpperCase(Locale.ROOT).replace('-', '_')),
                CALENDAR_YEAR,
                RetentionRule.Mode.REPORT,
                Boolean.TRUE.equals(entry.getOrDefault("duty", true)),
                Optional.empty(),
                Optional.empty());
    }
}
