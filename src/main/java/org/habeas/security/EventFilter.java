package org.habeas.security;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.habeas.problem.Invalid;
import org.habeas.problem.Invalid.Violation;
import org.habeas.problem.SecurityEvent.Kind;
import org.jspecify.annotations.Nullable;

/** Which events somebody wants: a kind, a pseudonym on either side, days in the organisation's zone, the last one included. */
record EventFilter(Optional<Kind> kind, Optional<String> who, Optional<LocalDate> from, Optional<LocalDate> to) {
    record Condition(String sql, List<Object> values) {}

    static EventFilter of(@Nullable String kind, @Nullable String who, @Nullable String from, @Nullable String to) {
        List<Violation> wrong = new ArrayList<>();
        Optional<Kind> asked = given(kind).flatMap(Kind::of);
        if (given(kind).isPresent() && asked.isEmpty()) {
            wrong.add(new Violation("kind", "security_kind_unknown"));
        }
        if (given(who).filter(w -> !w.matches("[0-9a-f]{24}")).isPresent()) {
            wrong.add(new Violation("who", "security_who_form"));
        }
        Optional<LocalDate> first = day("from", from, wrong);
        Optional<LocalDate> last = day("to", to, wrong);
        if (!wrong.isEmpty()) {
            throw new Invalid(wrong);
        }
        return new EventFilter(asked, given(who), first, last);
    }

    /** {@code after} is where an earlier page ended. */
    Condition condition(ZoneId zone, @Nullable String after) {
        List<String> parts = new ArrayList<>(List.of("true"));
        List<Object> values = new ArrayList<>();
        kind.ifPresent(k -> {
            parts.add("kind = ?");
            values.add(k.code());
        });
        who.ifPresent(w -> {
            parts.add("? in (client, about)");
            values.add(w);
        });
        from.ifPresent(day -> {
            parts.add("last_at >= ?");
            values.add(SecurityTable.utc(day.atStartOfDay(zone).toInstant()));
        });
        to.ifPresent(day -> {
            parts.add("first_at < ?");
            values.add(SecurityTable.utc(day.plusDays(1).atStartOfDay(zone).toInstant()));
        });
        given(after).ifPresent(cursor -> {
            parts.add("(last_at, id) < (?, ?)");
            values.addAll(end(cursor));
        });
        return new Condition(String.join(" and ", parts), values);
    }

    static String after(SecurityTable.Line line) {
        return line.last() + "_" + line.id();
    }

    private static List<Object> end(String cursor) {
        try {
            String[] sides = cursor.split("_", 2);
            return List.of(SecurityTable.utc(Instant.parse(sides[0])), Long.parseLong(sides[1]));
        } catch (DateTimeException | NumberFormatException | ArrayIndexOutOfBoundsException e) {
            throw Invalid.field("after", "security_after_form");
        }
    }

    private static Optional<LocalDate> day(String field, @Nullable String typed, List<Violation> wrong) {
        try {
            Optional<LocalDate> day = given(typed).map(LocalDate::parse);
            if (day.filter(d -> d.getYear() < 1 || d.getYear() > 9998).isPresent()) {
                throw new DateTimeException("far away");
            }
            return day;
        } catch (DateTimeException e) {
            wrong.add(new Violation(field, "disclosure_day_form"));
            return Optional.empty();
        }
    }

    private static Optional<String> given(@Nullable String text) {
        return Optional.ofNullable(text).map(String::strip).filter(t -> !t.isEmpty());
    }
}
