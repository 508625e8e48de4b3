package org.habeas.history;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.habeas.problem.Invalid;
import org.jspecify.annotations.Nullable;

/**
 * From when to when requests were received. A date means the day in the organisation's time zone, the last one included; an
 * instant is exact, and the end is not included.
 */
record Period(Optional<Bound> from, Optional<Bound> to) {
    /** Either a day or an instant. */
    record Bound(Optional<LocalDate> day, Instant instant) {
        @Override
        public String toString() {
            return day.map(LocalDate::toString).orElse(instant.toString());
        }
    }

    /** A condition in SQL with what stands for its question marks. */
    record Condition(String sql, List<Object> values) {}

    private static final LocalDate FIRST = LocalDate.of(1900, 1, 1);
    private static final LocalDate LAST = LocalDate.of(9998, 12, 31);

    /** Reads both ends; what is neither an ISO 8601 date nor an instant is {@link Invalid}. */
    static Period of(@Nullable String from, @Nullable String to) {
        Period period = new Period(bound("from", from), bound("to", to));
        if (period.from.isPresent()
                && period.to.isPresent()
                && period.to.get().instant().isBefore(period.from.get().instant())) {
            throw Invalid.field("to", "history_period_order");
        }
        return period;
    }

    /** The first instant of it, days being those of UTC: for what has no day of its own. */
    Optional<Instant> start() {
        return from.map(Bound::instant);
    }

    /** The first instant after it. */
    Optional<Instant> end() {
        return to.map(bound -> bound.instant().plusSeconds(bound.day().isPresent() ? 86_400 : 0));
    }

    /** The condition on the table {@code r} of requests; with a bound that the index on the instant can use. */
    Condition condition() {
        List<String> parts = new ArrayList<>(List.of("true"));
        List<Object> values = new ArrayList<>();
        from.ifPresent(bound -> {
            parts.add("r.received_at >= ?");
            values.add(bound.instant()
                    .minusSeconds(bound.day().isPresent() ? 86_400 : 0)
                    .atOffset(ZoneOffset.UTC));
            bound.day().ifPresent(day -> {
                parts.add("r.received_on >= ?");
                values.add(day);
            });
        });
        to.ifPresent(bound -> {
            parts.add("r.received_at < ?");
            values.add(bound.instant()
                    .plusSeconds(bound.day().isPresent() ? 2 * 86_400 : 0)
                    .atOffset(ZoneOffset.UTC));
            bound.day().ifPresent(day -> {
                parts.add("r.received_on <= ?");
                values.add(day);
            });
        });
        return new Condition(String.join(" and ", parts), values);
    }

    private static Optional<Bound> bound(String field, @Nullable String text) {
        if (text == null || text.isBlank()) {
            return Optional.empty();
        }
        try {
            Bound bound = text.contains("T") || text.contains("t") ? instant(text) : day(text);
            LocalDate date = bound.instant().atOffset(ZoneOffset.UTC).toLocalDate();
            if (!date.isBefore(FIRST) && !date.isAfter(LAST)) {
                return Optional.of(bound);
            }
        } catch (DateTimeException e) {
            // told below
        }
        throw Invalid.field(field, "history_period_form");
    }

    private static Bound day(String text) {
        LocalDate day = LocalDate.parse(text, DateTimeFormatter.ISO_LOCAL_DATE);
        return new Bound(Optional.of(day), day.atStartOfDay().toInstant(ZoneOffset.UTC));
    }

    private static Bound instant(String text) {
        return new Bound(Optional.empty(), OffsetDateTime.parse(text).toInstant());
    }
}
