package org.habeas.fulfilment;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Optional;
import org.habeas.connector.Row;
import org.habeas.datamap.DataMap;
import org.habeas.datamap.MappedCollection;
import org.habeas.law.RetentionRule;

/** Whether a rule still keeps a row, judged from the row's own date on a given day. */
final class Retentions {
    private final DataMap map;
    private final LocalDate today;

    Retentions(DataMap map, LocalDate today) {
        this.map = map;
        this.today = today;
    }

    /** The rule that keeps a row, until that day included; without a day when the row does not say when it began. */
    record Mark(RetentionRule rule, Optional<LocalDate> until) {}

    /** Empty where no rule makes us keep it, or its time is up. */
    Optional<Mark> of(MappedCollection collection, Row row) {
        return collection.retention().flatMap(retention -> {
            RetentionRule rule = map.rule(retention.rule(), collection.dataset())
                    .orElseThrow(() -> new IllegalStateException("the data map has no rule " + retention.rule()));
            if (!rule.duty()) {
                return Optional.empty();
            }
            Optional<LocalDate> until =
                    date(row.value(retention.from()), zone()).map(rule::until);
            return until.isPresent() && until.get().isBefore(today)
                    ? Optional.empty()
                    : Optional.of(new Mark(rule, until));
        });
    }

    private ZoneId zone() {
        return map.organisation().zone();
    }

    /** The day that a value names, in the organisation's time zone; a bare year ends on its last day. */
    static Optional<LocalDate> date(Object value, ZoneId zone) {
        try {
            if (value instanceof Long year && year > 1000 && year < 10000) {
                return Optional.of(LocalDate.of(year.intValue(), 12, 31));
            }
            if (!(value instanceof String text) || text.length() < 10) {
                return Optional.empty();
            }
            if (text.endsWith("Z")) {
                return Optional.of(Instant.parse(text).atZone(zone).toLocalDate());
            }
            if (text.length() > 19 && (text.indexOf('+', 10) > 0 || text.indexOf('-', 10) > 0)) {
                return Optional.of(
                        OffsetDateTime.parse(text).atZoneSameInstant(zone).toLocalDate());
            }
            return Optional.of(LocalDate.parse(text.substring(0, 10)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
