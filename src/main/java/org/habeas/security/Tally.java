package org.habeas.security;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import org.habeas.problem.SecurityEvent.Kind;

/**
 * Events counted by hour and kind, and there by who, about what and where: at most {@link #ROWS} lines of these, so that an
 * attack makes numbers larger and not the table longer. A client that fills more than its share becomes one line, and clients
 * beyond that are counted together.
 */
final class Tally {
    /** Lines that tell everything, and as many again that tell the client only, of one kind in one hour. */
    static final int ROWS = 100;

    /** Lines of one client among these. */
    static final int PER_CLIENT = 20;

    /** Hours and kinds that are held until they can be written; while nothing can be, later ones are not counted. */
    private static final int SLOTS = 50;

    private static final Who ANYBODY = new Who("", "", "");

    /** One kind in one hour, or in one minute. */
    record Slot(Instant from, Kind kind) {}

    /** Pseudonyms, or nothing, and the endpoint. */
    record Who(String client, String about, String place) {
        Who clientOnly() {
            return new Who(client, "", "");
        }
    }

    record Seen(long times, Instant first, Instant last) {
        Seen and(Seen other) {
            return new Seen(
                    times + other.times,
                    first.isBefore(other.first) ? first : other.first,
                    last.isAfter(other.last) ? last : other.last);
        }
    }

    private final Map<Slot, Map<Who, Seen>> hours = new HashMap<>();
    private final Map<Slot, Long> minutes = new HashMap<>();

    synchronized void add(Kind kind, Who who, Instant at) {
        Slot hour = new Slot(at.truncatedTo(ChronoUnit.HOURS), kind);
        if (hours.size() < SLOTS || hours.containsKey(hour)) {
            fold(hour, who, new Seen(1, at, at));
            minutes.merge(new Slot(at.truncatedTo(ChronoUnit.MINUTES), kind), 1L, Long::sum);
        }
    }

    /** Counts this with what is there; the line in which it ended. */
    synchronized Who fold(Slot hour, Who who, Seen seen) {
        Map<Who, Seen> lines = hours.computeIfAbsent(hour, h -> new HashMap<>());
        Who line = line(lines, who);
        lines.merge(line, seen, Seen::and);
        return line;
    }

    private static Who line(Map<Who, Seen> lines, Who who) {
        if (lines.containsKey(who)) {
            return who;
        }
        long own = lines.keySet().stream()
                .filter(w -> w.client().equals(who.client()))
                .count();
        if (lines.size() < ROWS && own < PER_CLIENT) {
            return who;
        }
        Who client = who.clientOnly();
        return lines.containsKey(client) || lines.size() < 2 * ROWS ? client : ANYBODY;
    }

    /** Everything so far; this begins anew. */
    synchronized Tally take() {
        Tally taken = new Tally();
        taken.putBack(this);
        hours.clear();
        minutes.clear();
        return taken;
    }

    /** Counts what could not be written again. */
    synchronized void putBack(Tally other) {
        other.hours.forEach((hour, lines) -> lines.forEach((who, seen) -> fold(hour, who, seen)));
        other.minutes.forEach((minute, times) -> minutes.merge(minute, times, Long::sum));
    }

    synchronized boolean isEmpty() {
        return hours.isEmpty();
    }

    synchronized Map<Slot, Map<Who, Seen>> hours() {
        return hours;
    }

    synchronized Map<Slot, Long> minutes() {
        return minutes;
    }
}
