package org.habeas.connector;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.List;
import java.util.Optional;
import org.habeas.datamap.MappedCollection;

/**
 * The rows of a collection whose date field lies before a day of this zone, except those that a look-up matches (people
 * under a legal hold). A row without a date is never due.
 */
public record Due(
        MappedCollection collection,
        String field,
        LocalDate before,
        ZoneId zone,
        List<Lookup> except,
        List<Due.Span> kept) {
    /** Days, the last one not counted, of which rows are kept although later ones are due. */
    public record Span(LocalDate from, LocalDate to) {
        private boolean holds(LocalDate day) {
            return !day.isBefore(from) && day.isBefore(to);
        }
    }

    public Due(MappedCollection collection, String field, LocalDate before, ZoneId zone, List<Lookup> except) {
        this(collection, field, before, zone, except, List.of());
    }

    /** Whether the row as it was seen is past its time; the look-ups are not asked. */
    public boolean covers(Row row) {
        return day(row).map(d -> d.isBefore(before) && kept.stream().noneMatch(s -> s.holds(d)))
                .orElse(false);
    }

    /** The day that starts the row's period, if it has one; of a year its last. */
    public Optional<LocalDate> day(Row row) {
        Object value = row.value(field);
        if (value instanceof Long year && year > 0 && year < 10_000) {
            return Optional.of(LocalDate.of(year.intValue(), 12, 31));
        }
        return value instanceof String text ? parsed(text.strip().replace(' ', 'T')) : Optional.empty();
    }

    private Optional<LocalDate> parsed(String text) {
        try {
            if (text.length() <= 10) {
                return Optional.of(LocalDate.parse(text));
            }
            TemporalAccessor moment =
                    DateTimeFormatter.ISO_DATE_TIME.parseBest(text, OffsetDateTime::from, LocalDateTime::from);
            return Optional.of(
                    moment instanceof OffsetDateTime instant
                            ? instant.atZoneSameInstant(zone).toLocalDate()
                            : LocalDate.from(moment));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
